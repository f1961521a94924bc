package io.athena.dhcpd.dhcp.query;

import io.athena.dhcpd.core.engine.LeaseTrait;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import java.util.Arrays;

/** A query over TCP: what can be served, or why it cannot. */
sealed interface StreamQuery {

    /** What cannot be answered as it is. */
    record Refused(QueryStatus status, String text) implements StreamQuery {}

    /**
     * A query that can be answered.
     *
     * @param xid repeated in every answer
     * @param key what it is about
     * @param start epoch seconds; what did not change since then is left out; {@link #NO_START} for everything
     * @param end epoch seconds; what changed after that is left out
     * @param options what is asked for
     */
    record Accepted(int xid, QueryKey key, long start, long end, QueryOptions options) implements StreamQuery {

        /** Whether a binding is among those asked for. */
        boolean wants(Binding binding) {
            long changed = binding.changed();
            return changed >= start && changed <= end && (binding.lease() == null || isAbout(binding.lease()));
        }

        /** Whether it names the time from which on changes are of interest, be it the beginning of all time. */
        boolean hasStart() {
            return start != NO_START;
        }

        /** Whether addresses that never had a lease are asked for: without a time, all that is configured. */
        boolean wantsUnused() {
            return key instanceof QueryKey.Everything && start <= 0;
        }

        private boolean isAbout(Lease lease) {
            if (key instanceof QueryKey.ByRelayId relay) {
                return Arrays.equals(relay.id(), RelayIds.relayId(lease.option82()));
            }
            return !(key instanceof QueryKey.ByTrait byTrait) || has(lease, byTrait.trait());
        }

        private static boolean has(Lease lease, LeaseTrait trait) {
            if (trait instanceof LeaseTrait.Hardware hardware) {
                return hardware.mac().equals(lease.mac());
            }
            if (trait instanceof LeaseTrait.ClientIdentifier client) {
                return Arrays.equals(client.id(), lease.clientId());
            }
            return Arrays.equals(((LeaseTrait.RemoteId) trait).id(), lease.remoteId());
        }
    }

    int QUERY_START_TIME = 154;
    int QUERY_END_TIME = 155;
    int VIRTUAL_SUBNET = 221;
    long NO_START = -1;
    long NEVER = Long.MAX_VALUE;

    /** Reads DHCPBULKLEASEQUERY (RFC 6926 section 7.2) or DHCPACTIVELEASEQUERY (RFC 7724 section 7.3). */
    static StreamQuery of(DhcpPacket query) {
        if (!query.ciaddr().isAny()
                || !query.yiaddr().isAny()
                || !query.siaddr().isAny()) {
            return new Refused(QueryStatus.MALFORMED_QUERY, "ciaddr, yiaddr and siaddr must be 0");
        }
        OptionSet options = query.options();
        if (options.contains(VIRTUAL_SUBNET)) {
            return new Refused(QueryStatus.NOT_ALLOWED, "there are no VPNs here");
        }
        QueryKey key = QueryKey.ofBulk(query);
        if (key == null) {
            return new Refused(QueryStatus.MALFORMED_QUERY, "more than one thing is asked about");
        }
        if (isOdd(options, QUERY_START_TIME) || isOdd(options, QUERY_END_TIME)) {
            return new Refused(QueryStatus.MALFORMED_QUERY, "a time has four bytes");
        }
        long start = time(options, QUERY_START_TIME, NO_START);
        long end = time(options, QUERY_END_TIME, NEVER);
        if (start > end) {
            return new Refused(QueryStatus.MALFORMED_QUERY, "the time ends before it begins");
        }
        boolean active = query.type() == MessageType.ACTIVELEASEQUERY;
        if (active && (end != NEVER || !(key instanceof QueryKey.Everything))) {
            return new Refused(
                    QueryStatus.MALFORMED_QUERY, "updates come for all addresses, until the connection ends");
        }
        return new Accepted(query.xid(), key, start, end, QueryOptions.overTcp(query));
    }

    private static boolean isOdd(OptionSet options, int code) {
        byte[] value = options.get(code);
        return value != null && value.length != 4;
    }

    private static long time(OptionSet options, int code, long absent) {
        byte[] value = options.get(code);
        return value == null ? absent : Ipv4.of(value, 0).toLong();
    }
}
