package io.athena.dhcpd.core.journal;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for a journal that nobody else writes to; make one before the first append. */
public final class JournalFate implements LeaseJournal.Listener {

    private final LeaseJournal journal;
    private final CompletableFuture<Boolean> outcome = new CompletableFuture<>();
    private volatile long awaited = Long.MAX_VALUE;

    private JournalFate(LeaseJournal journal) {
        this.journal = journal;
    }

    /** Listens to a journal from now on. */
    public static JournalFate of(LeaseJournal journal) {
        JournalFate fate = new JournalFate(journal);
        journal.listen(fate);
        return fate;
    }

    @Override
    public void durable(long upTo) {
        if (upTo >= awaited) {
            outcome.complete(true);
        }
    }

    @Override
    public void failed(long from, long upTo) {
        outcome.complete(false);
    }

    /** Whether everything up to a sequence is durable; false too when that is not known in time. */
    public boolean reached(long sequence, Duration patience) throws InterruptedException {
        awaited = sequence;
        if (journal.watermark() >= sequence) {
            outcome.complete(true);
        }
        try {
            return outcome.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
    }
}
