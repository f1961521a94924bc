package io.athena.dhcpd.events.render;

/**
 * Which server tells of an event.
 *
 * @param id {@code server.node_id}
 * @param haRole {@code standalone} where there is no partner
 */
public record Node(String id, String haRole) {

    /** A server without a partner. */
    public static Node standalone(String id) {
        return new Node(id, "standalone");
    }
}
