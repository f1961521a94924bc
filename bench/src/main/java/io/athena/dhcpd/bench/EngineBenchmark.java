package io.athena.dhcpd.bench;

import io.athena.dhcpd.core.engine.Answer;
import io.athena.dhcpd.core.engine.CommitQueue;
import io.athena.dhcpd.core.engine.LeaseEngine;
import io.athena.dhcpd.core.engine.NamePolicy;
import io.athena.dhcpd.core.engine.Search;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.lease.Wishes;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayInfo;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A whole exchange in the engine, with a journal that is durable as soon as it is asked. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+UseSerialGC"})
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class EngineBenchmark {

    private static final RelayInfo RELAYED = new RelayInfo(Scene.RELAY, null, null, null, null, null, 67);

    /** As many as the pool has room for; afterwards they come back and get their address again. */
    private static final int CLIENTS = 200_000;

    private final InstantJournal journal = new InstantJournal();
    private final CommitQueue commits = new CommitQueue(() -> {});
    private final LeaseEngine engine =
            new LeaseEngine(Scene.link(), journal, commits, NamePolicy.NONE, Scene.settings());
    private int turn;

    public EngineBenchmark() {
        journal.listen(commits);
    }

    /** DISCOVER, REQUEST, commit: a new lease at first, later the same client again. */
    @Benchmark
    public boolean offerConfirmSettle() {
        int client = turn++ % CLIENTS;
        MacAddress mac = Scene.mac(client);
        Answer offer = engine.offer(request(MessageType.DISCOVER, mac, null), Search.NEW, Scene.NOW);
        if (!(offer instanceof Answer.Offered offered)) {
            throw new IllegalStateException("no offer but " + offer);
        }
        Ipv4 address = offered.assignment().address();
        Answer grant = engine.confirm(request(MessageType.REQUEST, mac, address), Scene.NOW);
        if (!(grant instanceof Answer.Committing)) {
            throw new IllegalStateException("no grant but " + grant);
        }
        return commits.settle();
    }

    private ClientRequest request(MessageType type, MacAddress mac, @Nullable Ipv4 wanted) {
        return new ClientRequest(
                type,
                turn,
                ClientKey.ofHardware(mac),
                mac,
                null,
                Ipv4.ANY,
                wanted,
                wanted == null ? null : Scene.SERVER,
                wanted != null,
                -1,
                Wishes.NONE,
                null,
                null,
                null,
                null,
                null,
                RELAYED);
    }
}
