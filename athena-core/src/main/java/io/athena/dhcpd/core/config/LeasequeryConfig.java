package io.athena.dhcpd.core.config;

import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code [leasequery]}: who may ask for leases (RFC 4388), and how over TCP (RFC 6926, RFC 7724).
 *
 * @param enabled whether anybody may
 * @param allow the requesters' addresses
 * @param tcp how they may ask over TCP
 */
public record LeasequeryConfig(boolean enabled, List<Cidr> allow, Tcp tcp) {

    /**
     * Bulk and active leasequery.
     *
     * @param listen address and port, or null for every address and the server's port
     * @param maxConnections how many requesters may be connected at a time
     * @param insecure whether those that do not ask for TLS are served
     * @param tls certificate and key, or null when there is no TLS
     */
    public record Tcp(
            @Nullable HostPort listen,
            int maxConnections,
            boolean insecure,
            @Nullable Tls tls) {

        /** No TCP at all: neither with TLS nor without. */
        public static final Tcp NONE = new Tcp(null, LeasequeryReader.CONNECTIONS, false, null);

        /** Whether there is a way in. */
        public boolean isServed() {
            return insecure || tls != null;
        }
    }

    /**
     * PEM files of TLS in which both sides show a certificate (RFC 7724 section 9).
     *
     * @param cert the server's certificate, and what leads to its authority
     * @param key its private key, PKCS #8
     * @param ca the authorities whose certificates requesters may show
     */
    public record Tls(Path cert, Path key, Path ca) {}

    /** Nobody may ask. */
    public static final LeasequeryConfig OFF = new LeasequeryConfig(false, List.of());

    /** Leasequery over UDP alone. */
    public LeasequeryConfig(boolean enabled, List<Cidr> allow) {
        this(enabled, allow, Tcp.NONE);
    }

    /** Whether a host may ask. */
    public boolean permits(Ipv4 requester) {
        return enabled && allow.stream().anyMatch(network -> network.contains(requester));
    }

    /** Whether bulk and active leasequery are served. */
    public boolean isServedOverTcp() {
        return enabled && tcp.isServed();
    }
}
