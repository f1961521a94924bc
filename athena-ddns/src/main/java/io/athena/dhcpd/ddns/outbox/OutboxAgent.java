package io.athena.dhcpd.ddns.outbox;

import io.athena.dhcpd.core.journal.CorruptRecordException;
import io.athena.dhcpd.core.journal.JournalTail;
import io.athena.dhcpd.core.journal.RecordKind;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.update.DnsFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that owns the outbox: it reads the journal behind its writer, hands updates to the crew, takes their results
 * and makes what is left durable. It looks for new records some dozens of times a second instead of being told, so that
 * names cost the journal nothing.
 */
final class OutboxAgent {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxAgent.class);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int RECORDS_AT_A_TIME = 512;

    private final JournalTail tail;
    private final Outbox outbox;
    private final Dispatch dispatch;
    private final OutboxFile file;
    private final UpdateLog log;
    private final TimeSource time;
    private final long maxAgeSeconds;
    private final Predicate<NameChange> listener;
    private final Consumer<Outbox> observer;
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "athena-names");
    private final UpdateCrew crew = new UpdateCrew(thread);

    private volatile boolean closing;
    private volatile long closeAt = Long.MAX_VALUE;
    private boolean complainedOfTail;

    /**
     * @param maxAge how long it is tried to take a name away
     * @param listener hears of every change of a name, on this thread; tells whether a
     *     renewal is by a client that last had the name at another address
     * @param observer sees the outbox after each change, on this thread
     */
    OutboxAgent(
            JournalTail tail,
            OutboxFile file,
            Outbox outbox,
            Dispatch dispatch,
            UpdateLog log,
            TimeSource time,
            Duration maxAge,
            Predicate<NameChange> listener,
            Consumer<Outbox> observer) {
        this.tail = tail;
        this.file = file;
        this.outbox = outbox;
        this.dispatch = dispatch;
        this.log = log;
        this.time = time;
        this.maxAgeSeconds = maxAge.toSeconds();
        this.listener = listener;
        this.observer = observer;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Asks the outbox something, or tells it, on its own thread. */
    <T> CompletableFuture<T> ask(Function<Outbox, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        commands.add(() -> {
            try {
                answer.complete(question.apply(outbox));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        LockSupport.unpark(thread);
        if (!thread.isAlive()) {
            answer.completeExceptionally(new IllegalStateException("names are not updated any more"));
        }
        return answer;
    }

    private void run() {
        try {
            observer.accept(outbox);
            while (!closing) {
                if (!step()) {
                    LockSupport.parkNanos(this, Math.min(LOOK_NANOS, waitNanos()));
                }
            }
            flush();
        } catch (RuntimeException | Error e) {
            LOG.error("Names in DNS are not updated any more until a restart: their thread ended", e);
        } finally {
            crew.close();
        }
    }

    /** What is due can only be started by a crew that is free; whoever becomes so wakes this thread. */
    private long waitNanos() {
        return crew.isFree() ? dispatch.waitNanos(time.nanoTime()) : LOOK_NANOS;
    }

    /** Does what can be done now; false when that was nothing. */
    private boolean step() {
        boolean busy = false;
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
            busy = true;
        }
        busy |= read() > 0;
        busy |= takeResults();
        busy |= startUpdates();
        file.saveIfDue(outbox, tail);
        if (busy) {
            observer.accept(outbox);
        }
        return busy;
    }

    private int read() {
        try {
            int read = tail.read(RECORDS_AT_A_TIME, this::record);
            complainedOfTail = false;
            if (read < RECORDS_AT_A_TIME) {
                outbox.caughtUp();
            }
            return read;
        } catch (IOException e) {
            if (!complainedOfTail) {
                LOG.error("The lease journal cannot be read, so names in DNS wait: {}", e.toString());
            }
            complainedOfTail = true;
            return 0;
        }
    }

    private void record(long sequence, RecordKind kind, int address, byte[] image, byte @Nullable [] previous) {
        try {
            NameChange change = NameChange.of(kind, image, previous);
            if (change != null) {
                boolean isBack = listener.test(change);
                outbox.changed(change, isBack);
            }
        } catch (CorruptRecordException | RuntimeException e) {
            // Whatever is wrong with one record: it would come again and again, and none behind it.
            LOG.warn("Journal record {} says nothing about names that can be understood", sequence, e);
        }
    }

    private boolean takeResults() {
        UpdateCrew.Result result = crew.poll();
        boolean any = result != null;
        for (; result != null; result = crew.poll()) {
            take(result);
        }
        return any;
    }

    private void take(UpdateCrew.Result result) {
        NameOp op = result.op();
        DnsFailure failure = result.failure();
        if (result.outcome() != null) {
            outbox.settled(op, result.outcome());
        } else if (failure != null) {
            fail(op, failure);
            giveUpIfOld(op);
        }
    }

    private void fail(NameOp op, DnsFailure failure) {
        String error = String.valueOf(failure.getMessage());
        switch (failure.reach()) {
            case SERVER ->
                log.serverFailed(op, failure, dispatch.serverFailed(op, error, time.nanoTime(), time.epochSeconds()));
            case ZONE ->
                log.serverFailed(op, failure, dispatch.zoneFailed(op, error, time.nanoTime(), time.epochSeconds()));
            case NAME -> {
                log.nameFailed(op, failure);
                if (dispatch.nameFailed(op, error, time.nanoTime())) {
                    log.serverWorks(op.place().server());
                }
            }
        }
    }

    private void giveUpIfOld(NameOp op) {
        Leftover leftover = op.leftover();
        if (leftover != null && time.epochSeconds() - leftover.since() > maxAgeSeconds) {
            log.givenUp(op);
            outbox.givenUp(op);
        }
    }

    private boolean startUpdates() {
        boolean any = false;
        while (crew.isFree()) {
            NameOp op = outbox.next(time.nanoTime());
            if (op == null) {
                return any;
            }
            crew.start(op);
            any = true;
        }
        return any;
    }

    /** Goes on for as long as there is time and something can be done; what is left is stored. */
    private void flush() {
        boolean more = true;
        while (more && time.nanoTime() - closeAt < 0) {
            more = step() || !crew.isIdle();
            if (more) {
                LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
        crew.close();
        file.save(outbox, tail);
    }

    /** Finishes what can be finished within the limit, stores the rest and ends. */
    void close(Duration limit) throws InterruptedException {
        closeAt = time.nanoTime() + limit.toNanos();
        closing = true;
        LockSupport.unpark(thread);
        thread.join();
    }
}
