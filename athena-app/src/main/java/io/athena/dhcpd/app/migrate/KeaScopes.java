package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what the levels of a Kea configuration have in common, and tells what has no counterpart. */
final class KeaScopes {

    private static final String DDNS = "dynamic DNS is set up in [ddns]; write it there";
    private static final String LIMIT =
            "clients get lease_time whatever they ask for; set lease_time where this limit mattered";
    private static final String DATABASE = "what is in a database is not read; export it and add it here";

    /** About the old program itself, or what this server does anyway. */
    private static final Set<String> MEANINGLESS = Set.of(
            "id",
            "comment",
            "user-context",
            "interface",
            "interfaces-config",
            "control-socket",
            "control-sockets",
            "lease-database",
            "loggers",
            "multi-threading",
            "sanity-checks",
            "expired-leases-processing",
            "dhcp-queue-control",
            "store-extended-info",
            "echo-client-id",
            "server-tag",
            "config-control",
            "statistic-default-sample-count",
            "statistic-default-sample-age",
            "parked-packet-limit",
            "host-reservation-identifiers",
            "reservation-mode",
            "reservations-global",
            "reservations-in-subnet",
            "reservations-out-of-pool",
            "early-global-reservations-lookup",
            "ip-reservations-unique",
            "allocator",
            "offer-lifetime",
            "compatibility",
            "t1-percent",
            "t2-percent",
            "calculate-tee-times",
            "hostname-char-set",
            "hostname-char-replacement",
            "4o6-interface",
            "4o6-interface-id",
            "4o6-subnet");

    private static final Map<String, String> CURES = Map.ofEntries(
            Map.entry("min-valid-lifetime", LIMIT),
            Map.entry("max-valid-lifetime", LIMIT),
            Map.entry("hooks-libraries", "the libraries' work is in this server or is a script in [hooks]; see there"),
            Map.entry("dhcp-ddns", DDNS),
            Map.entry("hosts-database", DATABASE),
            Map.entry("hosts-databases", DATABASE),
            Map.entry("decline-probation-period", "set conflict_detection.conflict_hold_time"),
            Map.entry("cache-threshold", "a renewal is always written down before it is answered"),
            Map.entry("cache-max-age", "a renewal is always written down before it is answered"),
            Map.entry("require-client-classes", "classes hold in all subnets"),
            Map.entry("evaluate-additional-classes", "classes hold in all subnets"),
            Map.entry("flex-id", "clients are recognised by mac, identifier, circuit_id and remote_id"),
            Map.entry("duid", "DHCPv4 clients send a DUID in option 61; write that as identifier"),
            Map.entry("ddns-send-updates", DDNS),
            Map.entry("ddns-qualifying-suffix", DDNS),
            Map.entry("ddns-generated-prefix", DDNS),
            Map.entry("ddns-override-client-update", DDNS),
            Map.entry("ddns-override-no-update", DDNS),
            Map.entry("ddns-replace-client-name", DDNS),
            Map.entry("ddns-update-on-renew", DDNS),
            Map.entry("ddns-use-conflict-resolution", DDNS));

    private final KeaOptions options;
    private final Findings findings;

    KeaScopes(KeaOptions options, Findings findings) {
        this.options = options;
        this.findings = findings;
    }

    /**
     * Reads options and times, and tells of every key that nobody else has looked at.
     *
     * @param where what the object is, for people
     */
    void read(KeaValue.Table holder, ImportedScope scope, String where) throws CommandFailure {
        options.define(holder);
        options.read(holder, scope);
        time(holder, "valid-lifetime", scope, ImportedScope.Time.LEASE);
        time(holder, "renew-timer", scope, ImportedScope.Time.RENEWAL);
        time(holder, "rebind-timer", scope, ImportedScope.Time.REBIND);
        boot(holder, "boot-file-name", ImportedScope.Boot.FILE, scope);
        boot(holder, "server-hostname", ImportedScope.Boot.SNAME, scope);
        Ipv4 next = address(holder, "next-server");
        if (next != null) {
            scope.put(ImportedScope.Boot.NEXT_SERVER, holder.placeOf("next-server"), next.toString());
        }
        for (String key : holder.untaken()) {
            if (!MEANINGLESS.contains(key)) {
                String cure = CURES.get(key);
                findings.add(
                        holder.placeOf(key),
                        "\"" + key + "\" in " + where + ": " + (cure == null ? "this import does not know it" : cure));
            }
        }
    }

    private static void time(KeaValue.Table holder, String key, ImportedScope scope, ImportedScope.Time time)
            throws CommandFailure {
        Long seconds = holder.number(key);
        if (seconds != null) {
            scope.put(time, holder.placeOf(key), seconds);
        }
    }

    /** Reads a field of the header; an empty text says nothing. */
    private static void boot(KeaValue.Table holder, String key, ImportedScope.Boot field, ImportedScope scope)
            throws CommandFailure {
        String text = holder.text(key);
        if (text != null && !text.isEmpty()) {
            scope.put(field, holder.placeOf(key), text);
        }
    }

    /** Reads a text as an option; an empty one says nothing. */
    void text(KeaValue.Table holder, String key, int code, ImportedScope scope) throws CommandFailure {
        String text = holder.text(key);
        if (text == null || text.isEmpty()) {
            return;
        }
        try {
            scope.put(ImportedOption.text(holder.placeOf(key), code, text));
        } catch (IllegalArgumentException e) {
            findings.add(holder.placeOf(key), "\"" + key + "\" " + e.getMessage());
        }
    }

    private static @Nullable Ipv4 address(KeaValue.Table holder, String key) throws CommandFailure {
        String text = holder.text(key);
        if (text == null || text.isEmpty()) {
            return null;
        }
        Optional<Ipv4> address = Ipv4.tryParse(text);
        if (address.isEmpty()) {
            throw holder.placeOf(key).broken("\"" + key + "\" is '" + text + "', which is no address.");
        }
        return address.get().isAny() ? null : address.get();
    }
}
