package io.athena.dhcpd.dhcp.path;

import io.athena.dhcpd.core.engine.Answer;
import io.athena.dhcpd.core.engine.Assignment;
import io.athena.dhcpd.core.engine.LeaseEngine;
import io.athena.dhcpd.core.engine.LinkRecords;
import io.athena.dhcpd.core.engine.PendingChange;
import io.athena.dhcpd.core.engine.Search;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.auth.Admission;
import io.athena.dhcpd.dhcp.auth.Authenticator;
import io.athena.dhcpd.dhcp.limit.RateLimiter.Verdict;
import io.athena.dhcpd.dhcp.listen.PacketHandler;
import io.athena.dhcpd.dhcp.listen.ServedInterface;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.RelayAgentInfo;
import java.util.concurrent.TimeUnit;

/**
 * The way of a packet, from top to bottom: gate, link, limits, one switch by message type, options, route. The first
 * half runs on the event loop and ends where the packet is handed to its link's lane; the second half runs on that
 * lane. There are three places where an exchange may wait, {@link #awaitProbe}, {@link #awaitJournal} and {@link
 * #awaitChange}, and no others.
 */
public final class RequestPath implements PacketHandler {

    private static final long STALE = TimeUnit.SECONDS.toNanos(3);
    private static final int MOST_WAITING = 4096;

    private final TimeSource time;
    private final Responder responder;
    private final PathListener log;
    private final LeaseQueries queries;
    private final LeaseEvents events;
    private volatile Serving serving;

    public RequestPath(
            TimeSource time,
            Responder responder,
            PathListener log,
            LeaseQueries queries,
            LeaseEvents events,
            Serving serving) {
        this.time = time;
        this.responder = responder;
        this.log = log;
        this.queries = queries;
        this.events = events;
        this.serving = serving;
    }

    /** Swaps directory and gate; packets that are under way go on with what they have. */
    public void serve(Serving next) {
        this.serving = next;
    }

    // 1. Event loop: gate, link, limits, hand over ------------------------------------------------------------------

    @Override
    public void received(DhcpPacket packet, Ipv4 source, int sourcePort, ServedInterface on) {
        Serving now = serving;
        DropReason refusal = now.gate(packet, on);
        if (refusal != null) {
            log.dropped(packet, on, refusal);
            return;
        }
        RelayInfo relay = RelayAgentInfo.parse(packet.options().get(82), packet.giaddr(), sourcePort);
        if (packet.type() == MessageType.LEASEQUERY) {
            queries.received(packet, relay, source, on, now);
            return;
        }
        Seat seat = now.directory().seatFor(packet, relay, on.state().addresses());
        if (seat == null) {
            log.dropped(packet, on, DropReason.NO_SUBNET);
            return;
        }
        long at = time.nanoTime();
        Verdict verdict = now.limiter().judge(packet, relay, on.name(), seat.link(), at);
        if (verdict == Verdict.REFUSED) {
            log.dropped(packet, on, DropReason.RATE_LIMITED);
            return;
        }
        ServerIdentity identity = now.identity();
        Ipv4 serverId = identity.serverIdFor(seat.link(), relay, on);
        ClientRequest request = Requests.of(packet, relay, seat.link(), identity.isOurs(packet.serverId(), relay, on));
        if (request == null) {
            log.dropped(packet, on, DropReason.NO_IDENTITY);
            return;
        }
        boolean returningOnly = verdict == Verdict.RETURNING_ONLY;
        handOver(new Exchange(packet, request, source, on, serverId, seat, returningOnly, at, null, Search.NEW));
    }

    private void handOver(Exchange exchange) {
        boolean discover = exchange.packet().type() == MessageType.DISCOVER;
        if (discover) {
            // Before the lane has it, or its OFFER would be told first.
            events.discovered(exchange);
        }
        boolean accepted = discover
                ? exchange.seat().lane().offerDiscover(() -> begin(exchange))
                : exchange.seat().lane().offerRequest(() -> begin(exchange));
        if (!accepted) {
            log.dropped(exchange.packet(), exchange.on(), DropReason.QUEUE_FULL);
        }
    }

    // 2. Lane: one switch by message type ---------------------------------------------------------------------------

    private void begin(Exchange exchange) {
        boolean discover = exchange.packet().type() == MessageType.DISCOVER;
        if (discover && time.nanoTime() - exchange.receivedNanos() > STALE) {
            log.dropped(exchange.packet(), exchange.on(), DropReason.STALE);
            return;
        }
        if (exchange.seat().engine().isRetired()) {
            // A reload moved the link while the packet was on its way here; the client will ask again.
            log.dropped(exchange.packet(), exchange.on(), DropReason.NOT_SERVING);
            return;
        }
        try {
            admit(exchange);
        } catch (RuntimeException e) {
            log.failed(exchange, e);
        }
    }

