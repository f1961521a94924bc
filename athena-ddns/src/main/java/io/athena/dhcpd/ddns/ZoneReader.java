package io.athena.dhcpd.ddns;

import io.athena.dhcpd.core.config.DnsNames;
import io.athena.dhcpd.core.config.HostPort;
import io.athena.dhcpd.core.config.HttpUrl;
import io.athena.dhcpd.core.config.Secret;
import io.athena.dhcpd.core.config.TomlTable;
import io.athena.dhcpd.core.net.IdnLabels;
import io.athena.dhcpd.ddns.DnsTarget.PowerDns;
import io.athena.dhcpd.ddns.DnsTarget.Rfc2136;
import io.athena.dhcpd.ddns.DnsTarget.Technitium;
import io.athena.dhcpd.ddns.DnsTarget.TsigKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads how zones are updated: the keys that {@code forward}, {@code reverse} and {@code zone_override} share. */
final class ZoneReader {

    private enum Method {
        RFC2136,
        POWERDNS_API,
        TECHNITIUM_API
    }

    private static final List<String> ALGORITHMS =
            List.of("hmac-md5", "hmac-sha1", "hmac-sha224", "hmac-sha256", "hmac-sha384", "hmac-sha512");

    private static final String ADDRESSES = "in-addr.arpa";

    private ZoneReader() {}

    /** A zone's name in the form in which names are compared; a problem and null when it is not one. */
    static @Nullable String zone(TomlTable table, String key) {
        return table.text(key, "a zone such as \"office.example.net\"", text -> {
            String name = normal(text);
            if (!DnsNames.isName(name)) {
                throw new IllegalArgumentException("'" + text + "' is not a domain name");
            }
            return name;
        });
    }

    /**
     * The name of a zone of addresses, which all end alike (RFC 1035 section 3.5); below that it may be called whatever
     * the owner of the network around it chose, often with a slash (RFC 2317 section 4).
     */
    static @Nullable String reverseZone(TomlTable table, String key) {
        String zone = table.text(key, "a zone such as \"10.10.in-addr.arpa\"", text -> {
            String name = normal(text);
            if (!DnsNames.isName(name.replace('/', '-'))) {
                throw new IllegalArgumentException("'" + text + "' is not a domain name");
            }
            return name;
        });
        if (zone != null && !zone.equals(ADDRESSES) && !zone.endsWith("." + ADDRESSES)) {
            table.error(key, "'" + zone + "' is not a zone of addresses", "write one such as \"10.10.in-addr.arpa\"");
        }
        return zone;
    }

    /** Lower case, without a dot at the end, labels in other scripts as DNS holds them. */
    private static String normal(String text) {
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return Arrays.stream(name.split("\\.", -1))
                .map(label -> IdnLabels.isAscii(label) ? label : IdnLabels.toAscii(label))
                .collect(Collectors.joining("."))
                .toLowerCase(Locale.ROOT);
    }

    /** How the zones of this table are updated; a problem and null when that is not said. */
    static @Nullable DnsTarget target(TomlTable table) {
        Method method = table.choice("method", Method.class, Method.RFC2136);
        TsigKey key = tsigKey(table);
        Secret apiKey = table.secret("api_key");
        if (method == Method.RFC2136) {
            HostPort server =
                    table.text("server", "a name server such as \"10.10.0.1:53\"", text -> HostPort.parse(text, 53));
            require(table, "server", "\"10.10.0.1:53\"");
            return server == null ? null : new Rfc2136(server, key);
        }
        HttpUrl server = table.url("server");
        require(table, "server", "\"http://10.10.0.2:8081\"");
        require(table, "api_key", "\"...\"");
        if (server == null || apiKey == null) {
            return null;
        }
        return method == Method.POWERDNS_API ? new PowerDns(server, apiKey) : new Technitium(server, apiKey);
    }

    /** A section that is not written needs nothing. */
    private static void require(TomlTable table, String key, String example) {
        if (table.isPresent()) {
            table.require(key, example);
        }
    }

    private static @Nullable TsigKey tsigKey(TomlTable table) {
        String name = zone(table, "tsig_name");
        String algorithm = table.text("tsig_algorithm", "one of " + ALGORITHMS, text -> {
            if (!ALGORITHMS.contains(text)) {
                throw new IllegalArgumentException("is '" + text + "'");
            }
            return text;
        });
        Secret secret = table.text("tsig_secret", "the key in base64", ZoneReader::base64);
        if (!table.has("tsig_name") && !table.has("tsig_secret")) {
            return null;
        }
        table.require("tsig_name", "\"dhcp-update-key\"");
        table.require("tsig_secret", "\"...\"");
        return name == null || secret == null
                ? null
                : new TsigKey(name, algorithm == null ? "hmac-sha256" : algorithm, secret);
    }

    /** Padding is put right: key generators and people disagree about it. The message never repeats the key. */
    private static Secret base64(String text) {
        try {
            byte[] key = Base64.getDecoder().decode(text.replaceAll("=+$", ""));
            if (key.length > 0) {
                return new Secret(Base64.getEncoder().encodeToString(key));
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is not base64", e);
        }
        throw new IllegalArgumentException("is empty");
    }
}
