package io.athena.dhcpd.core.config;

import io.athena.dhcpd.core.config.LeasequeryConfig.Tcp;
import io.athena.dhcpd.core.config.LeasequeryConfig.Tls;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code [leasequery]}. */
final class LeasequeryReader {

    /** RFC 6926 section 6.3, BULK_LQ_MAX_CONNS. */
    static final int CONNECTIONS = 10;

    private static final List<String> TLS_KEYS = List.of("tls_cert", "tls_key", "tls_ca");

    private LeasequeryReader() {}

    static LeasequeryConfig read(TomlTable table) {
        LeasequeryConfig leasequery = new LeasequeryConfig(
                table.bool("enabled", false),
                table.list("allow", "addresses and networks such as [\"10.0.0.0/24\"]", LeasequeryReader::requester),
                tcp(table));
        if (leasequery.enabled() && leasequery.allow().isEmpty()) {
            table.error("allow", "is empty, so nobody could ask", "add allow = [\"10.0.0.0/24\"]");
        }
        return leasequery;
    }

    private static Tcp tcp(TomlTable table) {
        Tcp tcp = new Tcp(
                listen(table),
                table.integer("max_connections", CONNECTIONS, 1, 1000),
                table.bool("insecure", false),
                tls(table));
        if (!tcp.isServed() && table.has("listen")) {
            table.warning(
                    "listen",
                    "has no effect: nothing is served over TCP",
                    "add tls_cert, tls_key and tls_ca, or insecure = true");
        }
        return tcp;
    }

    private static @Nullable HostPort listen(TomlTable table) {
        HostPort listen = table.hostPort("listen");
        if (listen != null && Ipv4.tryParse(listen.host()).isEmpty()) {
            table.error("listen", "'" + listen.host() + "' is not an IPv4 address", "write \"0.0.0.0:67\"");
        }
        return listen;
    }

    private static @Nullable Tls tls(TomlTable table) {
        Path cert = table.file("tls_cert");
        Path key = table.file("tls_key");
        Path ca = table.file("tls_ca");
        if (cert != null && key != null && ca != null) {
            return new Tls(cert, key, ca);
        }
        if (cert != null || key != null || ca != null) {
            TLS_KEYS.forEach(file -> table.require(file, "\"/etc/athena-dhcpd/tls/" + file + ".pem\""));
        }
        return null;
    }

    private static Cidr requester(String text) {
        return Ipv4.tryParse(text).map(address -> new Cidr(address, 32)).orElseGet(() -> Cidr.parse(text));
    }
}
