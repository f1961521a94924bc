package io.athena.dhcpd.ddns.outbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the updates that a work still lacks, and takes back those that it needs no longer. Owned by the outbox. */
final class Planner {

    private final Routes routes;
    private final Dispatch dispatch;
    private final OutboxNews news;

    Planner(Routes routes, Dispatch dispatch, OutboxNews news) {
        this.routes = routes;
        this.dispatch = dispatch;
        this.news = news;
    }

    void plan(NameWork work) {
        HeldName wanted = work.stage() == NameWork.Stage.FOREIGN ? null : work.wanted();
        for (Leftover leftover : List.copyOf(work.leftovers())) {
            if (wanted != null && wanted.isSameAs(leftover.name())) {
                keepForward(leftover);
            } else {
                remove(work, leftover);
            }
            if (wanted != null) {
                keepReverse(leftover);
            } else {
                unpoint(work, leftover);
            }
        }
        if (wanted != null && work.putting() == null) {
            put(work, wanted);
        }
    }

    private void keepForward(Leftover leftover) {
        if (takeBack(leftover.removing())) {
            leftover.forwardDone();
        }
    }

    /** A PTR record that gets another name is not taken away before. */
    private void keepReverse(Leftover leftover) {
        if (leftover.unpointing() != null && takeBack(leftover.unpointing())) {
            leftover.unpointing(null);
        }
    }

    private boolean takeBack(@Nullable NameOp op) {
        if (op != null) {
            dispatch.cancel(op);
        }
        return op == null || !op.isRunning();
    }

    private void remove(NameWork work, Leftover leftover) {
        if (!leftover.forward() || leftover.removing() != null) {
            return;
        }
        Routes.Place place = routes.forward(leftover.name());
        if (place == null) {
            news.nowhere(leftover.name(), work.address());
            leftover.forwardDone();
        } else {
            NameOp op = new NameOp(NameOp.Kind.REMOVE, work, leftover.name(), leftover, place);
            leftover.removing(op);
            dispatch.add(op);
        }
    }

    private void unpoint(NameWork work, Leftover leftover) {
        if (!leftover.reverse() || leftover.unpointing() != null) {
            return;
        }
        Routes.Place place = routes.reverse(leftover.name(), work.address());
        if (place == null) {
            leftover.reverseDone();
        } else {
            NameOp op = new NameOp(NameOp.Kind.UNPOINT, work, leftover.name(), leftover, place);
            leftover.unpointing(op);
            dispatch.add(op);
        }
    }

    /** RFC 4703 section 5.4: the PTR record follows once the A record stands. */
    private void put(NameWork work, HeldName wanted) {
        Routes.Place forward = work.stage() == NameWork.Stage.OPEN && wanted.forward() ? routes.forward(wanted) : null;
        if (forward != null) {
            put(new NameOp(NameOp.Kind.ADD, work, wanted, null, forward));
        } else if (work.stage() != NameWork.Stage.DONE) {
            Routes.Place reverse = routes.reverse(wanted, work.address());
            if (reverse != null) {
                put(new NameOp(NameOp.Kind.POINT, work, wanted, null, reverse));
            } else {
                work.pointed();
            }
        }
    }

    private void put(NameOp op) {
        op.work().putting(op);
        dispatch.add(op);
    }
}