    /** RFC 3118: who does not prove what it has to is not heard. A proof counts once, however often it has to wait. */
    private void admit(Exchange exchange) {
        Authenticator authenticator = exchange.seat().authenticator();
        if (authenticator == null || exchange.request().proof() != null) {
            judge(exchange);
            return;
        }
        LinkRecords records = exchange.seat().engine().records();
        Admission admission = authenticator.admit(exchange.packet(), exchange.request(), records, time.epochSeconds());
        log.admitted(exchange, admission);
        if (admission instanceof Admission.Refused refused) {
            log.dropped(exchange.packet(), exchange.on(), refused.reason());
        } else if (admission instanceof Admission.Authenticated authenticated) {
            judge(exchange.authenticated(authenticated.proof(), authenticated.signer()));
        } else {
            judge(exchange);
        }
    }

    private void judge(Exchange exchange) {
        LeaseEngine engine = exchange.seat().engine();
        ClientRequest request = exchange.request();
        long now = time.epochSeconds();
        log.judging(exchange);
        if (exchange.returningOnly() && !engine.knows(request, now)) {
            log.dropped(exchange.packet(), exchange.on(), DropReason.TOO_MANY_NEWCOMERS);
            return;
        }
        switch (request.type()) {
            case DISCOVER -> conclude(exchange, engine.offer(request, exchange.search(), now));
            case REQUEST -> conclude(exchange, engine.confirm(request, now));
            case BOOTP -> conclude(exchange, engine.bootp(request, exchange.search(), now));
            case RELEASE -> conclude(exchange, engine.release(request, now));
            case DECLINE -> {
                Answer answer = engine.decline(request, now);
                conclude(exchange, answer);
                events.declined(exchange, answer);
            }
            case INFORM -> responder.acknowledgeInform(exchange, engine.inform(request, now));
            default -> log.dropped(exchange.packet(), exchange.on(), DropReason.SERVER_MESSAGE);
        }
    }

    // 3. What the engine said: options, route, send -----------------------------------------------------------------

    private void conclude(Exchange exchange, Answer answer) {
        if (answer instanceof Answer.Offered offered) {
            responder.offer(exchange, offered.assignment());
            events.offered(exchange, offered.assignment());
        } else if (answer instanceof Answer.Unaddressed unaddressed) {
            responder.offerNothing(exchange, unaddressed.terms(), unaddressed.reason());
        } else if (answer instanceof Answer.Granted granted) {
            responder.acknowledge(exchange, granted.assignment());
        } else if (answer instanceof Answer.Committing committing) {
            awaitJournal(exchange, committing.assignment(), committing.change());
        } else if (answer instanceof Answer.Unproven unproven) {
            awaitProbe(exchange, unproven);
        } else if (answer instanceof Answer.Behind behind) {
            awaitChange(exchange, behind.change());
        } else if (answer instanceof Answer.Refused refused) {
            responder.refuse(exchange, refused.reason());
            events.refused(exchange, refused.reason());
        } else if (answer instanceof Answer.Silent silent) {
            log.dropped(exchange.packet(), exchange.on(), silent.reason());
        } else {
            log.noted(exchange);
        }
    }

    // 4. The three places to wait -----------------------------------------------------------------------------------

    /** RFC 2131 section 3.1 step 2: the address is probed before it is offered; judged anew when the probe has ended. */
    private void awaitProbe(Exchange exchange, Answer.Unproven unproven) {
        unproven.probe()
                .await(unproven.search(), search -> resume(exchange.searching(search.at(millisSince(exchange)))));
    }

    /** As {@link #begin}, but who has waited this long for us is not stale. */
    private void resume(Exchange exchange) {
        if (exchange.seat().engine().isRetired()) {
            log.dropped(exchange.packet(), exchange.on(), DropReason.NOT_SERVING);
            return;
        }
        try {
            judge(exchange);
        } catch (RuntimeException e) {
            log.failed(exchange, e);
        }
    }

    private long millisSince(Exchange exchange) {
        return TimeUnit.NANOSECONDS.toMillis(time.nanoTime() - exchange.receivedNanos());
    }

    /** RFC 2131 section 4.3.1: the binding is in stable storage before the ACK leaves. */
    private void awaitJournal(Exchange exchange, Assignment assignment, PendingChange change) {
        LeaseEvents.Before before = events.before(exchange, assignment);
        change.ownedBy(durable -> {
            if (durable) {
                responder.acknowledge(exchange, assignment);
                events.granted(exchange, assignment, change.lease(), before);
            } else {
                LeaseEngine engine = exchange.seat().engine();
                conclude(exchange, engine.afterFailure(exchange.request(), assignment, time.epochSeconds()));
            }
        });
    }

    /** Somebody else's change on the same address or client is on its way: judged anew when it has settled. */
    private void awaitChange(Exchange exchange, PendingChange change) {
        if (exchange.seat().lane().commits().parked() >= MOST_WAITING) {
            log.dropped(exchange.packet(), exchange.on(), DropReason.TOO_MANY_WAITING);
            return;
        }
        exchange.seat().lane().commits().parkBehind(change, () -> begin(exchange));
    }
}
