package io.athena.dhcpd.events.webhook;

import io.athena.dhcpd.core.event.ConflictEvent;
import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.core.event.HaEvent;
import io.athena.dhcpd.core.event.LeaseEvent;
import io.athena.dhcpd.core.event.LeaseFacts;
import io.athena.dhcpd.core.lease.Conflict;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people want to read of an event in a chat: a few facts, in nothing but harmless characters. */
final class ChatFacts {

    private final Map<String, String> facts = new LinkedHashMap<>();

    private ChatFacts() {}

    /** Titles and texts, in the order in which they are read. */
    static Map<String, String> of(DomainEvent event, String node) {
        ChatFacts chat = new ChatFacts();
        if (event instanceof LeaseEvent lease) {
            chat.lease(lease);
        } else if (event instanceof ConflictEvent conflict) {
            chat.conflict(conflict);
        } else if (event instanceof HaEvent pair) {
            chat.pair(pair);
        }
        chat.add("Server", node);
        return chat.facts;
    }

    /** The heading. */
    static String title(DomainEvent event, boolean test) {
        return "DHCP: " + event.type().tag() + (test ? " (test)" : "");
    }

    private void lease(LeaseEvent event) {
        LeaseFacts lease = event.lease();
        add("Address", lease.ip());
        add("Address before", event.oldIp());
        add("Host", lease.hostname());
        add("MAC", lease.mac());
        add("Subnet", lease.subnet());
        if (event instanceof LeaseEvent.Refused refused) {
            add("Reason", refused.reason().tag());
        }
    }

    private void conflict(ConflictEvent event) {
        Conflict conflict = event.conflict();
        add("Address", conflict.ip());
        add("Subnet", conflict.subnet());
        add("Found by", conflict.method().tag());
        add("Answered by", conflict.responderMac());
        add("Times", conflict.count());
        if (conflict.permanent()) {
            add("Held", "until somebody clears it");
        }
    }

    private void pair(HaEvent event) {
        if (event instanceof HaEvent.FailedOver change) {
            add("Role before", change.oldRole());
            add("Role", change.newRole());
            add("Peer", change.peerState());
        } else if (event instanceof HaEvent.SyncCompleted sync) {
            add("Leases", sync.leases());
        }
    }

    /** Chats read markup into texts: links, mentions and the like, which clients are not to make. */
    private void add(String title, @Nullable Object value) {
        if (value != null) {
            facts.put(title, value.toString().replaceAll("[^A-Za-z0-9._:/ -]", "?"));
        }
    }
}
