package io.athena.dhcpd.ha;

import io.athena.dhcpd.core.config.HostPort;
import io.athena.dhcpd.core.config.SectionReader;
import io.athena.dhcpd.core.config.TomlTable;
import io.athena.dhcpd.ha.HaConfig.Role;
import io.athena.dhcpd.ha.HaConfig.Tls;
import java.time.Duration;

/** Reads {@code [ha]}. */
public final class HaSection implements SectionReader<HaConfig> {

    private static final HostPort LISTEN = HostPort.parse("0.0.0.0:6740");

    @Override
    public String name() {
        return "ha";
    }

    @Override
    public Class<HaConfig> type() {
        return HaConfig.class;
    }

    @Override
    public HaConfig read(TomlTable table) {
        boolean enabled = table.bool("enabled", false);
        if (enabled) {
            table.require("role", "\"primary\" or \"secondary\"");
            table.require("peer_address", "\"10.0.0.2:6740\"");
        }
        HostPort listen = table.hostPort("listen_address");
        HaConfig ha = new HaConfig(
                enabled,
                table.choice("role", Role.class, Role.PRIMARY),
                table.hostPort("peer_address"),
                listen == null ? LISTEN : listen,
                table.duration(
                        "heartbeat_interval", Duration.ofSeconds(1), Duration.ofMillis(50), Duration.ofMinutes(1)),
                table.duration(
                        "failover_timeout", Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofMinutes(10)),
                table.integer("sync_batch_size", 100, 1, 10_000),
                tls(table.table("tls"), enabled));
        check(table, ha);
        return ha;
    }

    private static void check(TomlTable table, HaConfig ha) {
        if (ha.failoverTimeout().compareTo(ha.heartbeatInterval().multipliedBy(2)) < 0) {
            table.error(
                    table.has("failover_timeout") ? "failover_timeout" : "heartbeat_interval",
                    "one lost heartbeat would count as a dead partner",
                    "make failover_timeout at least twice heartbeat_interval");
        }
        if (ha.refusesToServe()) {
            table.warning(
                    "role",
                    "this release has no link between two servers; as secondary it refuses to serve",
                    "run one server, or set ha.enabled = false where it shall serve");
        } else if (ha.enabled()) {
            table.notActedOn("enabled", "high availability");
        }
    }

    private static Tls tls(TomlTable table, boolean needed) {
        boolean enabled = table.bool("enabled", true);
        if (enabled && needed) {
            table.require("cert_file", "\"/etc/athena-dhcpd/tls/server.crt\"");
            table.require("key_file", "\"/etc/athena-dhcpd/tls/server.key\"");
            table.require("ca_file", "\"/etc/athena-dhcpd/tls/ca.crt\"");
        }
        return new Tls(enabled, table.file("cert_file"), table.file("key_file"), table.file("ca_file"));
    }
}
