package io.athena.dhcpd.dhcp.limit;

import io.athena.dhcpd.core.config.RateLimitConfig;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.net.SeededHash;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import org.jspecify.annotations.Nullable;

/** Decides whether a packet is worth an engine's time. Owned by the event loop; not for use by two threads. */
@FunctionalInterface
public interface RateLimiter {

    /** What becomes of a packet. */
    enum Verdict {
        ADMITTED,
        /** Too many ask for a first address: only a client whom the server knows is to be served. */
        RETURNING_ONLY,
        /** This client sends too much. */
        REFUSED
    }

    /** Where no limits are configured. */
    RateLimiter UNLIMITED = (packet, relay, heardOn, link, nanoTime) -> Verdict.ADMITTED;

    /**
     * Counts a packet and judges it; MUST NOT block and allocates nothing.
     *
     * @param packet what came
     * @param relay what its relay agent said
     * @param heardOn the name of the interface it came by
     * @param link the client's link
     * @param nanoTime the monotonic time of its arrival
     */
    Verdict judge(DhcpPacket packet, RelayInfo relay, String heardOn, Link link, long nanoTime);

    /**
     * The limiter of {@code [server.rate_limit]}; every client starts with a clean record.
     *
     * @param limits null when the section is absent
     * @param nanoTime the monotonic time
     */
    static RateLimiter of(@Nullable RateLimitConfig limits, long nanoTime) {
        return limits == null || !limits.enabled()
                ? UNLIMITED
                : new TokenRateLimiter(limits, SeededHash.random(), nanoTime);
    }
}
