package io.athena.dhcpd.conflict;

import io.athena.dhcpd.core.engine.ProbeResult;
import io.athena.dhcpd.core.engine.ProbeResult.Method;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One probe of one address, an entry of the {@link ProbeTable} too. After it was handed over, the loop alone has it. */
final class Probe implements Order {

    /** Where a probe is in its life. */
    enum State {
        /** Handed over and not sent. */
        WAITING,
        /** Sent, and its deadline has not passed. */
        IN_FLIGHT,
        /** Ended without an answer, which may still come. */
        REMEMBERED,
        /** Of no more interest. */
        GONE
    }

    private final Ipv4 address;
    private final @Nullable Attachment on;
    private final long timeoutNanos;
    private @Nullable Consumer<ProbeResult> done;
    private State state = State.WAITING;
    private @Nullable Port port;
    private long key;
    private long token;
    private long sentAt;
    private int gapsBefore;

    /** The next one in a chain of the table, whose business alone it is. */
    @Nullable
    Probe next;

    /** @param on the network to ask by ARP; null asks by ICMP echo */
    Probe(Ipv4 address, @Nullable Attachment on, long timeoutNanos, Consumer<ProbeResult> done) {
        this.address = address;
        this.on = on;
        this.timeoutNanos = timeoutNanos;
        this.done = done;
    }

    Ipv4 address() {
        return address;
    }

    @Nullable
    Attachment on() {
        return on;
    }

    Method method() {
        return on == null ? Method.ICMP : Method.ARP;
    }

    State state() {
        return state;
    }

    @Nullable
    Port port() {
        return port;
    }

    /** What an answer is found by. */
    long key() {
        return key;
    }

    /** What an answer must carry; 0 where it can carry nothing. */
    long token() {
        return token;
    }

    long sentAt() {
        return sentAt;
    }

    /** What {@link Inlet#gaps} was when it was sent. */
    int gapsBefore() {
        return gapsBefore;
    }

    long deadline() {
        return sentAt + timeoutNanos;
    }

    void named(long answerKey, long answerToken) {
        key = answerKey;
        token = answerToken;
    }

    void sent(Port by, long now) {
        port = by;
        sentAt = now;
        gapsBefore = by.inlet().gaps();
        state = State.IN_FLIGHT;
    }

    void become(State next) {
        state = next;
    }

    /** Who is to hear of its end; gives it out once, so that an exchange is not kept for as long as the probe. */
    @Nullable
    Consumer<ProbeResult> takeListener() {
        Consumer<ProbeResult> listener = done;
        done = null;
        return listener;
    }
}
