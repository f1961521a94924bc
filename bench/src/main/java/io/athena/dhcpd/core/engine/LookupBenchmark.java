package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.bench.Scene;
import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.ClientKey;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Finding one lease among a million, at random. Clients with an even number have a client identifier. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+UseSerialGC"})
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class LookupBenchmark {

    private final LeaseTable table = new LeaseTable(Scene.link());
    private final SplittableRandom random = new SplittableRandom(1);

    @Setup
    public void fill() {
        for (int client = 0; client < Scene.CLIENTS; client++) {
            ClientKey key = client % 2 == 0 ? byId(client) : byMac(client);
            Lease lease = Scene.lease(client, key);
            table.put(lease, LeaseCodec.encode(lease));
        }
    }

    @Benchmark
    public int byAddress() {
        return found(table.slotOf(Scene.address(random.nextInt(Scene.CLIENTS))));
    }

    @Benchmark
    public int byMac() {
        return found(table.slotOf(byMac(random.nextInt(Scene.CLIENTS) | 1)));
    }

    @Benchmark
    public int byClientId() {
        return found(table.slotOf(byId(random.nextInt(Scene.CLIENTS) & ~1)));
    }

    private static ClientKey byMac(int client) {
        return ClientKey.ofHardware(Scene.mac(client));
    }

    private static ClientKey byId(int client) {
        return ClientKey.ofClientId(Scene.clientId(client));
    }

    private static int found(int slot) {
        if (slot < 0) {
            throw new IllegalStateException("a lease that was stored was not found");
        }
        return slot;
    }
}
