package io.athena.dhcpd.events.hook;

import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.LogBudget;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.time.TimeSource;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LoggingEventBuilder;

/** What became of a hook's runs: counted, kept for whoever asks, and logged within bounds. May be used by any thread. */
public final class HookRecord {

    private static final int LINES_PER_MINUTE = 20;

    private final String name;
    private final String kind;
    private final TimeSource time;
    private final LogBudget lines;
    private final LongAdder ok;
    private final LongAdder failures;
    private volatile long lastRun;
    private volatile @Nullable String lastError;

    /** @param kind {@code script} or {@code webhook} */
    public HookRecord(String name, String kind, Meters meters, TimeSource time) {
        this.name = name;
        this.kind = kind;
        this.time = time;
        this.lines = new LogBudget(time, LINES_PER_MINUTE);
        this.ok = meters.counter(DhcpMeter.HOOK_RUNS, name, "ok");
        this.failures = meters.counter(DhcpMeter.HOOK_RUNS, name, "failed");
    }

    /** The hook's name. */
    public String name() {
        return name;
    }

    /** A run did what it should. */
    public void succeeded() {
        lastRun = time.epochSeconds();
        ok.increment();
    }

    /**
     * A run failed for good.
     *
     * @param error in one line, fit for a log
     * @param line where to say so; nothing is said when too much has been
     */
    public void failed(String event, String error, LoggingEventBuilder line) {
        lastRun = time.epochSeconds();
        lastError = error;
        failures.increment();
        long unsaid = lines.permit("failed");
        if (unsaid != LogBudget.SILENT) {
            line.addKeyValue("hook", name)
                    .addKeyValue("event", event)
                    .addKeyValue("not_logged", unsaid)
                    .log("{}", error);
        }
    }

    /** How it fares; of the runs that it counts, it also says the rest. */
    public HookStatus status(long dropped, long waiting) {
        long succeeded = ok.sum();
        long failed = failures.sum();
        return new HookStatus(name, kind, lastRun, succeeded, failed, dropped, waiting, lastError);
    }
}
