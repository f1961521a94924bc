package io.athena.dhcpd.ddns.outbox;

import io.athena.dhcpd.core.net.Ipv4;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is left to be done about the names of one address. Owned by the outbox. */
final class NameWork {

    /** How far the wanted name has come. */
    enum Stage {
        /** Its A record, or where the client keeps that its PTR record, has yet to be put. */
        OPEN,
        /** Its A record stands; the PTR record has yet to be put. */
        NAMED,
        /** Nothing is left to be done for it. */
        DONE,
        /** It belongs to somebody else. */
        FOREIGN
    }

    private final Ipv4 address;
    private final List<Leftover> leftovers = new ArrayList<>(1);
    private @Nullable HeldName wanted;
    private Stage stage = Stage.DONE;
    private @Nullable NameOp putting;

    private long wantedAt;

    /** Whether the wanted name stood in DNS before. */
    private boolean stood;

    /** Whether an update of this work may have put the wanted name into DNS. */
    private boolean tried;

    NameWork(Ipv4 address) {
        this.address = address;
    }

    Ipv4 address() {
        return address;
    }

    /** Names that have to go. */
    List<Leftover> leftovers() {
        return leftovers;
    }

    @Nullable
    HeldName wanted() {
        return wanted;
    }

    Stage stage() {
        return stage;
    }

    void stage(Stage now) {
        stage = now;
    }

    /** Takes a new wish, or none. @param stands whether the name may be in DNS already; @param at epoch seconds */
    void want(@Nullable HeldName name, boolean stands, long at) {
        stood = stands
                || name != null
                        && (name.equals(wanted) && mayStand()
                                || leftovers.stream()
                                        .anyMatch(left -> left.name().isSameAs(name)));
        wanted = name;
        stage = name == null ? Stage.DONE : Stage.OPEN;
        wantedAt = at;
        tried = false;
        putting = null;
    }

    /**
     * Whether the wanted name may be in DNS. That of a stored work may be, even if it was somebody else's then: nobody
     * knows what became of it between that and the end of the run.
     */
    boolean mayStand() {
        return stood || tried;
    }

    void tried() {
        tried = true;
    }

    /** Tries again to get the wanted name, which was somebody else's. */
    void retry() {
        want(wanted, false, wantedAt);
    }

    /** When the wanted name was wanted, epoch seconds. */
    long wantedAt() {
        return wantedAt;
    }

    /** The PTR record says the wanted name, so no former one is left in it. */
    void pointed() {
        stage = Stage.DONE;
        leftovers.forEach(Leftover::reverseDone);
    }

    /** The wanted name turned out to be somebody else's. A PTR record that says it nevertheless has to go. */
    void belongsToOthers() {
        stage = Stage.FOREIGN;
        if (stood && wanted != null) {
            Leftover pointer = new Leftover(wanted, wantedAt);
            pointer.forwardDone();
            leftovers.add(pointer);
        }
        stood = false;
        tried = false;
    }

    /** A name has to go. What was done about it at an earlier time that the address had it does not count. */
    void leave(HeldName name, long at) {
        boolean waits = leftovers.stream().anyMatch(leftover -> leftover.covers(name));
        if (!waits) {
            leftovers.add(new Leftover(name, at));
        }
    }

    @Nullable
    NameOp putting() {
        return putting;
    }

    void putting(@Nullable NameOp op) {
        putting = op;
    }

    /** Whether there is nothing more to do, unless the name of somebody else becomes free. */
    boolean isOver() {
        return leftovers.isEmpty() && (stage == Stage.DONE || stage == Stage.FOREIGN);
    }
}
