package io.athena.dhcpd.bench;

import io.athena.dhcpd.core.journal.DiskFiles;
import io.athena.dhcpd.core.journal.FileJournal;
import io.athena.dhcpd.core.journal.JournalReplay;
import io.athena.dhcpd.core.journal.JournalSettings;
import io.athena.dhcpd.core.journal.JournalTail;
import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.journal.LeaseJournal;
import io.athena.dhcpd.core.journal.RecordKind;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

/** Groups of leases appended and awaited, on a real disk: the time is that of the whole group with its sync. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms256m", "-Xmx512m", "-XX:+UseSerialGC"})
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class JournalBenchmark {

    private static final long POLL_NANOS = 5_000_000;

    @Param({"1", "64"})
    int group;

    /** Whether somebody reads the journal behind its writer meanwhile, as names in DNS and the history do. */
    @Param({"false", "true"})
    boolean followed;

    private @Nullable Path folder;
    private @Nullable FileJournal journal;
    private @Nullable Thread follower;
    private volatile boolean closing;
    private int turn;
    private long visited;

    @Setup
    public void open() throws IOException {
        String place = System.getenv("BENCH_FOLDER");
        Path parent = Path.of(place == null ? "bench/target" : place);
        Path fresh = Files.createTempDirectory(Files.createDirectories(parent), "journal");
        JournalReplay nothing = JournalReplay.read(fresh, 0, 0);
        folder = fresh;
        FileJournal started = FileJournal.start(
                fresh,
                JournalSettings.DEFAULT,
                new DiskFiles(true),
                nothing,
                Set.of(),
                new Meters(),
                TimeSource.system());
        journal = started;
        if (followed) {
            follower = new Thread(() -> follow(started.follow("names", 0)));
            follower.start();
        }
    }

    private void follow(JournalTail tail) {
        try {
            while (!closing) {
                if (tail.read(1000, (sequence, kind, address, image, previous) -> visited++) < 1000) {
                    LockSupport.parkNanos(POLL_NANOS);
                }
                tail.release(tail.position());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Benchmark
    public long appendAndAwait() {
        FileJournal open = opened();
        long last = 0;
        for (int i = 0; i < group; i++) {
            int client = turn++ % Scene.CLIENTS;
            byte[] image = LeaseCodec.encode(Scene.lease(client, ClientKey.ofHardware(Scene.mac(client))));
            last = open.append(RecordKind.LEASE, Scene.address(client).bits(), image, null);
        }
        if (last == LeaseJournal.REFUSED) {
            throw new IllegalStateException("the journal refused an append; is the disk full?");
        }
        while (open.watermark() < last) {
            Thread.onSpinWait();
        }
        return last;
    }

    /** What a checkpoint does in a server; without it the folder grows by every record of the run. */
    @TearDown(Level.Iteration)
    public void recycle() throws IOException {
        opened().takeChanges();
        opened().recycle(opened().watermark());
    }

    @TearDown
    public void remove() throws IOException, InterruptedException {
        closing = true;
        if (follower != null) {
            follower.join();
        }
        opened().close();
        Path used = folder;
        if (used != null) {
            try (Stream<Path> files = Files.walk(used)) {
                files.sorted(Comparator.reverseOrder()).forEach(JournalBenchmark::delete);
            }
        }
    }

    private FileJournal opened() {
        FileJournal open = journal;
        if (open == null) {
            throw new IllegalStateException("not open");
        }
        return open;
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
