package io.athena.dhcpd.dhcp.query;

import io.athena.dhcpd.core.config.LeasequeryConfig.Tls;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/** Makes the server's side of TLS out of the configured files. */
final class QueryTls {

    private QueryTls() {}

    /**
     * Reads the files.
     *
     * @throws IOException when one cannot be read or used; its message names it
     */
    static SslContext of(Tls tls) throws IOException {
        for (Path file : new Path[] {tls.cert(), tls.key(), tls.ca()}) {
            if (!Files.isReadable(file)) {
                throw new IOException(file + " cannot be read");
            }
        }
        try {
            return SslContextBuilder.forServer(tls.cert().toFile(), tls.key().toFile())
                    .trustManager(tls.ca().toFile())
                    // RFC 7724 section 9: whoever gets to know all leases shows who it is.
                    .clientAuth(ClientAuth.REQUIRE)
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            String why = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new IOException(
                    "the certificate " + tls.cert() + ", its key (PKCS #8) and " + tls.ca() + " make no TLS: " + why,
                    e);
        }
    }
}
