package io.athena.dhcpd.conflict;

import io.athena.dhcpd.core.engine.ProbeResult;
import io.athena.dhcpd.core.engine.ProbeResult.Method;
import io.athena.dhcpd.core.engine.ProbeResult.Outcome;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.LogBudget;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.time.TimeSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Counts and logs how probes ended. May be used by any thread. */
final class ProbeReports {

    private static final Logger LOG = LoggerFactory.getLogger(Prober.class);
    private static final double NANOS_PER_MILLI = 1e6;

    private final Map<Method, Map<Outcome, LongAdder>> counters = new EnumMap<>(Method.class);
    private final Map<Method, Meters.TimerValue> timers = new EnumMap<>(Method.class);
    private final Supplier<ProbeRules> rules;
    private final LogBudget troubles;

    ProbeReports(Supplier<ProbeRules> rules, Meters meters, TimeSource time) {
        this.rules = rules;
        this.troubles = new LogBudget(time, 1);
        for (Method method : Method.values()) {
            Map<Outcome, LongAdder> byOutcome = new EnumMap<>(Outcome.class);
            for (Outcome outcome : Outcome.values()) {
                byOutcome.put(outcome, meters.counter(DhcpMeter.CONFLICT_PROBES, method.tag(), outcome.tag()));
            }
            counters.put(method, byOutcome);
            timers.put(method, meters.timer(DhcpMeter.CONFLICT_PROBE_DURATION, method.tag()));
        }
    }

    /** A probe that was sent has ended. */
    void ended(ProbeResult result) {
        timers.get(result.method()).record(result.nanos());
        count(result, "");
    }

    /** A probe has ended without having been sent. */
    void notSent(ProbeResult result, String why) {
        count(result, why);
        trouble(result.method().tag(), why);
    }

    private void count(ProbeResult result, String why) {
        counters.get(result.method()).get(result.outcome()).increment();
        log(result, why, "probed");
    }

    /** An answer came after its probe had ended. */
    void late(ProbeResult result) {
        log(result, "", "answered late");
    }

    private void log(ProbeResult result, String why, String message) {
        ProbeRules now = rules.get();
        if (!LOG.isEnabledForLevel(now.level())) {
            return;
        }
        LoggingEventBuilder line = LOG.atLevel(now.level())
                .addKeyValue("ip", result.address())
                .addKeyValue("method", result.method().tag())
                .addKeyValue("result", result.outcome().tag())
                .addKeyValue("ms", result.nanos() / NANOS_PER_MILLI);
        line = with(line, "mac", result.responder());
        with(line, "error", why.isEmpty() ? null : why).log(message);
    }

    private static LoggingEventBuilder with(LoggingEventBuilder line, String key, @Nullable Object value) {
        return value == null ? line : line.addKeyValue(key, value);
    }

    /** Something that the operator can mend; one line a minute for each place. */
    void trouble(String where, String what) {
        long suppressed = troubles.permit(where);
        if (suppressed != LogBudget.SILENT) {
            LOG.warn("{}; {} more like it since the last line", what, suppressed);
        }
    }
}
