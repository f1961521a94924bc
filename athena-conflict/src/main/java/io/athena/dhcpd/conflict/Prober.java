package io.athena.dhcpd.conflict;

import io.athena.dhcpd.core.config.SubnetConfig;
import io.athena.dhcpd.core.engine.ConflictProbe;
import io.athena.dhcpd.core.engine.ProbeResult;
import io.athena.dhcpd.core.engine.ProbeResult.Outcome;
import io.athena.dhcpd.core.link.FrameSocketException;
import io.athena.dhcpd.core.link.NamedInterface;
import io.athena.dhcpd.core.link.ProbeSockets;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.time.TimeSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes addresses by ARP where this server is attached to their network, else by ICMP echo. Probes are handed to one
 * thread that owns all sockets, so starting one costs its caller an addition to a queue.
 */
public final class Prober implements ConflictProbe, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Prober.class);

    private static final long AFTER_FAILURE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long CLOSE_MILLIS = 2_000;

    private final ProbeSockets sockets;
    private final AttachmentView attachments;
    private final ProbeReports reports;
    private final SubnetNotes notes = new SubnetNotes();
    private final OrderQueue orders;
    private final ProbeLoop loop;
    private final Thread thread = new Thread(this::run, "athena-probe");
    private volatile ProbeRules rules;
    private volatile String problem = "";

    /** A prober without a thread: nothing happens but by {@link #turn}. */
    Prober(
            ConflictConfig config,
            Supplier<List<NamedInterface>> interfaces,
            ProbeSockets sockets,
            int echoId,
            Meters meters,
            TimeSource time) {
        this.sockets = sockets;
        this.attachments = new AttachmentView(interfaces, time);
        this.rules = permitted(config);
        this.reports = new ProbeReports(() -> rules, meters, time);
        this.orders = new OrderQueue(sockets);
        this.loop = new ProbeLoop(orders, sockets, attachments, () -> rules, reports, echoId, time);
    }

    /**
     * A prober at work.
     *
     * @param interfaces those that are served, as they are now; asked some times a second, from any thread
     * @param sockets its own from now on
     */
    public static Prober open(
            ConflictConfig config,
            Supplier<List<NamedInterface>> interfaces,
            ProbeSockets sockets,
            Meters meters,
            TimeSource time) {
        int pid = (int) ProcessHandle.current().pid();
        Prober prober = new Prober(config, interfaces, sockets, pid & 0xffff, meters, time);
        prober.thread.setDaemon(true);
        prober.thread.start();
        return prober;
    }

    /** Follows a changed configuration; probes that are under way end by the one before it. */
    public synchronized void reconfigure(ConflictConfig config) {
        if (!orders.isClosed()) {
            rules = permitted(config);
        }
    }

    /** Why nothing can be probed although it should be, for people; empty when all is well. */
    public String problem() {
        return problem;
    }

    /** Tells the operator which of these subnets ARP does not reach; each only when that is news. */
    public void explain(List<SubnetConfig> subnets) {
        ProbeRules now = rules;
        if (now.probing()) {
            notes.say(subnets, attachments.fresh(), now.icmp());
        }
    }

    private ProbeRules permitted(ConflictConfig config) {
        String found = config.enabled() ? obstacle() : "";
        if (!found.isEmpty() && !found.equals(problem)) {
            LOG.error(
                    "No address is probed before it is offered: {}. Addresses that somebody uses without a lease are"
                            + " given out like any other; restart once this is mended, or set"
                            + " conflict_detection.enabled = false",
                    found);
        }
        problem = found;
        return ProbeRules.of(config, found.isEmpty());
    }

    private String obstacle() {
        try {
            sockets.verify();
            return "";
        } catch (FrameSocketException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Override
    public boolean start(Ipv4 address, Consumer<ProbeResult> done) {
        ProbeRules now = rules;
        if (!now.probing()) {
            return false;
        }
        Attachment on = attachments.current().of(address);
        if (on == null && !now.icmp()) {
            return false;
        }
        Probe probe = new Probe(address, on, now.timeoutNanos(), done);
        if (!orders.offer(probe)) {
            ProbeResult result = new ProbeResult(address, probe.method(), Outcome.TIMEOUT, null, 0);
            reports.notSent(result, OrderQueue.LIMIT + " probes are under way, and no more are taken");
            done.accept(result);
        } else if (orders.isClosed()) {
            loop.abandonOrders();
        }
        return true;
    }

    @Override
    public void announce(Ipv4 address, MacAddress holder) {
        ProbeRules now = rules;
        if (!now.probing() || !now.announcing() || !holder.isEthernetUnicast()) {
            return;
        }
        Attachment on = attachments.current().of(address);
        if (on != null && !orders.offer(new Order.Announcement(on, address, holder))) {
            reports.trouble("announcement", OrderQueue.LIMIT + " announcements wait, and no more are taken");
        }
    }

    @Override
    public void onLateAnswer(Consumer<ProbeResult> listener) {
        loop.onLateAnswer(listener);
    }

    private void run() {
        try {
            while (!orders.isClosed()) {
                turnSafely();
            }
        } finally {
            // Whatever ends the thread: nobody must wait for it any more.
            stop("the thread of the probes has ended, and the log says why; restart");
            loop.close();
        }
    }

    private void turnSafely() {
        try {
            turn();
        } catch (RuntimeException e) {
            LOG.error("Probes go on after a failure that nobody expected", e);
            LockSupport.parkNanos(AFTER_FAILURE_NANOS);
        }
    }

    /** Takes no more probes. */
    private synchronized void stop(String why) {
        if (!orders.isClosed()) {
            problem = why;
        }
        rules = new ProbeRules(false, false, false, 0, rules.level());
        orders.close();
    }

    /** One round of the thread's work. */
    void turn() {
        loop.turn();
    }

    /** Ends every probe that is under way without a finding and gives the sockets back. */
    @Override
    public void close() {
        stop("");
        if (!thread.isAlive()) {
            loop.close();
            return;
        }
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
