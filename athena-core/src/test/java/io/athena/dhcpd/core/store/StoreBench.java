package io.athena.dhcpd.core.store;

import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.journal.LeaseFixtures;
import io.athena.dhcpd.core.journal.LeaseJournal;
import io.athena.dhcpd.core.journal.RecordKind;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.time.TimeSource;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures appends at random addresses, checkpoints and openings; run by hand: arguments are a folder that does not
 * exist and the number of leases.
 */
final class StoreBench {

    private static final int WINDOW = 2048;

    private StoreBench() {}

    public static void main(String[] args) throws Exception {
        Path dir = Path.of(args[0]);
        int leases = Integer.parseInt(args[1]);
        Meters meters = new Meters();
        byte[][] images = new byte[leases][];
        for (int i = 0; i < leases; i++) {
            Lease lease = LeaseFixtures.lease(i);
            images[i] = LeaseCodec.encode(lease);
        }
        try (LeaseStore store = LeaseStore.open(dir, StoreSettings.DEFAULT, meters, TimeSource.system())) {
            fill(store.journal(), images, meters);
            for (int round = 0; round < 4; round++) {
                renew(store.journal(), images, meters);
            }
            long begun = System.nanoTime();
            long made = store.checkpointsMade();
            store.requestCheckpoint();
            while (store.checkpointsMade() == made) {
                LockSupport.parkNanos(100_000);
            }
            report("checkpoint of what was left", begun, 1);
        }
        open(dir, meters);
        open(dir, meters);
    }

    private static void open(Path dir, Meters meters) throws StoreException {
        System.gc();
        long begun = System.nanoTime();
        try (LeaseStore store = LeaseStore.open(dir, StoreSettings.DEFAULT, meters, TimeSource.system())) {
            long[] count = {0};
            store.recovered().forEachLease((address, image) -> count[0]++);
            report("open with " + count[0] + " leases, " + store.recovered().findings(), begun, 1);
        }
    }

    private static void fill(LeaseJournal journal, byte[][] images, Meters meters) {
        int[] order = new int[images.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        append("new clients in sequence", journal, images, order, meters);
    }

    private static void renew(LeaseJournal journal, byte[][] images, Meters meters) {
        append(
                "renewals at random",
                journal,
                images,
                new Random().ints(images.length, 0, images.length).toArray(),
                meters);
    }

    /** Keeps {@link #WINDOW} appends in flight, as many waiting clients do. */
    private static void append(String what, LeaseJournal journal, byte[][] images, int[] order, Meters meters) {
        long begun = System.nanoTime();
        long batches = meters.counter(DhcpMeter.JOURNAL_BATCHES).sum();
        long cpu = processCpu();
        long last = 0;
        for (int n : order) {
            while (last - journal.watermark() > WINDOW) {
                LockSupport.parkNanos(20_000);
            }
            last = journal.append(RecordKind.LEASE, LeaseFixtures.FIRST + n, images[n], null);
        }
        while (journal.watermark() < last) {
            LockSupport.parkNanos(20_000);
        }
        report(what, begun, order.length);
        System.out.printf(
                "   %.2f us of CPU each, batches of %d%n",
                (processCpu() - cpu) / 1000.0 / order.length,
                order.length
                        / Math.max(1, meters.counter(DhcpMeter.JOURNAL_BATCHES).sum() - batches));
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (long id : threads.getAllThreadIds()) {
            var info = threads.getThreadInfo(id);
            if (info != null && info.getThreadName().startsWith("athena-")) {
                System.out.printf("   %s so far %.0f ms%n", info.getThreadName(), threads.getThreadCpuTime(id) / 1e6);
            }
        }
    }

    private static long processCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }

    private static void report(String what, long begun, int count) {
        double millis = (System.nanoTime() - begun) / 1e6;
        System.out.printf("%s: %.0f ms, %.2f us each%n", what, millis, 1000 * millis / count);
    }
}
