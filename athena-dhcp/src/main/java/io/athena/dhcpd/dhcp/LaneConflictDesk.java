package io.athena.dhcpd.dhcp;

import io.athena.dhcpd.core.engine.ConflictDesk;
import io.athena.dhcpd.core.engine.Interventions;
import io.athena.dhcpd.core.journal.Exclusion;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.path.LinkDirectory;
import io.athena.dhcpd.dhcp.path.Seat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes questions and wishes about conflicts to the lanes that own the addresses. A cursor is the link's place in the
 * upper half, the address to go on from in the lower.
 */
final class LaneConflictDesk implements ConflictDesk {

    /** Rows of each kind that a lane is asked for at a time. */
    private static final int ROWS = 256;

    private static final long ADDRESS = 0xffffffffL;

    /** What is wanted of a link's addresses. */
    private interface Wish {
        void of(Interventions people, Consumer<Outcome> done);
    }

    private final Supplier<LinkDirectory> directory;
    private final TimeSource time;

    LaneConflictDesk(Supplier<LinkDirectory> directory, TimeSource time) {
        this.directory = directory;
        this.time = time;
    }

    @Override
    public CompletableFuture<Page> page(long cursor) {
        List<Seat> seats = directory.get().seats();
        int at = (int) (cursor >>> 32);
        if (cursor < 0 || at >= seats.size()) {
            return CompletableFuture.completedFuture(new Page(List.of(), List.of(), END));
        }
        Seat seat = seats.get(at);
        long following = at + 1 < seats.size() ? (at + 1L) << 32 : END;
        return CompletableFuture.supplyAsync(
                () -> {
                    Page page = seat.engine().records().view().conflicts(new Ipv4((int) (cursor & ADDRESS)), ROWS);
                    long next = page.next() == END ? following : (long) at << 32 | page.next();
                    return new Page(page.conflicts(), page.exclusions(), next);
                },
                seat.lane());
    }

    @Override
    public CompletableFuture<Outcome> clear(Ipv4 address) {
        return ask(address, (people, done) -> people.clear(address, time.epochSeconds(), done));
    }

    @Override
    public CompletableFuture<Outcome> exclude(Exclusion exclusion) {
        String objection = Exclusion.objectionTo(exclusion.reason());
        return objection.isEmpty()
                ? ask(exclusion.ip(), (people, done) -> people.exclude(exclusion.at(time.epochSeconds()), done))
                : refused(objection);
    }

    @Override
    public CompletableFuture<Outcome> include(Ipv4 address) {
        return ask(address, (people, done) -> people.include(address, done));
    }

    private CompletableFuture<Outcome> ask(Ipv4 address, Wish wish) {
        Seat seat = directory.get().seatOf(address);
        if (seat == null) {
            return refused(address + " lies in no configured subnet");
        }
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        seat.lane().execute(() -> {
            if (seat.engine().isRetired()) {
                // The address has another engine by now.
                ask(address, wish).whenComplete((done, failure) -> hand(outcome, done, failure));
                return;
            }
            try {
                wish.of(seat.engine().records().interventions(), outcome::complete);
            } catch (RuntimeException e) {
                outcome.completeExceptionally(e);
            }
        });
        return outcome;
    }

    private static void hand(CompletableFuture<Outcome> to, @Nullable Outcome done, @Nullable Throwable failure) {
        if (failure == null) {
            to.complete(done);
        } else {
            to.completeExceptionally(failure);
        }
    }

    private static CompletableFuture<Outcome> refused(String why) {
        return CompletableFuture.completedFuture(new Outcome(false, why));
    }
}
