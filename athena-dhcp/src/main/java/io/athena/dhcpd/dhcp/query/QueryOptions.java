package io.athena.dhcpd.dhcp.query;

import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.core.subnet.LeaseTimes;
import io.athena.dhcpd.core.subnet.Terms;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options that say what is known of a binding, as far as a requester asked for them in option 55. Times are seconds
 * that are left, or have passed, at the moment of the answer (RFC 4388 section 6.4.2).
 */
final class QueryOptions {

    static final int SERVER_ID = 54;
    static final int BASE_TIME = 152;

    private static final int HOST_NAME = 12;
    private static final int LEASE_TIME = 51;
    private static final int RENEWAL_TIME = 58;
    private static final int REBINDING_TIME = 59;
    private static final int VENDOR_CLASS = 60;
    private static final int CLIENT_ID = 61;
    private static final int RELAY_AGENT = 82;
    private static final int LAST_TRANSACTION = 91;
    private static final int ASSOCIATED_IP = 92;
    private static final int START_OF_STATE = 153;
    private static final int DHCP_STATE = 156;
    private static final int DATA_SOURCE = 157;

    /** The REMOTE bit is clear: what this server says, it was told by the client itself. */
    private static final byte[] LOCAL = {0};

    /** What those get that ask for nothing in particular by datagram. */
    private static final byte[] USUAL = {
        LEASE_TIME, RENEWAL_TIME, REBINDING_TIME, VENDOR_CLASS, CLIENT_ID, RELAY_AGENT, LAST_TRANSACTION, ASSOCIATED_IP
    };

    /** The same over TCP. */
    private static final byte[] USUAL_OVER_TCP = {
        LEASE_TIME,
        RENEWAL_TIME,
        REBINDING_TIME,
        VENDOR_CLASS,
        CLIENT_ID,
        RELAY_AGENT,
        LAST_TRANSACTION,
        (byte) START_OF_STATE,
        (byte) DHCP_STATE,
        (byte) DATA_SOURCE
    };

    private final byte[] asked;

    private QueryOptions(byte[] asked) {
        this.asked = asked;
    }

    static QueryOptions ofDatagram(DhcpPacket query) {
        byte[] list = query.parameterRequestList();
        return new QueryOptions(list == null ? USUAL : list);
    }

    static QueryOptions overTcp(DhcpPacket query) {
        byte[] list = query.parameterRequestList();
        return new QueryOptions(list == null ? USUAL_OVER_TCP : list);
    }

    /**
     * Adds what was asked for.
     *
     * @param associated every address that the client has a lease of; told where there are several
     */
    void put(Binding binding, List<Ipv4> associated, long now, OptionSet.Builder into) {
        for (byte code : asked) {
            byte[] value = value(code & 0xff, binding, associated, now);
            if (value != null) {
                into.put(code & 0xff, value);
            }
        }
    }

    private static byte @Nullable [] value(int code, Binding binding, List<Ipv4> associated, long now) {
        return switch (code) {
            case BASE_TIME -> number(now);
            case START_OF_STATE -> binding.since() == 0 ? null : number(Math.max(0, now - binding.since()));
            case DHCP_STATE -> new byte[] {(byte) binding.state().code()};
            case DATA_SOURCE -> LOCAL;
            case ASSOCIATED_IP -> associated.size() < 2 ? null : addresses(associated);
            default -> binding.lease() == null ? null : ofLease(code, binding, binding.lease(), now);
        };
    }

    private static byte @Nullable [] ofLease(int code, Binding binding, Lease lease, long now) {
        return switch (code) {
            case LEASE_TIME -> binding.isActive() ? left(lease.expiry(), now) : null;
            case RENEWAL_TIME, REBINDING_TIME -> binding.isActive() ? timer(code, binding, lease, now) : null;
            case CLIENT_ID -> lease.clientId();
            case RELAY_AGENT -> lease.option82();
            case VENDOR_CLASS -> lease.vendorClass();
            case LAST_TRANSACTION -> number(Math.max(0, now - lease.lastTransaction()));
            default -> binding.isActive() ? configured(code, binding.terms(), lease) : null;
        };
    }

    /** T1 or T2, counted from the last ACK; null when it has passed (RFC 4388 section 6.4.2). */
    private static byte @Nullable [] timer(int code, Binding binding, Lease lease, long now) {
        Terms terms = binding.terms();
        if (terms == null) {
            return null;
        }
        if (lease.expiry() == Lease.FOREVER) {
            return number(Lease.FOREVER);
        }
        LeaseTimes times = terms.times(Math.max(0, lease.expiry() - lease.lastTransaction()));
        long at = lease.lastTransaction() + (code == RENEWAL_TIME ? times.renewal() : times.rebind());
        return at > now ? number(at - now) : null;
    }

    /** RFC 4388 section 6.4.2: what the client would be sent, if it asked. */
    private static byte @Nullable [] configured(int code, @Nullable Terms terms, Lease lease) {
        byte[] value = terms == null ? null : terms.options().get(code);
        if (value == null && code == HOST_NAME && lease.hostname() != null) {
            return lease.hostname().getBytes(StandardCharsets.US_ASCII);
        }
        return value;
    }

    private static byte[] left(long until, long now) {
        return number(until == Lease.FOREVER ? Lease.FOREVER : until - now);
    }

    private static byte[] addresses(List<Ipv4> addresses) {
        ByteBuffer value = ByteBuffer.allocate(4 * addresses.size());
        addresses.forEach(address -> value.putInt(address.bits()));
        return value.array();
    }

    /** Four bytes, unsigned. */
    static byte[] number(long value) {
        return ByteBuffer.allocate(4).putInt((int) value).array();
    }
}
