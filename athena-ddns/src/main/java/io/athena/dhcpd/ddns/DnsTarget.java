package io.athena.dhcpd.ddns;

import io.athena.dhcpd.core.config.HostPort;
import io.athena.dhcpd.core.config.HttpUrl;
import io.athena.dhcpd.core.config.Secret;
import org.jspecify.annotations.Nullable;

/** How a zone is updated. */
public sealed interface DnsTarget {

    /** DNS UPDATE (RFC 2136), signed when there is a key. */
    record Rfc2136(HostPort server, @Nullable TsigKey key) implements DnsTarget {}

    /** The HTTP API of PowerDNS. */
    record PowerDns(HttpUrl server, Secret apiKey) implements DnsTarget {}

    /** The HTTP API of Technitium. */
    record Technitium(HttpUrl server, Secret apiKey) implements DnsTarget {}

    /**
     * A key for signed messages (RFC 8945).
     *
     * @param name its name in DNS form
     * @param algorithm such as {@code hmac-sha256}
     * @param secret in base64 with padding
     */
    record TsigKey(String name, String algorithm, Secret secret) {}
}
