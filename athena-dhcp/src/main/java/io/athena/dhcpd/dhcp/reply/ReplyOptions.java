package io.athena.dhcpd.dhcp.reply;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.core.subnet.LeaseTimes;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import org.jspecify.annotations.Nullable;

/**
 * The options of a reply in the order in which they go out: server, times, answers, what was asked for, what is always
 * sent, the client's identifier, the relay agent's words. Option 53 is the writer's.
 */
public final class ReplyOptions {

    private static final int SUBNET_MASK = 1;
    private static final int ROUTER = 3;
    private static final int STATIC_ROUTE = 33;
    private static final int LEASE_TIME = 51;
    private static final int SERVER_ID = 54;
    private static final int MESSAGE = 56;
    private static final int T1 = 58;
    private static final int T2 = 59;
    private static final int CLIENT_ID = 61;
    private static final int RAPID_COMMIT = 80;
    private static final int RELAY_AGENT = 82;
    private static final int MACHINE_ID = 97;
    private static final int IPV6_ONLY = 108;
    private static final int CLASSLESS_ROUTE = 121;
    private static final int CLASSLESS_ROUTE_MS = 249;

    private final DhcpPacket request;
    private final OptionSet configured;
    private final OptionSet.Builder reply = OptionSet.builder();

    private ReplyOptions(DhcpPacket request, OptionSet configured) {
        this.request = request;
        this.configured = configured;
    }

    /**
     * The options of a reply.
     *
     * @param type OFFER, ACK, NAK, or BOOTP
     * @param request what is answered
     * @param scope what configuration and the exchange have to say
     * @param serverId option 54; not sent in a BOOTP reply
     * @param times the times of a lease; null for an ACK to INFORM (RFC 2131 section 4.3.5), a NAK and BOOTP
     */
    public static OptionSet of(
            MessageType type, DhcpPacket request, ReplyScope scope, Ipv4 serverId, @Nullable LeaseTimes times) {
        ReplyOptions options = new ReplyOptions(request, scope.configured());
        if (type != MessageType.BOOTP) {
            options.reply.put(SERVER_ID, serverId.toBytes());
        }
        if (times != null) {
            options.putTimes(times);
        }
        options.reply.putAll(scope.answers());
        if (type != MessageType.NAK) {
            options.putConfigured(scope);
            options.echoMachine();
        }
        options.echo();
        return options.reply.build();
    }

    private void putTimes(LeaseTimes times) {
        reply.put(LEASE_TIME, seconds(times.lease()));
        reply.put(T1, seconds(times.renewal()));
        reply.put(T2, seconds(times.rebind()));
    }

    private void putConfigured(ReplyScope scope) {
        byte[] asked = request.parameterRequestList();
        if (asked == null) {
            configured.forEach((value, code) -> putConfigured(code));
            return;
        }
        for (byte code : asked) {
            putConfigured(code & 0xff);
        }
        scope.alwaysSend().forEach(this::putConfigured);
    }

    private void putConfigured(int code) {
        byte[] value = code == CLASSLESS_ROUTE || code == CLASSLESS_ROUTE_MS ? routes(code) : configured.get(code);
        if (value == null || isNotFromConfiguration(code) || isReplacedByClasslessRoutes(code)) {
            return;
        }
        if (code == ROUTER) {
            // RFC 2132 section 3.3: the mask stands before the router.
            putConfigured(SUBNET_MASK);
        }
        if (reply.get(code) == null) {
            reply.put(code, value);
        }
    }

    /** RFC 3442: who gets classless routes gets the default route in them and neither option 3 nor 33. */
    private boolean isReplacedByClasslessRoutes(int code) {
        return (code == ROUTER || code == STATIC_ROUTE)
                && configured.contains(CLASSLESS_ROUTE)
                && request.asksFor(CLASSLESS_ROUTE);
    }

    private byte @Nullable [] routes(int code) {
        byte[] own = configured.get(code);
        byte[] routes = own == null ? configured.get(CLASSLESS_ROUTE) : own;
        return routes == null ? null : ClasslessRoutes.withDefault(routes, configured.get(ROUTER));
    }

    /** Codes whose value is a matter of the exchange, or that only clients send. */
    private boolean isNotFromConfiguration(int code) {
        return switch (code) {
            case 0, 50, LEASE_TIME, 52, 53, SERVER_ID, 55, MESSAGE, 57, T1, T2, CLIENT_ID -> true;
            case RAPID_COMMIT, RELAY_AGENT, 255 -> true;
            // RFC 8925 section 3.3: only for those that ask.
            case IPV6_ONLY -> !request.asksFor(IPV6_ONLY);
            default -> false;
        };
    }

    /** PXE firmware knows a reply to itself by the UUID that it sent (RFC 4578 section 2.3); it asks for it. */
    private void echoMachine() {
        byte[] machine = request.options().get(MACHINE_ID);
        if (machine != null && request.asksFor(MACHINE_ID)) {
            reply.put(MACHINE_ID, machine);
        }
    }

    /** RFC 6842: the identifier as it came, and none when none came. RFC 3046 section 2.2: 82 last, byte for byte. */
    private void echo() {
        byte[] clientId = request.clientId();
        if (clientId != null && !request.isBootp()) {
            reply.put(CLIENT_ID, clientId);
        }
        byte[] relayAgent = request.options().get(RELAY_AGENT);
        if (relayAgent != null) {
            reply.put(RELAY_AGENT, relayAgent);
        }
    }

    private static byte[] seconds(long value) {
        return new Ipv4((int) Math.min(value, 0xffffffffL)).toBytes();
    }
}
