package io.athena.dhcpd.ddns.outbox;

import org.jspecify.annotations.Nullable;

/** A name that an address had and that may still stand in DNS. Owned by the outbox. */
final class Leftover {

    private final HeldName name;
    private final long since;

    /** Whether the A record has yet to be dealt with. */
    private boolean forward;

    /** Whether the PTR record has yet to be dealt with. */
    private boolean reverse = true;

    private @Nullable NameOp removing;
    private @Nullable NameOp unpointing;

    Leftover(HeldName name, long since) {
        this.name = name;
        this.since = since;
        this.forward = name.forward();
    }

    HeldName name() {
        return name;
    }

    /** When the address lost the name, epoch seconds. */
    long since() {
        return since;
    }

    boolean forward() {
        return forward;
    }

    void forwardDone() {
        forward = false;
        removing = null;
    }

    boolean reverse() {
        return reverse;
    }

    void reverseDone() {
        reverse = false;
        unpointing = null;
    }

    /** Whether dealing with this one deals with that name too. */
    boolean covers(HeldName other) {
        return name.isSameAs(other) && reverse && (forward || !other.forward());
    }

    boolean isOver() {
        return !forward && !reverse;
    }

    @Nullable
    NameOp removing() {
        return removing;
    }

    void removing(@Nullable NameOp op) {
        removing = op;
    }

    @Nullable
    NameOp unpointing() {
        return unpointing;
    }

    void unpointing(@Nullable NameOp op) {
        unpointing = op;
    }
}
