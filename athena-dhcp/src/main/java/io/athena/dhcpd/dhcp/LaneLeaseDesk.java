package io.athena.dhcpd.dhcp;

import io.athena.dhcpd.core.engine.Answer;
import io.athena.dhcpd.core.engine.LeaseDesk;
import io.athena.dhcpd.core.engine.LeaseEngine;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.path.LinkDirectory;
import io.athena.dhcpd.dhcp.path.Seat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** Takes questions about leases to the lanes that own them. A cursor is the link's place in the upper half, the slot in the lower. */
final class LaneLeaseDesk implements LeaseDesk {

    private final Supplier<LinkDirectory> directory;
    private final TimeSource time;

    LaneLeaseDesk(Supplier<LinkDirectory> directory, TimeSource time) {
        this.directory = directory;
        this.time = time;
    }

    @Override
    public CompletableFuture<Page> page(long cursor, int limit) {
        List<Seat> seats = directory.get().seats();
        int at = (int) (cursor >>> 32);
        if (cursor < 0 || at >= seats.size()) {
            return CompletableFuture.completedFuture(new Page(List.of(), END));
        }
        int most = Math.max(1, Math.min(limit, MAX_PAGE));
        return ask(seats.get(at), engine -> {
            List<Lease> leases = new ArrayList<>();
            int next = engine.records().page((int) cursor, most, leases);
            long following = next >= 0 ? (long) at << 32 | next : (long) (at + 1) << 32;
            return new Page(leases, next < 0 && at + 1 >= seats.size() ? END : following);
        });
    }

    @Override
    public CompletableFuture<Standing> standing(long cursor) {
        List<Seat> seats = directory.get().seats();
        if (cursor < 0 || cursor >= seats.size()) {
            return CompletableFuture.completedFuture(
                    new Standing(List.of(), List.of(), List.of(), 0, false, false, END));
        }
        long next = cursor + 1 < seats.size() ? cursor + 1 : END;
        return ask(seats.get((int) cursor), engine -> engine.records().standing(time.epochSeconds(), next));
    }

    @Override
    public CompletableFuture<Optional<Lease>> find(Ipv4 address) {
        Seat seat = directory.get().seatOf(address);
        return seat == null
                ? CompletableFuture.completedFuture(Optional.empty())
                : ask(seat, engine -> Optional.ofNullable(engine.records().find(address)));
    }

    @Override
    public CompletableFuture<ImportOutcome> importLease(Lease lease) {
        Seat seat = directory.get().seatOf(lease.ip());
        if (seat == null) {
            return CompletableFuture.completedFuture(refused(lease.ip() + " lies in no configured subnet"));
        }
        if (lease.state() != LeaseState.ACTIVE) {
            return CompletableFuture.completedFuture(refused("only active leases can be imported"));
        }
        CompletableFuture<ImportOutcome> outcome = new CompletableFuture<>();
        seat.lane().execute(() -> takeOver(seat, lease, outcome));
        return outcome;
    }

    private void takeOver(Seat seat, Lease lease, CompletableFuture<ImportOutcome> outcome) {
        if (seat.engine().isRetired()) {
            importLease(lease).thenAccept(outcome::complete);
            return;
        }
        Answer answer = seat.engine().records().takeOver(lease, time.epochSeconds());
        if (answer instanceof Answer.Committing committing) {
            committing
                    .change()
                    .ownedBy(durable -> outcome.complete(
                            durable ? new ImportOutcome(true, "") : refused("the lease store could not be written")));
        } else if (answer instanceof Answer.Behind behind) {
            seat.lane().commits().parkBehind(behind.change(), () -> takeOver(seat, lease, outcome));
        } else if (answer instanceof Answer.Refused refused) {
            outcome.complete(refused(
                    switch (refused.reason()) {
                        case NOT_YOUR_ADDRESS -> "another client holds " + lease.ip();
                        case ADDRESS_UNUSABLE ->
                            lease.ip() + " is a router's, the server's, network or broadcast address";
                        default -> refused.reason().tag();
                    }));
        } else {
            outcome.complete(refused("the lease store accepts no changes now"));
        }
    }

    private static ImportOutcome refused(String why) {
        return new ImportOutcome(false, why);
    }

    private static <T> CompletableFuture<T> ask(Seat seat, Function<LeaseEngine, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        seat.lane().execute(() -> {
            try {
                answer.complete(question.apply(seat.engine()));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }
}
