package io.athena.dhcpd.conflict;

import io.athena.dhcpd.conflict.Probe.State;
import io.athena.dhcpd.core.engine.ProbeResult;
import io.athena.dhcpd.core.engine.ProbeResult.Outcome;
import io.athena.dhcpd.core.link.ArpFrames;
import io.athena.dhcpd.core.link.FrameSocketException;
import io.athena.dhcpd.core.link.ProbeSockets;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.time.TimeSource;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends probes and finds out how they end. One thread at a time takes turns here and owns sockets, probes and deadlines;
 * others reach it through its {@link OrderQueue}.
 */
final class ProbeLoop implements Answers {

    private static final Logger LOG = LoggerFactory.getLogger(ProbeLoop.class);

    /** So many are sent before answers are looked at again. */
    private static final int ORDERS_A_TURN = 512;

    private static final long CHORE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final OrderQueue orders;
    private final ProbeSockets sockets;
    private final Ports ports;
    private final AttachmentView attachments;
    private final Supplier<ProbeRules> rules;
    private final ProbeReports reports;
    private final TimeSource time;
    private final ProbeTable table = new ProbeTable();
    private final LateMemory memory = new LateMemory(table);
    private final PriorityQueue<Probe> deadlines =
            new PriorityQueue<>((a, b) -> Long.signum(a.deadline() - b.deadline()));
    private volatile Consumer<ProbeResult> lateListener = late -> {};
    private long nextChore;

    ProbeLoop(
            OrderQueue orders,
            ProbeSockets sockets,
            AttachmentView attachments,
            Supplier<ProbeRules> rules,
            ProbeReports reports,
            int echoId,
            TimeSource time) {
        this.orders = orders;
        this.sockets = sockets;
        this.ports = new Ports(sockets, this, echoId);
        this.attachments = attachments;
        this.rules = rules;
        this.reports = reports;
        this.time = time;
        this.nextChore = time.nanoTime();
    }

    void onLateAnswer(Consumer<ProbeResult> listener) {
        lateListener = listener;
    }

    /** Sleeps until there is something to do and does it. */
    void turn() {
        orders.sleep(this::sleepNanos);
        ports.drainReadable();
        Order order;
        for (int i = 0; i < ORDERS_A_TURN && (order = orders.poll()) != null; i++) {
            carryOut(order);
        }
        expire();
        if (time.nanoTime() - nextChore >= 0) {
            chore();
        }
    }

    private long sleepNanos() {
        long now = time.nanoTime();
        Probe first = deadlines.peek();
        long untilChore = nextChore - now;
        return Math.max(0, first == null ? untilChore : Math.min(untilChore, first.deadline() - now));
    }

    private void carryOut(Order order) {
        if (order instanceof Probe probe) {
            launch(probe);
        } else if (order instanceof Order.Announcement announcement) {
            announce(announcement);
        }
    }

    private void launch(Probe probe) {
        Port port = null;
        try {
            port = ports.of(probe);
            if (port.isIdle()) {
                // What was lost while nobody waited for it is no loss.
                port.settle(time.nanoTime());
            }
            port.send(probe);
        } catch (FrameSocketException e) {
            refused(port, e);
            ProbeResult result = new ProbeResult(probe.address(), probe.method(), Outcome.ERROR, null, 0);
            reports.notSent(result, String.valueOf(e.getMessage()));
            tell(probe, result);
            return;
        }
        memory.forget(probe.key());
        // After the sending: a pause before it must not shorten the wait for the answer.
        probe.sent(port, time.nanoTime());
        port.sent();
        table.add(probe);
        deadlines.add(probe);
    }

    /**
     * A full queue passes, and an address without a route says nothing of others. What else keeps a frame from its
     * interface may be the end of the socket, and the next probe opens another.
     */
    private void refused(@Nullable Port port, FrameSocketException refusal) {
        if (port instanceof ArpPort && !refusal.isQueueFull()) {
            ports.close(port);
        }
    }

