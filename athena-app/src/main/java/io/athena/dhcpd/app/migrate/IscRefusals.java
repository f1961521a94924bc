package io.athena.dhcpd.app.migrate;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Statements of dhcpd.conf(5) that have no counterpart, and what to do instead. */
final class IscRefusals {

    private static final String DDNS = "dynamic DNS is set up in [ddns]; write the zone and its key there";
    private static final String HA = "failover is set up in [ha], between two athena-dhcpd; write it there";
    private static final String LIMIT =
            "clients get lease_time whatever they ask for; set lease_time where this limit mattered";

    /** About the old program itself, or what this server does anyway. */
    private static final Set<String> MEANINGLESS = Set.of(
            "log-facility",
            "lease-file-name",
            "pid-file-name",
            "ddns-update-style",
            "db-time-format",
            "dhcp-cache-threshold",
            "stash-agent-options",
            "always-reply-rfc1048",
            "check-secs-byte-order",
            "prefix-length-mode",
            "delayed-ack",
            "max-ack-delay",
            "infinite-is-reserved",
            "abandon-lease-time",
            "omapi-port",
            "omapi-key",
            "one-lease-per-client");

    private static final Map<String, String> CURES = Map.ofEntries(
            Map.entry("max-lease-time", LIMIT),
            Map.entry("min-lease-time", LIMIT),
            Map.entry("dynamic-bootp-lease-length", "BOOTP leases have no end here; set subnet.pool.bootp with care"),
            Map.entry("dynamic-bootp-lease-cutoff", "BOOTP leases have no end here; set subnet.pool.bootp with care"),
            Map.entry("key", DDNS),
            Map.entry("zone", DDNS),
            Map.entry("ddns-updates", DDNS),
            Map.entry("ddns-domainname", DDNS),
            Map.entry("ddns-rev-domainname", DDNS),
            Map.entry("ddns-hostname", DDNS),
            Map.entry("ddns-ttl", DDNS),
            Map.entry("update-static-leases", DDNS),
            Map.entry("update-optimization", DDNS),
            Map.entry("update-conflict-detection", DDNS),
            Map.entry("do-forward-updates", DDNS),
            Map.entry("failover", HA),
            Map.entry("on", "commands on events are set up in [hooks]; write a script or webhook there"),
            Map.entry("execute", "commands on events are set up in [hooks]; write a script or webhook there"),
            Map.entry("ping-check", "probing is set up in [conflict_detection]"),
            Map.entry("ping-timeout", "probing is set up in [conflict_detection]"),
            Map.entry("get-lease-hostnames", "the server asks no DNS for names; write hostname in reservations"),
            Map.entry("always-broadcast", "a client that needs broadcasts sets the flag; nothing forces them"),
            Map.entry("min-secs", "some clients send this field with its bytes swapped, so nothing depends on it"),
            Map.entry("local-port", "set server.port"),
            Map.entry("remote-port", "set server.client_port"),
            Map.entry("local-address", "set server.bind_address"),
            Map.entry("lease", "limits for members of a class do not exist"),
            Map.entry("spawn", "classes are not made by themselves; name each one"),
            Map.entry("site-option-space", "write the options by their numbers with [[subnet.option]]"),
            Map.entry("interface", "interfaces are named in server.interface"));

    private IscRefusals() {}

    static boolean isMeaningless(String statement) {
        return MEANINGLESS.contains(statement.toLowerCase(Locale.ROOT));
    }

    /** Why a statement stays behind, and the cure. */
    static String reason(IscStatement statement) {
        String cure = CURES.get(statement.word(0).toLowerCase(Locale.ROOT));
        String text = statement.text();
        String shown = text.length() > 60 ? text.substring(0, 57) + "..." : text;
        return "'" + SourceText.utf8(shown) + "': " + (cure == null ? "this import does not know it" : cure);
    }
}
