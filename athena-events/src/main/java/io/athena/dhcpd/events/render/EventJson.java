package io.athena.dhcpd.events.render;

import io.athena.dhcpd.core.event.ConflictEvent;
import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.core.event.HaEvent;
import io.athena.dhcpd.core.event.LeaseEvent;
import io.athena.dhcpd.core.event.LeaseFacts;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.net.HexText;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.option.OptionRegistry;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.core.option.StandardOptions;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * An event as one JSON object in UTF-8, without a line end: what scripts read and webhooks are sent, and what the event
 * log keeps. What is not known is left out.
 */
public final class EventJson {

    private static final int USUAL_SIZE = 1024;

    private final JsonFactory json = new JsonFactory();
    private final OptionRegistry options = StandardOptions.registry();
    private final Node node;

    /** JSON that says which server tells it. */
    public EventJson(Node node) {
        this.node = node;
    }

    /** The event. */
    public byte[] of(DomainEvent event) {
        return of(event, false);
    }

    /** The same; {@code test} marks an event that never happened. */
    public byte[] of(DomainEvent event, boolean test) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
        try (JsonGenerator out = json.createGenerator(ObjectWriteContext.empty(), bytes)) {
            out.writeStartObject();
            out.writeStringProperty("event", event.type().tag());
            out.writeStringProperty(
                    "timestamp", Instant.ofEpochSecond(event.at()).toString());
            if (test) {
                out.writeBooleanProperty("test", true);
            }
            if (event instanceof LeaseEvent lease) {
                lease(out, lease);
            } else if (event instanceof ConflictEvent conflict) {
                conflict(out, conflict);
            } else if (event instanceof HaEvent pair) {
                pair(out, pair);
            }
            out.writeObjectPropertyStart("server");
            out.writeStringProperty("node_id", node.id());
            out.writeStringProperty("ha_role", node.haRole());
            out.writeEndObject();
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private void lease(JsonGenerator out, LeaseEvent event) {
        LeaseFacts lease = event.lease();
        if (event instanceof LeaseEvent.Refused refused) {
            out.writeStringProperty("reason", refused.reason().tag());
        }
        lease(out, lease, event.oldIp());
    }

    private void lease(JsonGenerator out, LeaseFacts lease, @Nullable Ipv4 oldIp) {
        out.writeObjectPropertyStart("lease");
        text(out, "ip", lease.ip());
        text(out, "old_ip", oldIp);
        text(out, "mac", lease.mac());
        text(out, "client_id", hex(lease.clientId()));
        text(out, "hostname", lease.hostname());
        text(out, "fqdn", lease.fqdn());
        text(out, "subnet", lease.subnet());
        text(out, "pool", lease.pool());
        LeaseFacts.Times times = lease.times();
        if (times != null) {
            out.writeNumberProperty("start", times.start());
            out.writeNumberProperty("expiry", times.expiry());
        }
        text(out, "state", lease.state() == null ? null : lease.state().tag());
        text(out, "vendor_class", readable(lease.vendorClass()));
        options(out, lease.options());
        relay(out, lease.relay());
        out.writeEndObject();
    }

    private void options(JsonGenerator out, OptionSet set) {
        out.writeObjectPropertyStart("options");
        set.forEach((value, code) -> {
            out.writeName(options.definition(code).key());
            OptionJson.write(out, options.definition(code).type(), value);
        });
        out.writeEndObject();
    }

    private static void relay(JsonGenerator out, RelayInfo relay) {
        if (!relay.isRelayed() && relay.option82() == null) {
            return;
        }
        out.writeObjectPropertyStart("relay");
        text(out, "giaddr", relay.isRelayed() ? relay.giaddr() : null);
        text(out, "circuit_id", readable(relay.circuitId()));
        text(out, "remote_id", readable(relay.remoteId()));
        out.writeEndObject();
    }

    private void conflict(JsonGenerator out, ConflictEvent event) {
        Conflict conflict = event.conflict();
        out.writeObjectPropertyStart("conflict");
        text(out, "ip", conflict.ip());
        text(out, "subnet", conflict.subnet());
        text(out, "detection_method", conflict.method().tag());
        text(out, "responder_mac", conflict.responderMac());
        out.writeNumberProperty("probe_count", conflict.count());
        text(out, "hold_until", Instant.ofEpochSecond(conflict.holdUntil()));
        out.writeBooleanProperty("permanent", conflict.permanent());
        if (event instanceof ConflictEvent.Detected detected) {
            text(out, "intended_client_mac", detected.intendedFor());
        } else if (event instanceof ConflictEvent.Declined declined) {
            text(out, "client_mac", declined.client());
        } else if (event instanceof ConflictEvent.Resolved resolved) {
            text(out, "resolution", resolved.how().tag());
        }
        out.writeEndObject();
        LeaseFacts lease = event.lease();
        if (lease != null) {
            lease(out, lease, null);
        }
    }

    private static void pair(JsonGenerator out, HaEvent event) {
        out.writeObjectPropertyStart("ha");
        if (event instanceof HaEvent.FailedOver change) {
            text(out, "old_role", change.oldRole());
            text(out, "new_role", change.newRole());
            text(out, "peer_state", change.peerState());
        } else if (event instanceof HaEvent.SyncCompleted sync) {
            out.writeNumberProperty("leases", sync.leases());
        }
        out.writeEndObject();
    }

    private static void text(JsonGenerator out, String name, @Nullable Object value) {
        if (value != null) {
            out.writeStringProperty(name, value.toString());
        }
    }

    private static @Nullable String hex(byte @Nullable [] bytes) {
        return bytes == null ? null : HexFormat.of().formatHex(bytes);
    }

    private static @Nullable String readable(byte @Nullable [] bytes) {
        return bytes == null ? null : HexText.of(bytes);
    }
}
