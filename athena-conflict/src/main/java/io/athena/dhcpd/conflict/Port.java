package io.athena.dhcpd.conflict;

import io.athena.dhcpd.core.link.FrameSocketException;

/** One socket as probes see it: it sends them and knows what their answers look like. */
abstract sealed class Port permits ArpPort, EchoPort {

    private int inFlight;
    private long settledAt = Long.MIN_VALUE;

    /** Sends a probe and gives it the key and token of its answer. */
    abstract void send(Probe probe) throws FrameSocketException;

    abstract Inlet inlet();

    /** For log lines. */
    abstract String name();

    /** One more probe waits for this socket's answers. */
    final void sent() {
        inFlight++;
    }

    /** One less does. */
    final void ended() {
        inFlight--;
    }

    final boolean isIdle() {
        return inFlight == 0;
    }

    /** Brings everything up to {@code now} in, once for each {@code now}. */
    final void settle(long now) {
        if (settledAt != now) {
            settledAt = now;
            inlet().settle();
        }
    }
}
