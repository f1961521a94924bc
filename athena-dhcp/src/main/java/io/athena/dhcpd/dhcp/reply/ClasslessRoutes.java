package io.athena.dhcpd.dhcp.reply;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The value of option 121: prefix length, the significant bytes of the network, the router (RFC 3442). */
final class ClasslessRoutes {

    private static final int ROUTER_SIZE = 4;

    private ClasslessRoutes() {}

    /** The routes and, unless there is a default route among them, one to the first of {@code routers}. */
    static byte[] withDefault(byte[] routes, byte @Nullable [] routers) {
        if (routers == null || routers.length < ROUTER_SIZE || hasDefault(routes)) {
            return routes;
        }
        byte[] all = Arrays.copyOf(routes, routes.length + 1 + ROUTER_SIZE);
        System.arraycopy(routers, 0, all, routes.length + 1, ROUTER_SIZE);
        return all;
    }

    private static boolean hasDefault(byte[] routes) {
        int at = 0;
        while (at < routes.length) {
            int prefix = routes[at] & 0xff;
            if (prefix == 0) {
                return true;
            }
            at += 1 + (prefix + 7) / 8 + ROUTER_SIZE;
        }
        return false;
    }
}
