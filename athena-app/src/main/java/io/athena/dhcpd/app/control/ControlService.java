package io.athena.dhcpd.app.control;

import io.athena.dhcpd.core.engine.ConflictDesk;
import io.athena.dhcpd.core.engine.LeaseDesk;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.service.NamesDesk;
import io.athena.dhcpd.events.history.HistoryDesk;
import io.athena.dhcpd.events.service.EventDesk;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Carries out what is asked over the control socket, on the thread of the connection. */
public final class ControlService {

    private static final long PATIENCE_SECONDS = 20;

    private final LeaseDesk desk;
    private final ConflictVerbs conflicts;
    private final EventVerbs events;
    private final HistoryVerbs history;
    private final NameVerbs names;
    private final Supplier<ControlReply.Status> status;

    /** @param status asked for each time; must not block */
    public ControlService(
            LeaseDesk desk,
            ConflictDesk conflicts,
            EventDesk events,
            NamesDesk names,
            HistoryDesk history,
            TimeSource time,
            Supplier<ControlReply.Status> status) {
        this.desk = desk;
        this.conflicts = new ConflictVerbs(conflicts);
        this.events = new EventVerbs(events);
        this.history = new HistoryVerbs(history, desk, time);
        this.names = new NameVerbs(names);
        this.status = status;
    }

    /** @param user who asks, as the kernel knows */
    ControlReply answer(ControlRequest request, String user) throws InterruptedException {
        try {
            if (request instanceof ControlRequest.PageLeases page) {
                return page(page);
            }
            if (request instanceof ControlRequest.FindLease find) {
                return new ControlReply.Leases(
                        await(desk.find(Ipv4.parse(find.ip()))).stream()
                                .map(LeaseRow::of)
                                .toList(),
                        LeaseDesk.END);
            }
            if (request instanceof ControlRequest.Standing standing) {
                return standing(await(desk.standing(standing.cursor())));
            }
            if (request instanceof ControlRequest.AboutConflicts about) {
                return await(conflicts.answer(about, user));
            }
            if (request instanceof ControlRequest.AboutEvents about) {
                return events.answer(about);
            }
            if (request instanceof ControlRequest.AboutHistory about) {
                return history.answer(about);
            }
            if (request instanceof ControlRequest.AboutNames about) {
                return await(names.answer(about));
            }
            return request instanceof ControlRequest.ImportLeases rows ? imported(rows) : status.get();
        } catch (IllegalArgumentException e) {
            return new ControlReply.Refused(String.valueOf(e.getMessage()));
        } catch (TimeoutException e) {
            return new ControlReply.Refused("the server did not answer within " + PATIENCE_SECONDS
                    + " s; it is overloaded or its disk does not take writes");
        } catch (ExecutionException e) {
            return new ControlReply.Refused("the server could not do it: " + e.getCause());
        }
    }

    private ControlReply page(ControlRequest.PageLeases request)
            throws InterruptedException, ExecutionException, TimeoutException {
        int limit = Math.max(1, Math.min(request.limit(), LeaseDesk.MAX_PAGE));
        LeaseDesk.Page page = await(desk.page(request.cursor(), limit));
        return new ControlReply.Leases(page.leases().stream().map(LeaseRow::of).toList(), page.next());
    }

    private static ControlReply standing(LeaseDesk.Standing standing) {
        return new ControlReply.Standing(
                standing.withheld().stream().map(StandingRow.Hold::of).toList(),
                standing.excluded().stream().map(StandingRow.Excluded::of).toList(),
                standing.offers().stream().map(StandingRow.Held::of).toList(),
                standing.leftOut(),
                standing.caution(),
                standing.clockDoubted(),
                standing.next());
    }

    private ControlReply imported(ControlRequest.ImportLeases request)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (request.leases().size() > LeaseDesk.MAX_PAGE) {
            throw new IllegalArgumentException("at most " + LeaseDesk.MAX_PAGE + " leases are taken at a time");
        }
        List<Lease> leases = request.leases().stream().map(LeaseRow::toLease).toList();
        List<CompletableFuture<LeaseDesk.ImportOutcome>> outcomes = new ArrayList<>();
        for (Lease lease : leases) {
            outcomes.add(desk.importLease(lease));
        }
        List<String> refusals = new ArrayList<>();
        for (CompletableFuture<LeaseDesk.ImportOutcome> outcome : outcomes) {
            LeaseDesk.ImportOutcome done = await(outcome);
            refusals.add(done.imported() ? "" : done.refusal());
        }
        return new ControlReply.Imported(refusals);
    }

    private static <T> T await(CompletableFuture<T> future)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
