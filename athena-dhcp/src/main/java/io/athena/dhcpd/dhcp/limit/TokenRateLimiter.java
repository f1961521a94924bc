package io.athena.dhcpd.dhcp.limit;

import io.athena.dhcpd.core.config.RateLimitConfig;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.net.SeededHash;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;

/**
 * Three limits from two keys. A client, by its hardware address and the place it is heard from, may send
 * {@code max_per_mac_per_second} messages of any kind. What asks for a first address (DISCOVER and BOOTP) is limited to
 * {@code max_discovers_per_second} altogether, and to a quarter of that for a relay port. REQUEST, RELEASE, DECLINE and
 * INFORM have no common limit, so that no crowd of newcomers can starve those who have an address.
 *
 * <p>The common bucket is shared in three ranks, each of which leaves something to the one before: a link that keeps
 * within a quarter of the limit may take the last token, a relay port leaves a quarter of the bucket, and a link whose
 * newcomers nobody can tell apart leaves half. So a flood costs the newcomers of its own port, or of its own link where
 * there are no ports, and hardly anybody else.
 */
final class TokenRateLimiter implements RateLimiter {

    /** DISCOVER and REQUEST: with fewer at once no client ever gets through. */
    private static final int A_DIALOGUE = 2;

    private static final int SHARES = 4;

    /** Buckets of clients: those of a hundred thousand packets a second at five a second for each. */
    private static final int CLIENTS = 1 << 15;

    private static final int PORTS = 1 << 14;
    private static final int LINKS = 1 << 12;

    private final SeededHash hash;
    private final long start;
    private final BucketTable clients;
    private final BucketTable ports;
    private final BucketTable links;
    private final Bucket everybody;
    private long everybodyFullAt;

    TokenRateLimiter(RateLimitConfig limits, SeededHash hash, long nanoTime) {
        this.hash = hash;
        this.start = nanoTime;
        int share = Math.max(1, limits.maxDiscoversPerSecond() / SHARES);
        this.clients = new BucketTable(Bucket.of(limits.maxPerMacPerSecond(), A_DIALOGUE), CLIENTS);
        this.ports = new BucketTable(Bucket.of(share, 1), PORTS);
        this.links = new BucketTable(Bucket.of(share, 1), LINKS);
        this.everybody = Bucket.of(limits.maxDiscoversPerSecond(), 1);
    }

    @Override
    public Verdict judge(DhcpPacket packet, RelayInfo relay, String heardOn, Link link, long nanoTime) {
        long now = nanoTime - start;
        boolean atPort = relay.circuitId() != null || relay.remoteId() != null;
        long place = place(relay, heardOn);
        if (!clients.take(client(packet, place), now)) {
            return Verdict.REFUSED;
        }
        if (packet.type() != MessageType.DISCOVER && packet.type() != MessageType.BOOTP) {
            return Verdict.ADMITTED;
        }
        return (!atPort || ports.take(place, now)) && takeCommon(reserve(link, atPort, now), now)
                ? Verdict.ADMITTED
                : Verdict.RETURNING_ONLY;
    }

    private boolean takeCommon(int reserve, long now) {
        long after = everybody.take(everybodyFullAt, now, reserve);
        if (after == Bucket.REFUSED) {
            return false;
        }
        everybodyFullAt = after;
        return true;
    }

    private int reserve(Link link, boolean atPort, long now) {
        if (links.take(hash.of(0, link.id().hashCode()), now)) {
            return 0;
        }
        return atPort ? everybody.size() / 4 : everybody.size() / 2;
    }

    /** Where somebody is heard: who borrows the address of a client elsewhere must not use up that client's tokens. */
    private long place(RelayInfo relay, String heardOn) {
        long place = hash.of(heardOn.hashCode(), relay.giaddr().bits());
        byte[] circuitId = relay.circuitId();
        byte[] remoteId = relay.remoteId();
        long port = circuitId == null ? place : hash.of(place, circuitId);
        return remoteId == null ? port : hash.of(~port, remoteId);
    }

    /** RFC 4390 section 2.1: without a hardware address the client identifier is all there is. */
    private long client(DhcpPacket packet, long place) {
        MacAddress mac = packet.chaddr();
        byte[] clientId = packet.clientId();
        if (mac != null) {
            return mac.hash(hash, place);
        }
        return clientId == null ? place : hash.of(~place, clientId);
    }
}
