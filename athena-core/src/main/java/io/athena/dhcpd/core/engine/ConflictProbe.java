package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.function.Consumer;

/**
 * Finds out whether somebody uses an address (RFC 2131 section 2.2). Any thread may call it. Implementations MUST NOT
 * block, MUST answer every probe that they accept exactly once, and MAY do so before {@link #start} returns.
 */
public interface ConflictProbe {

    /** Probes nothing. */
    ConflictProbe NONE = new ConflictProbe() {
        @Override
        public boolean start(Ipv4 address, Consumer<ProbeResult> done) {
            return false;
        }

        @Override
        public void announce(Ipv4 address, MacAddress holder) {}

        @Override
        public void onLateAnswer(Consumer<ProbeResult> listener) {}
    };

    /**
     * Probes an address.
     *
     * @param done told how it ended, on any thread; it MUST return at once
     * @return false when the address cannot be probed: no privilege, no interface, or no method for its network; {@code
     *     done} is never told then
     */
    boolean start(Ipv4 address, Consumer<ProbeResult> done);

    /** Tells an attached network that a client has an address now, where that is configured; else does nothing. */
    void announce(Ipv4 address, MacAddress holder);

    /**
     * Sets who hears, on any thread, of answers to probes that had already ended without one; an answer that nobody ever
     * asked for is none.
     */
    void onLateAnswer(Consumer<ProbeResult> listener);
}
