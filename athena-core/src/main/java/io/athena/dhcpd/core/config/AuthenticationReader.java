package io.athena.dhcpd.core.config;

import io.athena.dhcpd.core.net.HexText;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code [subnet.authentication]}. No message repeats a secret, not even a bad one. */
final class AuthenticationReader {

    /** RFC 2104 section 3: a key that is shorter than the output of the hash weakens it. */
    private static final int ENOUGH_BYTES = 16;

    private AuthenticationReader() {}

    /** What the table says, or null when it is absent or has no usable key. */
    static @Nullable AuthenticationConfig read(TomlTable table, Places places) {
        boolean required = table.bool("required", false);
        List<AuthenticationKey> keys = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        for (TomlTable entry : table.tables("key")) {
            AuthenticationKey key = readKey(entry);
            if (key != null) {
                keys.add(key);
                Integer other = lines.putIfAbsent(identity(key), key.line());
                if (other != null) {
                    entry.error("id", key.id() + " is already the id of the key on line " + other, "choose another id");
                }
            }
        }
        if (table.isPresent() && !table.has("key")) {
            table.error("key", "is missing, so nobody could prove anything", "add [[subnet.authentication.key]]");
        }
        return keys.isEmpty() ? null : places.put(new AuthenticationConfig(required, List.copyOf(keys)), table);
    }

    private static @Nullable AuthenticationKey readKey(TomlTable table) {
        table.require("id", "1");
        int id = table.integer("id", -1, 0, Integer.MAX_VALUE);
        Secret secret = secret(table);
        boolean master = table.bool("master", false);
        byte[] clientId = table.text("identifier", "an identifier such as \"01:aa:bb:cc:dd:ee:ff\"", ClientIds::parse);
        MacAddress mac = table.text("mac", "a MAC address such as \"aa:bb:cc:dd:ee:ff\"", MacAddress::parse);
        if (clientId != null && mac != null) {
            table.error("mac", "stands beside an identifier; a key has one client", "keep one of them");
        }
        if (master && (clientId != null || mac != null)) {
            table.error("master", "is for a key of many clients, and this one names its client", "remove one of them");
        }
        return id < 0 || secret == null ? null : new AuthenticationKey(table.line(), id, secret, master, clientId, mac);
    }

    private static @Nullable Secret secret(TomlTable table) {
        table.require("secret", "\"0x\" and 32 hex digits");
        Secret secret = table.secret("secret");
        if (secret == null) {
            return null;
        }
        int length = length(secret);
        if (length == 0) {
            table.error(
                    "secret", "starts with 0x and is not pairs of hex digits after it", "write 0x and hex, or text");
            return null;
        }
        if (length < ENOUGH_BYTES) {
            table.warning(
                    "secret",
                    "has " + length + " bytes and can be guessed more easily than HMAC-MD5 allows",
                    "take at least " + ENOUGH_BYTES + ", such as 0x and what 'openssl rand -hex 16' prints");
        }
        return secret;
    }

    private static int length(Secret secret) {
        try {
            return HexText.parse(secret.reveal()).length;
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }

    /** Two clients may each have a key of one id; whoever has keys of its own is not asked for those of all. */
    private static String identity(AuthenticationKey key) {
        byte[] clientId = key.clientId();
        String client =
                clientId == null ? String.valueOf(key.mac()) : HexFormat.of().formatHex(clientId);
        return key.id() + " of " + client;
    }
}
