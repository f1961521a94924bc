package io.athena.dhcpd.api.observe;

import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows {@link Meters} to Micrometer. The request path only adds to its own counters; series that came up since are
 * registered, and gauges that went away removed, whenever somebody is about to look.
 */
public final class MeterBridge implements MeterBinder {

    private final Meters meters;
    private final Map<Meters.Series, Meter> bound = new HashMap<>();
    private @Nullable MeterRegistry registry;

    public MeterBridge(Meters meters) {
        this.meters = meters;
    }

    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        this.registry = registry;
        refresh();
    }

    /** Brings the registry up to date; nothing happens before it is known. */
    public synchronized void refresh() {
        MeterRegistry target = registry;
        if (target == null) {
            return;
        }
        meters.counters()
                .forEach((series, adder) ->
                        bound.computeIfAbsent(series, s -> FunctionCounter.builder(id(s), adder, value -> value.sum())
                                .description(s.meter().help())
                                .tags(tags(s))
                                .register(target)));
        meters.timers()
                .forEach((series, timer) -> bound.computeIfAbsent(series, s -> FunctionTimer.builder(
                                id(s),
                                timer,
                                Meters.TimerValue::count,
                                Meters.TimerValue::totalNanos,
                                TimeUnit.NANOSECONDS)
                        .description(s.meter().help())
                        .tags(tags(s))
                        .register(target)));
        meters.gauges()
                .keySet()
                .forEach(series ->
                        bound.computeIfAbsent(series, s -> Gauge.builder(id(s), meters, source -> read(source, s))
                                .description(s.meter().help())
                                .tags(tags(s))
                                .register(target)));
        bound.entrySet().removeIf(entry -> gone(entry.getKey()) && target.remove(entry.getValue()) != null);
    }

    private boolean gone(Meters.Series series) {
        return series.meter().kind() == DhcpMeter.Kind.GAUGE && !meters.gauges().containsKey(series);
    }

    private static double read(Meters meters, Meters.Series series) {
        LongSupplier value = meters.gauges().get(series);
        return value == null ? Double.NaN : value.getAsLong();
    }

    private static String id(Meters.Series series) {
        return series.meter().id();
    }

    private static Tags tags(Meters.Series series) {
        Tags tags = Tags.empty();
        for (int i = 0; i < series.tagValues().size(); i++) {
            tags = tags.and(series.meter().tags().get(i), series.tagValues().get(i));
        }
        return tags;
    }
}