    private void announce(Order.Announcement announcement) {
        ArpPort port = null;
        try {
            port = ports.arp(announcement.on());
            port.announce(announcement);
        } catch (FrameSocketException e) {
            refused(port, e);
            reports.trouble("announcement", announcement.address() + " could not be announced: " + e.getMessage());
        }
    }

    /** Answers that came in before {@code now} count although a deadline has passed: this thread may have been paused. */
    private void expire() {
        long now = time.nanoTime();
        Probe due = deadlines.peek();
        while (due != null && (due.state() != State.IN_FLIGHT || due.deadline() - now <= 0)) {
            deadlines.poll();
            Port port = due.port();
            if (due.state() == State.IN_FLIGHT && port != null) {
                port.settle(now);
                if (due.state() == State.IN_FLIGHT) {
                    boolean doubtful = port.inlet().gaps() != due.gapsBefore();
                    end(due, doubtful ? Outcome.TIMEOUT : Outcome.CLEAR, null);
                    memory.add(due);
                }
            }
            due = deadlines.peek();
        }
    }

    private void end(Probe probe, Outcome outcome, @Nullable MacAddress responder) {
        probe.become(State.GONE);
        Port port = probe.port();
        if (port != null) {
            port.ended();
        }
        ProbeResult result = result(probe, outcome, responder);
        reports.ended(result);
        tell(probe, result);
    }

    private ProbeResult result(Probe probe, Outcome outcome, @Nullable MacAddress responder) {
        return new ProbeResult(probe.address(), probe.method(), outcome, responder, time.nanoTime() - probe.sentAt());
    }

    private void tell(Probe probe, ProbeResult result) {
        orders.finished();
        Consumer<ProbeResult> listener = probe.takeListener();
        if (listener != null) {
            tell(listener, result);
        }
    }

    private static void tell(Consumer<ProbeResult> listener, ProbeResult result) {
        try {
            listener.accept(result);
        } catch (RuntimeException e) {
            LOG.error("The result {} was lost on whom it was meant for", result, e);
        }
    }

    @Override
    public void arp(long key, byte[] frame) {
        if (!ArpFrames.isReply(frame) && table.find(key, State.IN_FLIGHT) == null) {
            // A client may announce by now what it was given, through a bridge that puts its own MAC address there.
            return;
        }
        Probe found = table.takeAll(key, 0);
        if (found != null) {
            answered(found, ArpFrames.senderMac(frame));
        }
    }

    @Override
    public void echo(long key, long token) {
        Probe found = table.takeAll(key, token);
        if (found != null) {
            answered(found, null);
        }
    }

    /** Who waits for the answer gets it; only when nobody does it is late. */
    private void answered(Probe chain, @Nullable MacAddress responder) {
        Probe late = null;
        boolean awaited = false;
        Probe each = chain;
        while (each != null) {
            Probe following = each.next;
            each.next = null;
            if (each.state() == State.IN_FLIGHT) {
                awaited = true;
                end(each, Outcome.CONFLICT, responder);
            } else {
                each.become(State.GONE);
                late = each;
            }
            each = following;
        }
        if (!awaited && late != null) {
            ProbeResult result = result(late, Outcome.CONFLICT, responder);
            reports.late(result);
            tell(lateListener, result);
        }
    }

    private void chore() {
        long now = time.nanoTime();
        nextChore = now + CHORE_NANOS;
        memory.age(now);
        if (rules.get().probing()) {
            ports.keepOnly(attachments.fresh());
        } else {
            ports.closeAll();
        }
    }

    /** Ends everything: whoever still waits is told that nothing is known. */
    void close() {
        abandonOrders();
        deadlines.stream().filter(probe -> probe.state() == State.IN_FLIGHT).forEach(this::abandon);
        deadlines.clear();
        ports.closeAll();
        sockets.close();
    }

    /** For the owner when all ends, and for whoever handed an order over too late. */
    void abandonOrders() {
        for (Order order = orders.poll(); order != null; order = orders.poll()) {
            if (order instanceof Probe probe) {
                abandon(probe);
            }
        }
    }

    private void abandon(Probe probe) {
        probe.become(State.GONE);
        tell(probe, new ProbeResult(probe.address(), probe.method(), Outcome.TIMEOUT, null, 0));
    }
}
