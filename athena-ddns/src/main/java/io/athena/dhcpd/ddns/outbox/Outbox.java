package io.athena.dhcpd.ddns.outbox;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.ddns.update.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names that DNS does not know of yet, or still knows of: what is wanted for each address, what has to go, and what
 * became of the updates. It does no I/O and reads no clock; one thread owns it.
 */
final class Outbox {

    private final Planner planner;
    private final Dispatch dispatch;
    private final OutboxNews news;
    private final boolean refresh;
    private final Map<Ipv4, NameWork> works = new LinkedHashMap<>();
    private final ForeignNames foreign = new ForeignNames();
    private Set<Ipv4> unsaved = new LinkedHashSet<>();

    /** Whether an earlier run may have read what comes and acted upon it, and died before it stored that. */
    private boolean again = true;

    private boolean reread;

    /** @param refresh whether a renewal writes the records again */
    Outbox(Routes routes, Dispatch dispatch, OutboxNews news, boolean refresh) {
        this.planner = new Planner(routes, dispatch, news);
        this.dispatch = dispatch;
        this.news = news;
        this.refresh = refresh;
    }

    /** Goes on with what an earlier run left. */
    void resume(NameWork work) {
        works.put(work.address(), work);
        if (work.stage() == NameWork.Stage.FOREIGN) {
            foreign.add(work.wanted(), work.address());
        }
        plan(work);
    }

    /** Everything has come that an earlier run may have read. */
    void caughtUp() {
        if (again && reread) {
            // That run may have put a name that was somebody else's when it last stored anything.
            List.copyOf(works.values()).stream()
                    .filter(work -> work.stage() == NameWork.Stage.FOREIGN)
                    .forEach(this::retry);
        }
        again = false;
    }

    /**
     * A record of the journal.
     *
     * @param isBack whether it is a renewal by a client that last had the name at another address, which DNS says now
     */
    void changed(NameChange change, boolean isBack) {
        reread |= again;
        NameWork known = works.get(change.address());
        if (change.isRenewal() && !isBack && !matters(change, known)) {
            return;
        }
        NameWork work = known == null ? workOf(change.address()) : known;
        boolean waited = work.stage() == NameWork.Stage.FOREIGN;
        HeldName before = change.before();
        if (before != null && !change.isRenewal() && !before.equals(work.wanted())) {
            work.leave(before, change.at());
        }
        want(work, change.now(), again || change.isRenewal() && !waited, change.at());
    }

    /** A renewal matters to who waits for the name, and where records are to be written again. */
    private boolean matters(NameChange change, @Nullable NameWork known) {
        if (known == null) {
            return refresh;
        }
        return known.stage() == NameWork.Stage.FOREIGN || !change.now().equals(known.wanted());
    }

    /** Writes a name again, because DNS was found not to say it. */
    void repair(Ipv4 address, HeldName name, long now) {
        want(workOf(address), name, true, now);
    }

    /** Takes away a name that was found in DNS without a lease. */
    void surplus(Ipv4 address, HeldName name, long now) {
        NameWork work = workOf(address);
        work.leave(name, now);
        plan(work);
    }

    private NameWork workOf(Ipv4 address) {
        return works.computeIfAbsent(address, NameWork::new);
    }

    private void want(NameWork work, @Nullable HeldName name, boolean stands, long at) {
        HeldName former = work.wanted();
        if (former != null && former.equals(name) && work.stage() == NameWork.Stage.OPEN) {
            return;
        }
        NameOp putting = work.putting();
        if (putting != null) {
            dispatch.cancel(putting);
        }
        foreign.remove(former, work.address());
        if (former != null && work.mayStand() && !former.equals(name)) {
            work.leave(former, at);
        }
        work.want(name, stands, at);
        plan(work);
    }

    /** The next update to be started; null when there is none at present. */
    @Nullable
    NameOp next(long nanos) {
        NameOp op = dispatch.next(nanos);
        if (op != null && op.kind().puts()) {
            op.work().tried();
        }
        return op;
    }

    /** A name server dealt with an update. */
    void settled(NameOp op, Outcome outcome) {
        if (dispatch.settled(op)) {
            news.serverWorks(op.place().server());
        }
        news.settled(op, outcome);
        over(op, outcome);
    }

    /** Nothing more is tried for an update that takes something away. */
    void givenUp(NameOp op) {
        dispatch.cancel(op);
        over(op, Outcome.FOREIGN);
    }

    private void over(NameOp op, Outcome outcome) {
        Leftover leftover = op.leftover();
        if (leftover == null) {
            put(op, outcome);
        } else if (op.kind() == NameOp.Kind.UNPOINT) {
            leftover.reverseDone();
        } else {
            leftover.forwardDone();
            if (outcome == Outcome.DONE) {
                reopen(op.name().fqdn());
            }
        }
        plan(op.work());
    }

    private void put(NameOp op, Outcome outcome) {
        NameWork work = op.work();
        if (work.putting() != op) {
            return;
        }
        work.putting(null);
        if (op.kind() == NameOp.Kind.POINT) {
            work.pointed();
        } else if (outcome == Outcome.DONE) {
            work.stage(NameWork.Stage.NAMED);
        } else {
            work.belongsToOthers();
            foreign.add(work.wanted(), work.address());
        }
    }

    /** A name became free: whoever waits for it gets another try. */
    private void reopen(String fqdn) {
        for (Ipv4 address : foreign.of(fqdn)) {
            retry(workOf(address));
        }
    }

    private void retry(NameWork work) {
        foreign.remove(work.wanted(), work.address());
        work.retry();
        plan(work);
    }

    private void plan(NameWork work) {
        planner.plan(work);
        work.leftovers().removeIf(Leftover::isOver);
        unsaved.add(work.address());
        if (work.isOver() && work.stage() != NameWork.Stage.FOREIGN) {
            works.remove(work.address());
        }
    }

    /** What is left to do, names of others included. */
    Collection<NameWork> works() {
        return works.values();
    }

    /** How many addresses wait for a name that is somebody else's. */
    int foreignCount() {
        return foreign.count();
    }

    /** The addresses whose work may not be as it was at the last call. */
    List<Ipv4> takeUnsaved() {
        List<Ipv4> taken = new ArrayList<>(unsaved);
        unsaved = new LinkedHashSet<>();
        return taken;
    }

    /** The work of an address; null when nothing is left to do. */
    @Nullable
    NameWork find(Ipv4 address) {
        return works.get(address);
    }
}
