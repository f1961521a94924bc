package io.athena.dhcpd.events;

import io.athena.dhcpd.core.config.HostPort;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * {@code [history.syslog]}.
 *
 * @param server who is told
 * @param transport how
 * @param facility how the receiver sorts it
 * @param sdId the name of the structured data, with a private enterprise number (RFC 5424 section 6.3.2)
 * @param ca whom to trust with TLS, PEM; null for whom the machine trusts
 * @param identity what to show with TLS, or null
 */
public record SyslogTarget(
        HostPort server,
        Transport transport,
        Facility facility,
        String sdId,
        @Nullable Path ca,
        @Nullable Identity identity) {

    /** A certificate with its chain and its key (PKCS #8), PEM. */
    public record Identity(Path cert, Path key) {}

    /** How messages travel: RFC 5426, RFC 6587 with octet counting, RFC 5425. */
    public enum Transport {
        UDP(514),
        TCP(514),
        TLS(6514);

        private final int port;

        Transport(int port) {
            this.port = port;
        }

        /** The port where none is configured. */
        int port() {
            return port;
        }
    }

    /** Numerical code is the ordinal (RFC 5424 section 6.2.1, table 1); names as syslog daemons have them. */
    public enum Facility {
        KERN,
        USER,
        MAIL,
        DAEMON,
        AUTH,
        SYSLOG,
        LPR,
        NEWS,
        UUCP,
        CRON,
        AUTHPRIV,
        FTP,
        NTP,
        AUDIT,
        ALERT,
        CLOCK,
        LOCAL0,
        LOCAL1,
        LOCAL2,
        LOCAL3,
        LOCAL4,
        LOCAL5,
        LOCAL6,
        LOCAL7
    }
}
