package io.athena.dhcpd.app.control;

import io.athena.dhcpd.core.engine.LeaseDesk;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.HexText;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.events.history.HistoryAnswer;
import io.athena.dhcpd.events.history.HistoryBook;
import io.athena.dhcpd.events.history.HistoryDesk;
import io.athena.dhcpd.events.history.HistoryPage;
import io.athena.dhcpd.events.history.HistoryQuery;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What may be asked about the history over the control socket. */
final class HistoryVerbs {

    /** As many as surely fit into a frame. */
    static final int MOST_ENTRIES = 256;

    private static final long PATIENCE_SECONDS = 20;

    private final HistoryDesk desk;
    private final LeaseDesk leases;
    private final TimeSource time;

    HistoryVerbs(HistoryDesk desk, LeaseDesk leases, TimeSource time) {
        this.desk = desk;
        this.leases = leases;
        this.time = time;
    }

    /** Carries out a request. @throws IllegalArgumentException when a value in it is none */
    ControlReply answer(ControlRequest.AboutHistory request)
            throws InterruptedException, ExecutionException, TimeoutException {
        HistoryBook book = desk.history().orElse(null);
        if (book == null) {
            return new ControlReply.Refused("the history is off; see history.enabled");
        }
        try {
            return request instanceof ControlRequest.HistoryAt at
                    ? at(book, at)
                    : page(book, (ControlRequest.PageHistory) request);
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            return new ControlReply.Refused("the history cannot be read: " + e.getMessage());
        }
    }

    private ControlReply at(HistoryBook book, ControlRequest.HistoryAt request)
            throws InterruptedException, ExecutionException, TimeoutException {
        Ipv4 ip = Ipv4.parse(request.ip());
        Optional<Lease> current = leases.find(ip).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        HistoryAnswer answer = book.answer(ip, request.at(), time.epochSeconds(), current);
        return new ControlReply.HistoryAnswer(
                answer.verdict().name().toLowerCase(Locale.ROOT), HistoryRow.of(answer), answer.since());
    }

    private static ControlReply page(HistoryBook book, ControlRequest.PageHistory request) {
        HistoryQuery query = new HistoryQuery(
                request.ip() == null ? null : Ipv4.parse(request.ip()),
                request.mac() == null ? null : MacAddress.parse(request.mac()),
                bytes(request.clientId()),
                request.since(),
                request.until());
        int limit = Math.max(1, Math.min(request.limit(), MOST_ENTRIES));
        HistoryPage page = book.page(query, HexFormat.of().parseHex(request.cursor()), limit);
        return new ControlReply.HistoryPage(
                page.entries().stream().map(HistoryRow::of).toList(),
                HexFormat.of().formatHex(page.next()),
                book.reach());
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : HexText.parse(text);
    }
}
