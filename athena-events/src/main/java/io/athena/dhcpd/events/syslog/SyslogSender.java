package io.athena.dhcpd.events.syslog;

import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.events.SyslogTarget;
import io.athena.dhcpd.events.SyslogTarget.Transport;
import io.athena.dhcpd.events.history.HistoryEntry;
import io.athena.dhcpd.events.history.HistoryQueue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that tells a syslog server what stands in the queue, in order and at least once. It holds a batch in memory
 * and nothing more, however long the server is away; nobody waits for it.
 */
public final class SyslogSender {

    private static final Logger LOG = LoggerFactory.getLogger(SyslogSender.class);
    private static final int BATCH = 256;

    /** Datagrams come at once, and a receiver that has no room for them says nothing. */
    private static final int DATAGRAMS = 64;

    private static final long SEND_MILLIS = 500;
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long FIRST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LAST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final SyslogTarget target;
    private final HistoryQueue queue;
    private final SyslogFormat format;
    private final SyslogLines lines;
    private final Meters meters;
    private final TimeSource time;
    private final Thread thread = new Thread(this::run, "athena-syslog");

    private volatile boolean closing;
    private volatile boolean woken;
    private volatile @Nullable SyslogLine line;
    private volatile @Nullable String problem;
    private volatile long failingSince;

    /** @param nodeId the name of this server */
    public SyslogSender(SyslogTarget target, String nodeId, HistoryQueue queue, Meters meters, TimeSource time) {
        this.target = target;
        this.queue = queue;
        this.format = new SyslogFormat(target, nodeId, ProcessHandle.current().pid());
        this.lines = new SyslogLines(target);
        this.meters = meters;
        this.time = time;
        meters.gauge(
                DhcpMeter.HISTORY_SYSLOG_FAILING,
                () -> failingSince == 0 ? 0 : Math.max(1, time.epochSeconds() - failingSince));
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** There may be something new in the queue. */
    public void wake() {
        woken = true;
        LockSupport.unpark(thread);
    }

    /** What keeps the server from being told; empty when nothing does. */
    public String problem() {
        String own = problem;
        return own == null ? "" : own;
    }

    private void run() {
        long retry = FIRST_RETRY_NANOS;
        while (!closing) {
            woken = false;
            try {
                if (!sendSome()) {
                    sleep(LOOK_NANOS);
                }
                retry = FIRST_RETRY_NANOS;
            } catch (IOException e) {
                failed(e);
                pause(retry);
                retry = Math.min(2 * retry, LAST_RETRY_NANOS);
            } catch (RuntimeException e) {
                // The store closes, or its disk fails; what was not told stays in the queue.
                failed(new IOException("the queue cannot be read: " + e, e));
                pause(LAST_RETRY_NANOS);
            }
        }
        hangUp();
    }

    /** Sends the next batch. @return whether there was one */
    private boolean sendSome() throws IOException {
        List<HistoryQueue.Item> items = queue.next(target.transport() == Transport.UDP ? DATAGRAMS : BATCH);
        if (items.isEmpty()) {
            return false;
        }
        List<byte[]> messages = new ArrayList<>();
        for (HistoryQueue.Item item : items) {
            HistoryEntry entry = item.entry();
            if (entry != null) {
                messages.add(format.message(entry));
            }
        }
        line().send(messages);
        meters.counter(DhcpMeter.HISTORY_SYSLOG_MESSAGES, "sent").add(messages.size());
        meters.counter(DhcpMeter.HISTORY_SYSLOG_MESSAGES, "lost").add(items.size() - messages.size());
        if (problem != null) {
            LOG.info("The syslog server {} is told about the history again", target.server());
        }
        problem = null;
        failingSince = 0;
        queue.told(items);
        return true;
    }

    private SyslogLine line() throws IOException {
        SyslogLine open = line;
        if (open == null) {
            open = lines.open();
            line = open;
        }
        return open;
    }

    private void failed(IOException e) {
        hangUp();
        if (closing) {
            return;
        }
        meters.counter(DhcpMeter.HISTORY_SYSLOG_MESSAGES, "failed").increment();
        if (problem == null) {
            failingSince = Math.max(1, time.epochSeconds());
            LOG.warn(
                    "The syslog server {} cannot be told about the history, which waits for it: {}",
                    target.server(),
                    e.toString());
        }
        problem = "the syslog server " + target.server() + " is not told about the history: " + e.getMessage();
    }

    private void hangUp() {
        SyslogLine open = line;
        line = null;
        if (open != null) {
            open.close();
        }
    }

    /** Until there may be something new. */
    private void sleep(long nanos) {
        if (!woken && !closing) {
            LockSupport.parkNanos(this, nanos);
        }
    }

    /** In full, whatever is new. */
    private void pause(long nanos) {
        long until = time.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !closing; left = until - time.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }

    /** Ends after a moment; what was not told is told by the next sender. */
    public void close() throws InterruptedException {
        closing = true;
        LockSupport.unpark(thread);
        thread.join(SEND_MILLIS);
        SyslogLine open = line;
        if (open != null) {
            open.abort();
        }
        thread.join(SEND_MILLIS);
    }
}
