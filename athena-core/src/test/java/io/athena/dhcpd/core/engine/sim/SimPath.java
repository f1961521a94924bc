package io.athena.dhcpd.core.engine.sim;

import io.athena.dhcpd.core.engine.Answer;
import io.athena.dhcpd.core.engine.Assignment;
import io.athena.dhcpd.core.engine.LeaseEngine;
import io.athena.dhcpd.core.engine.Offer;
import io.athena.dhcpd.core.engine.Search;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.LeaseTimes;
import org.jspecify.annotations.Nullable;

/** What a server does with a message: exchanges wait as they do in its request path, and every answer is judged. */
final class SimPath {

    private final SimServer server;
    private final Outlet outlet;
    private final Demands demands;

    SimPath(SimServer server, Outlet outlet) {
        this.server = server;
        this.outlet = outlet;
        this.demands = new Demands(server);
    }

    void receive(SimClient from, ClientRequest request) {
        begin(server.engine(), from, request);
    }

    private void begin(LeaseEngine at, SimClient from, ClientRequest request) {
        judge(at, from, request, Search.NEW);
    }

    private void judge(LeaseEngine at, SimClient from, ClientRequest request, Search search) {
        if (at.isRetired() || at != server.engine()) {
            return;
        }
        long now = server.now();
        switch (request.type()) {
            case DISCOVER -> discover(at, from, request, search, now);
            case REQUEST -> request(at, from, request, now);
            case BOOTP -> {
                Offer offer = at.records().view().offerTo(request.key());
                Answer answer = at.bootp(request, search, now);
                demands.reuse(from, request, answer, offer);
                demands.served(request, answer);
                conclude(at, from, request, answer);
            }
            case RELEASE -> conclude(at, from, request, at.release(request, now));
            case DECLINE -> decline(at, from, request, now);
            default -> at.inform(request, now);
        }
    }

    private void discover(LeaseEngine at, SimClient from, ClientRequest request, Search search, long now) {
        Offer before = at.records().view().offerTo(request.key());
        Answer answer = at.offer(request, search, now);
        demands.served(request, answer);
        if (before == null) {
            demands.sameAgain(request, answer);
        }
        demands.reuse(from, request, answer, before);
        conclude(at, from, request, answer);
    }

    private void request(LeaseEngine at, SimClient from, ClientRequest request, long now) {
        Offer offer = at.records().view().offerTo(request.key());
        Answer answer = at.confirm(request, now);
        demands.reuse(from, request, answer, offer);
        if (answer instanceof Answer.Committing committing) {
            Ipv4 address = committing.assignment().address();
            boolean told = offer != null && offer.address().equals(address) && offer.vendorClass() != null;
            byte[] kind = told && request.serverIdIsOurs() ? from.kindSaidOnce() : null;
            demands.right(from, request, address);
            committing.change().ownedBy(durable -> {
                if (durable && kind != null) {
                    demands.remembered(from, kind, address);
                }
                committed(at, from, request, committing.assignment(), now, durable);
            });
        } else {
            if (answer instanceof Answer.Granted granted) {
                demands.right(from, request, granted.assignment().address());
            }
            conclude(at, from, request, answer);
        }
    }

    private void decline(LeaseEngine at, SimClient from, ClientRequest request, long now) {
        Ipv4 address = asked(request);
        boolean held = at.records().view().at(address).conflict() != null;
        Answer answer = at.decline(request, now);
        if (answer instanceof Answer.Noted && !held) {
            server.audit().checkBudgetOf(address);
        }
        conclude(at, from, request, answer);
    }

    private void conclude(LeaseEngine at, SimClient from, ClientRequest request, Answer answer) {
        if (answer instanceof Answer.Offered offered) {
            demands.unused(request, offered.assignment().address());
            demands.right(from, request, offered.assignment().address());
            outlet.offered(from, offered.assignment(), request.xid());
        } else if (answer instanceof Answer.Granted granted) {
            acknowledge(from, request, granted.assignment(), server.now());
        } else if (answer instanceof Answer.Committing committing) {
            Assignment assignment = committing.assignment();
            demands.right(from, request, assignment.address());
            long judgedAt = server.now();
            committing.change().ownedBy(durable -> committed(at, from, request, assignment, judgedAt, durable));
        } else if (answer instanceof Answer.Unproven unproven) {
            unproven.probe().await(unproven.search(), next -> judge(at, from, request, next));
        } else if (answer instanceof Answer.Behind behind) {
            server.commits().parkBehind(behind.change(), () -> begin(at, from, request));
        } else if (answer instanceof Answer.Refused refused) {
            demands.cause(request, refused);
            outlet.refused(from, request.xid());
        } else if (answer instanceof Answer.Silent silent && silent.reason() == DropReason.NO_RECORD) {
            demands.belief(request, silent.reason());
        } else if (answer instanceof Answer.Noted || isUnheldDecline(answer)) {
            outlet.gaveBack(from, request.type() == MessageType.RELEASE ? request.ciaddr() : asked(request));
        }
    }

    private void committed(
            LeaseEngine at,
            SimClient from,
            ClientRequest request,
            Assignment assignment,
            long judgedAt,
            boolean durable) {
        if (durable) {
            acknowledge(from, request, assignment, judgedAt);
        } else {
            conclude(at, from, request, at.afterFailure(request, assignment, server.now()));
        }
    }

    /** Past the budget of DECLINEs the lease ends all the same; only its address is not withheld. */
    private static boolean isUnheldDecline(Answer answer) {
        return answer instanceof Answer.Silent silent && silent.reason() == DropReason.TOO_MANY_DECLINES;
    }

    private static Ipv4 asked(ClientRequest request) {
        Ipv4 asked = request.requestedIp();
        return asked == null ? Ipv4.ANY : asked;
    }

    private void acknowledge(SimClient to, ClientRequest request, Assignment assignment, long judgedAt) {
        Lease durable = server.durable(assignment.address());
        long promised = Promises.end(judgedAt, assignment.leaseSeconds());
        if (!isKept(durable, request, promised) || !durable.isActive(judgedAt)) {
            throw new AssertionError("an ACK of " + assignment.address() + " until " + promised + " to " + to
                    + " while the disk says " + durable);
        }
        SimNames.demandStored(assignment.name(), durable);
        outlet.granted(to, assignment.address(), durable.expiry());
        outlet.acknowledged(to, assignment, request.xid(), request.type());
    }

    private static boolean isKept(@Nullable Lease durable, ClientRequest request, long promised) {
        boolean bootp = request.type() == MessageType.BOOTP;
        return durable != null
                && durable.key().equals(request.key())
                && (durable.expiry() == LeaseTimes.FOREVER || (!bootp && durable.expiry() >= promised));
    }
}
