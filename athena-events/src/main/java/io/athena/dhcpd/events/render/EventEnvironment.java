package io.athena.dhcpd.events.render;

import io.athena.dhcpd.core.event.ConflictEvent;
import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.core.event.HaEvent;
import io.athena.dhcpd.core.event.LeaseEvent;
import io.athena.dhcpd.core.event.LeaseFacts;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.net.HexText;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.core.option.OptionType;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An event as environment variables. Those that every script may count on are always there, empty where nothing is known,
 * so that a script under {@code set -u} runs. No value holds a control character.
 */
public final class EventEnvironment {

    private static final String PREFIX = "ATHENA_";

    private static final int ROUTERS = 3;
    private static final int DNS_SERVERS = 6;
    private static final int DOMAIN_NAME = 15;

    private static final List<String> ALWAYS = List.of(
            "IP",
            "MAC",
            "HOSTNAME",
            "CLIENT_ID",
            "SUBNET",
            "LEASE_START",
            "LEASE_EXPIRY",
            "LEASE_DURATION",
            "GATEWAY",
            "DNS_SERVERS",
            "DOMAIN",
            "RELAY_AGENT_CIRCUIT_ID",
            "RELAY_AGENT_REMOTE_ID",
            "SERVER_ID",
            "FQDN",
            "VENDOR_CLASS");

    private final Map<String, String> variables = new TreeMap<>();

    private EventEnvironment() {
        ALWAYS.forEach(name -> variables.put(PREFIX + name, ""));
    }

    /** The variables of an event, by name. */
    public static Map<String, String> of(DomainEvent event) {
        EventEnvironment environment = new EventEnvironment();
        environment.set("EVENT", event.type().tag());
        if (event instanceof LeaseEvent lease) {
            environment.lease(lease);
        } else if (event instanceof ConflictEvent conflict) {
            environment.conflict(conflict);
        } else if (event instanceof HaEvent pair) {
            environment.pair(pair);
        }
        return environment.variables;
    }

    private void lease(LeaseEvent event) {
        facts(event.lease());
        set("OLD_IP", event.oldIp());
        if (event instanceof LeaseEvent.Refused refused) {
            set("REASON", refused.reason().tag());
        }
    }

    private void facts(LeaseFacts lease) {
        set("IP", lease.ip());
        set("MAC", lease.mac());
        set("HOSTNAME", lease.hostname());
        set("CLIENT_ID", lease.clientId() == null ? null : HexFormat.of().formatHex(lease.clientId()));
        set("SUBNET", lease.subnet());
        LeaseFacts.Times times = lease.times();
        if (times != null) {
            set("LEASE_START", times.start());
            set("LEASE_EXPIRY", times.expiry());
            set("LEASE_DURATION", times.seconds());
        }
        options(lease.options());
        readable("RELAY_AGENT_CIRCUIT_ID", lease.relay().circuitId());
        readable("RELAY_AGENT_REMOTE_ID", lease.relay().remoteId());
        readable("VENDOR_CLASS", lease.vendorClass());
        set("SERVER_ID", lease.serverId());
        set("FQDN", lease.fqdn());
    }

    private void options(OptionSet options) {
        String routers = decoded(OptionType.IP_LIST, options.get(ROUTERS));
        set("GATEWAY", routers == null ? null : routers.split(",", 2)[0]);
        set("DNS_SERVERS", decoded(OptionType.IP_LIST, options.get(DNS_SERVERS)));
        set("DOMAIN", decoded(OptionType.STRING, options.get(DOMAIN_NAME)));
    }

    private void conflict(ConflictEvent event) {
        Conflict conflict = event.conflict();
        LeaseFacts lease = event.lease();
        MacAddress client = client(event);
        // The host name of one client beside the hardware address of another would mislead every script.
        if (lease != null && (client == null || client.equals(lease.mac()))) {
            facts(lease);
        }
        set("IP", conflict.ip());
        set("SUBNET", conflict.subnet());
        set("MAC", client);
        set("CONFLICT_METHOD", conflict.method().tag());
        if (event instanceof ConflictEvent.Detected) {
            set("CONFLICT_RESPONDER_MAC", conflict.responderMac());
        }
    }

    private void pair(HaEvent event) {
        if (event instanceof HaEvent.FailedOver change) {
            set("HA_OLD_ROLE", change.oldRole());
            set("HA_NEW_ROLE", change.newRole());
            set("HA_PEER_STATE", change.peerState());
        } else if (event instanceof HaEvent.SyncCompleted sync) {
            set("HA_LEASES", sync.leases());
        }
    }

    private static @Nullable MacAddress client(ConflictEvent event) {
        if (event instanceof ConflictEvent.Detected detected) {
            return detected.intendedFor();
        }
        return event instanceof ConflictEvent.Declined declined ? declined.client() : null;
    }

    private static @Nullable String decoded(OptionType type, byte @Nullable [] value) {
        return value == null ? null : type.decode(value).replace(", ", ",");
    }

    private void readable(String name, byte @Nullable [] value) {
        set(name, value == null ? null : HexText.of(value));
    }

    /** Imported leases and configured texts come this way too: a NUL would make the start of any script fail. */
    private void set(String name, @Nullable Object value) {
        if (value != null) {
            variables.put(PREFIX + name, value.toString().replaceAll("\\p{Cntrl}", "?"));
        }
    }
}
