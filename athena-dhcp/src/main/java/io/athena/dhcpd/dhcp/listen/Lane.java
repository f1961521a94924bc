package io.athena.dhcpd.dhcp.listen;

import io.athena.dhcpd.core.engine.CommitQueue;
import io.athena.dhcpd.core.time.TimeSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that owns the engines of some links; whatever changes a lease runs here. REQUESTs go before DISCOVERs: a
 * client that has an address matters more than one that wants one. Any thread may hand work over; nobody waits.
 */
public final class Lane implements Executor {

    /** Work that comes round about once a second, and at once again while it says so. */
    @FunctionalInterface
    public interface Chore {

        /** Does a bounded part of it; answers whether more is due now. */
        boolean run(long nowSeconds);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final int REQUESTS = 8192;
    private static final int DISCOVERS = 4096;
    private static final long LONGEST_SLEEP = TimeUnit.SECONDS.toNanos(1);

    private final MpscAtomicArrayQueue<Runnable> requests = new MpscAtomicArrayQueue<>(REQUESTS);
    private final MpscAtomicArrayQueue<Runnable> discovers = new MpscAtomicArrayQueue<>(DISCOVERS);
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final CommitQueue commits = new CommitQueue(this::wake);
    private final TimeSource time;
    private final Thread thread;
    private Chore chore = now -> false;
    private final AtomicBoolean asleep = new AtomicBoolean();
    private volatile boolean stopping;

    Lane(int number, TimeSource time) {
        this.time = time;
        this.thread = new Thread(this::run, "athena-lane-" + number);
    }

    /** The changes of this lane that wait for the disk. */
    public CommitQueue commits() {
        return commits;
    }

    /** Queues a REQUEST or what ranks with it; false when the queue is full. */
    public boolean offerRequest(Runnable work) {
        return wakeIf(requests.offer(work));
    }

    /** Queues a DISCOVER; false when the queue is full. */
    public boolean offerDiscover(Runnable work) {
        return wakeIf(discovers.offer(work));
    }

    /** Queues a command of somebody who is not a packet; commands are few and never refused. */
    @Override
    public void execute(Runnable command) {
        commands.add(command);
        wake();
    }

    /** Packets that wait for their turn. */
    public int queued() {
        return requests.size() + discovers.size();
    }

    /** Sets the periodic work; call before the start or on the lane. */
    public void setChore(Chore chore) {
        this.chore = chore;
    }

    void start() {
        thread.start();
    }

    /** Lets the thread finish what is queued and end; waits for it at most this long. */
    void stop(long millis) {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.atWarn().addKeyValue("lane", thread.getName()).log("did not finish its work in time");
        }
    }

    private boolean wakeIf(boolean accepted) {
        if (accepted) {
            wake();
        }
        return accepted;
    }

    private void wake() {
        // Only the first of a burst of packets pays for the system call.
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    /**
     * Does what is there to do, once, and answers whether there was any. Only for whoever drives a lane that was never
     * started, with no other thread beside it.
     */
    public boolean turn() {
        return settle() | drainCommands() | drainPackets();
    }

    private void run() {
        long lastChore = Long.MIN_VALUE;
        boolean choreDue = true;
        while (!stopping || hasWork() || commits.size() > 0) {
            boolean worked = turn();
            long now = time.epochSeconds();
            if (now != lastChore || choreDue) {
                lastChore = now;
                choreDue = runChore(now);
            }
            if (!worked && !choreDue) {
                sleep();
            }
        }
    }

    private boolean settle() {
        try {
            return commits.settle();
        } catch (RuntimeException e) {
            LOG.error("a change could not be settled; the exchange is lost, the client will ask again", e);
            return true;
        }
    }

    private boolean drainCommands() {
        // Only what is there now: a command may queue itself again to look once more later.
        int due = commands.size();
        for (int i = 0; i < due; i++) {
            perform(commands.remove());
        }
        return due > 0;
    }

    /** A few packets a turn, so that ACKs whose sync is done never wait for a long queue. */
    private boolean drainPackets() {
        boolean any = false;
        for (int i = 0; i < 64; i++) {
            Runnable work = requests.poll();
            if (work == null) {
                work = discovers.poll();
            }
            if (work == null) {
                return any;
            }
            any = true;
            perform(work);
        }
        return any;
    }

    private boolean runChore(long now) {
        try {
            return chore.run(now);
        } catch (RuntimeException e) {
            LOG.error("the periodic work of a lane failed; it is tried again in a second", e);
            return false;
        }
    }

    private static void perform(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("a command failed", e);
        }
    }

    private boolean hasWork() {
        return !requests.isEmpty() || !discovers.isEmpty() || !commands.isEmpty();
    }

    private void sleep() {
        asleep.set(true);
        // Looked at again after the flag is up: who came in between saw no need to wake us.
        if (!hasWork() && !commits.canSettle() && !stopping) {
            LockSupport.parkNanos(this, LONGEST_SLEEP);
        }
        asleep.set(false);
    }
}
