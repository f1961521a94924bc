package io.athena.dhcpd.core.meter;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The values of all meters. Counting is an addition without a lock; whoever exports them reads at leisure. Callers on
 * the request path look their counter up once and keep it.
 */
public final class Meters {

    /** One time series: a meter and the values of its tags. */
    public record Series(DhcpMeter meter, List<String> tagValues) {}

    /** How often something took place and how long it took altogether. */
    public static final class TimerValue {
        private final LongAdder count = new LongAdder();
        private final LongAdder nanos = new LongAdder();

        public void record(long elapsedNanos) {
            count.increment();
            nanos.add(elapsedNanos);
        }

        public long count() {
            return count.sum();
        }

        public long totalNanos() {
            return nanos.sum();
        }
    }

    private final Map<Series, LongAdder> counters = new ConcurrentHashMap<>();
    private final Map<Series, LongSupplier> gauges = new ConcurrentHashMap<>();
    private final Map<Series, TimerValue> timers = new ConcurrentHashMap<>();

    /** The counter of these tag values, made on first use. */
    public LongAdder counter(DhcpMeter meter, String... tagValues) {
        return counters.computeIfAbsent(series(meter, DhcpMeter.Kind.COUNTER, tagValues), s -> new LongAdder());
    }

    /** The timer of these tag values, made on first use. */
    public TimerValue timer(DhcpMeter meter, String... tagValues) {
        return timers.computeIfAbsent(series(meter, DhcpMeter.Kind.TIMER, tagValues), s -> new TimerValue());
    }

    /** Sets where a gauge's value comes from; {@code value} may be called from any thread. */
    public void gauge(DhcpMeter meter, LongSupplier value, String... tagValues) {
        gauges.put(series(meter, DhcpMeter.Kind.GAUGE, tagValues), value);
    }

    /** Drops every series of this gauge, before a new topology registers its own. */
    public void removeGauges(DhcpMeter meter) {
        gauges.keySet().removeIf(series -> series.meter() == meter);
    }

    /** All counters so far; the map may grow while it is read. */
    public Map<Series, LongAdder> counters() {
        return counters;
    }

    /** All gauges so far; the map may change while it is read. */
    public Map<Series, LongSupplier> gauges() {
        return gauges;
    }

    /** All timers so far; the map may grow while it is read. */
    public Map<Series, TimerValue> timers() {
        return timers;
    }

    private static Series series(DhcpMeter meter, DhcpMeter.Kind kind, String... tagValues) {
        if (meter.kind() != kind || meter.tags().size() != tagValues.length) {
            throw new IllegalArgumentException(meter + " is a " + meter.kind() + " with the tags " + meter.tags());
        }
        return new Series(meter, List.of(tagValues));
    }
}
