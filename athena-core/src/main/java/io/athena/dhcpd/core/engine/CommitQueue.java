package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.journal.LeaseJournal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The changes of one lane that wait for the disk, in the order of the journal. The journal's thread says how far it
 * is; the lane settles all that this covers, whenever its turn comes.
 */
public final class CommitQueue implements LeaseJournal.Listener {

    private record Range(long from, long upTo) {}

    private record Echo(long sequence, PendingChange.Continuation task) {}

    private final Deque<PendingChange> waiting = new ArrayDeque<>();
    private final Deque<Echo> echoes = new ArrayDeque<>();
    private final Queue<Range> failures = new ConcurrentLinkedQueue<>();
    private final Runnable wake;
    private volatile long watermark;
    private int parked;

    /** @param wake called on the journal's thread when there is something to settle */
    public CommitQueue(Runnable wake) {
        this.wake = wake;
    }

    @Override
    public void durable(long upTo) {
        watermark = upTo;
        wake.run();
    }

    @Override
    public void failed(long from, long upTo) {
        // Before the watermark, so that whoever sees the watermark sees the failure.
        failures.add(new Range(from, upTo));
        watermark = upTo;
        wake.run();
    }

    void track(PendingChange change) {
        waiting.add(change);
    }

    /** Tells a task, once the journal is done with a record that is no lease on its way, whether it is durable. */
    void afterwards(long sequence, PendingChange.Continuation task) {
        echoes.add(new Echo(sequence, task));
    }

    /** Lets something wait behind a change; it runs once when the change is settled. */
    public void parkBehind(PendingChange change, Runnable waiter) {
        parked++;
        change.waitBehind(waiter);
    }

    /** Settles every change that the journal is done with; answers whether there was one. */
    public boolean settle() {
        long upTo = watermark;
        boolean any = false;
        while (!waiting.isEmpty() && waiting.peek().sequence() <= upTo) {
            PendingChange change = waiting.remove();
            echo(change.sequence());
            // Before they go on: whoever does may wait again, and counts itself meanwhile.
            parked -= change.waiting();
            change.settle(!hasFailed(change.sequence()));
            any = true;
        }
        return echo(upTo) || any;
    }

    private boolean echo(long upTo) {
        boolean any = false;
        while (!echoes.isEmpty() && echoes.peek().sequence() <= upTo) {
            Echo echo = echoes.remove();
            echo.task().settled(!hasFailed(echo.sequence()));
            any = true;
        }
        return any;
    }

    private boolean hasFailed(long sequence) {
        Range oldest = failures.peek();
        while (oldest != null && oldest.upTo() < sequence) {
            failures.remove();
            oldest = failures.peek();
        }
        return oldest != null && oldest.from() <= sequence;
    }

    /** Whether {@link #settle} would find something to do. */
    public boolean canSettle() {
        PendingChange first = waiting.peek();
        Echo echo = echoes.peek();
        return (first != null && first.sequence() <= watermark) || (echo != null && echo.sequence() <= watermark);
    }

    /** How many records wait for the disk, with those that nobody but their tasks waits for. */
    public int size() {
        return waiting.size() + echoes.size();
    }

    /** How many exchanges wait behind somebody else's change. */
    public int parked() {
        return parked;
    }
}
