package io.athena.dhcpd.events;

import io.athena.dhcpd.core.config.HostPort;
import io.athena.dhcpd.core.config.SectionReader;
import io.athena.dhcpd.core.config.TomlTable;
import io.athena.dhcpd.events.SyslogTarget.Facility;
import io.athena.dhcpd.events.SyslogTarget.Identity;
import io.athena.dhcpd.events.SyslogTarget.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code [history]}. */
public final class HistorySection implements SectionReader<HistoryConfig> {

    private static final Duration RETENTION = Duration.ofDays(90);
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** RFC 5612 reserves this enterprise number for examples: it is nobody's, so it can be taken for nobody's. */
    private static final String SD_ID = "lease@32473";

    @Override
    public String name() {
        return "history";
    }

    @Override
    public Class<HistoryConfig> type() {
        return HistoryConfig.class;
    }

    @Override
    public HistoryConfig read(TomlTable table) {
        boolean enabled = table.bool("enabled", false);
        Duration retention = table.duration("retention", RETENTION, SHORTEST, LONGEST);
        TomlTable syslogTable = table.table("syslog");
        boolean told = syslogTable.bool("enabled", false);
        SyslogTarget target = target(syslogTable, told);
        if (told && !enabled) {
            syslogTable.warning("enabled", "has no effect: no history is kept", "set history.enabled = true");
        }
        return new HistoryConfig(enabled, retention, told ? target : null);
    }

    private static @Nullable SyslogTarget target(TomlTable table, boolean told) {
        if (told) {
            table.require("server", "\"logs.example.net:6514\"");
        }
        Transport transport = table.choice("transport", Transport.class, Transport.UDP);
        HostPort server = table.text(
                "server", "host or host:port such as \"10.0.0.9:514\"", text -> HostPort.parse(text, transport.port()));
        Facility facility = table.choice("facility", Facility.class, Facility.LOCAL0);
        String sdId = table.text("sd_id", "a name such as \"" + SD_ID + "\"", HistorySection::sdId);
        Path ca = table.file("tls_ca");
        Identity identity = identity(table);
        if (transport != Transport.TLS) {
            List.of("tls_ca", "tls_cert", "tls_key").forEach(key -> {
                if (table.has(key)) {
                    table.warning(key, "has no effect without TLS", "set transport = \"tls\"");
                }
            });
        }
        return server == null
                ? null
                : new SyslogTarget(server, transport, facility, sdId == null ? SD_ID : sdId, ca, identity);
    }

    private static @Nullable Identity identity(TomlTable table) {
        Path cert = table.file("tls_cert");
        Path key = table.file("tls_key");
        if (cert != null && key != null) {
            return new Identity(cert, key);
        }
        if (cert != null || key != null) {
            List.of("tls_cert", "tls_key")
                    .forEach(file -> table.require(file, "\"/etc/athena-dhcpd/tls/" + file + ".pem\""));
        }
        return null;
    }

    /** RFC 5424 sections 6.3.2 and 7.2.2: at most 32 printable characters, a name, an at sign, an enterprise number. */
    private static String sdId(String text) {
        if (text.length() > 32 || !text.matches("[!#-<>?A-\\\\^-~]+@[0-9]+(\\.[0-9]+)*")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a name, @ and a private enterprise number, 32 characters at most");
        }
        return text;
    }
}
