package io.athena.dhcpd.ddns.name;

import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.net.MacAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names for clients that have none: {@code dhcp-} and the MAC, or {@code dhcp-id-} and the client identifier. */
final class FallbackNames {

    /** Longer identifiers are told apart by as many bytes of a hash. */
    private static final int MOST_BYTES = 24;

    private static final Pattern MADE = Pattern.compile("dhcp-(id-[0-9a-f]+|[0-9a-f]{12})");

    private FallbackNames() {}

    /** The label of a client, always the same. */
    static String label(ClientRequest request) {
        MacAddress mac = request.mac();
        if (mac != null && !mac.isZero()) {
            return "dhcp-" + HexFormat.of().formatHex(mac.toBytes());
        }
        byte[] id = request.clientId() == null ? request.key().toBytes() : request.clientId();
        byte[] told = id.length <= MOST_BYTES ? id : Arrays.copyOf(sha256(id), MOST_BYTES);
        return "dhcp-id-" + HexFormat.of().formatHex(told);
    }

    /** Whether a label looks like one of these: nobody may ask for what is another's. */
    static boolean isMade(String label) {
        return label.startsWith("dhcp-") && MADE.matcher(label).matches();
    }

    private static byte[] sha256(byte[] id) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(id);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
