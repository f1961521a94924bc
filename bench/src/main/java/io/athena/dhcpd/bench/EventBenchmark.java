package io.athena.dhcpd.bench;

import io.athena.dhcpd.core.event.EventType;
import io.athena.dhcpd.core.event.LeaseEvent;
import io.athena.dhcpd.core.event.LeaseFacts;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.events.bus.EventBus;
import io.athena.dhcpd.events.bus.Subscription;
import io.athena.dhcpd.events.render.EventJson;
import io.athena.dhcpd.events.render.Node;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an event costs the lane that publishes it: where nobody listens, and with listeners, each of which has a queue of
 * 10,000 as by default. The lane publishes as fast as it can, far beyond any DHCP load.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms256m", "-Xmx256m", "-XX:+UseSerialGC"})
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class EventBenchmark {

    private static final int CLIENTS = 1 << 10;
    private static final int BUFFER = 10_000;

    /** How many listen. */
    @Param({"0", "1", "4"})
    private int listeners;

    private final EventJson json = new EventJson(Node.standalone("bench"));
    private final Lease[] leases = new Lease[CLIENTS];
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final LongAdder heard = new LongAdder();
    private EventBus bus = new EventBus(new Meters(), TimeSource.system());
    private int next;

    @Setup(Level.Trial)
    public void listen() {
        for (int i = 0; i < CLIENTS; i++) {
            leases[i] = Scene.lease(i, ClientKey.ofHardware(Scene.mac(i)));
        }
        bus = new EventBus(new Meters(), TimeSource.system());
        for (int i = 0; i < listeners; i++) {
            subscriptions.add(
                    bus.listen("listener-" + i, EnumSet.allOf(EventType.class), BUFFER, event -> heard.increment()));
        }
    }

    @TearDown(Level.Trial)
    public void close() {
        bus.close();
    }

    /** As the request path does it: an event is built only where somebody listens. */
    @Benchmark
    public void publish() {
        if (bus.hears(EventType.LEASE_ACK)) {
            bus.publish(event());
        }
    }

    /** The same at the speed at which every listener hears everything. */
    @Benchmark
    public void deliver() {
        for (Subscription each : subscriptions) {
            while (each.waiting() > BUFFER / 2) {
                Thread.onSpinWait();
            }
        }
        publish();
    }

    /** What it costs a listener to tell it. */
    @Benchmark
    public byte[] tell() {
        return json.of(event());
    }

    private LeaseEvent event() {
        next = next + 1 & CLIENTS - 1;
        LeaseFacts facts = LeaseFacts.of(leases[next], Scene.LEASE_SECONDS, null, OptionSet.EMPTY, Scene.SERVER);
        return new LeaseEvent.Granted(facts, null, Scene.NOW);
    }
}
