package io.athena.dhcpd.core.store;

import io.athena.dhcpd.core.journal.Changes;
import io.athena.dhcpd.core.journal.ImageMap;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.env.Cursor;
import jetbrains.exodus.env.Environment;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.StoreConfig;
import jetbrains.exodus.env.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoint: the newest image of each address in a Xodus environment. Every failure of Xodus comes out as the
 * unchecked exception that Xodus throws; {@link LeaseStore} decides what it means.
 */
final class XodusCheckpoint implements AutoCloseable {

    /** Entries a transaction holds at most, some milliseconds of work when they are sorted. */
    private static final int SLICE = 8192;

    private static final long CACHE_BYTES = 16L << 20;
    private static final ByteIterable MARK_KEY =
            new ArrayByteIterable("checkpoint".getBytes(StandardCharsets.US_ASCII));

    private final Environment environment;
    private final Store leases;
    private final Store conflicts;
    private final Store exclusions;
    private final Store meta;

    private XodusCheckpoint(Environment environment) {
        this.environment = environment;
        leases = store("leases");
        conflicts = store("conflicts");
        exclusions = store("excluded_ips");
        meta = store("meta");
    }

    /** Opens or creates the environment of a folder. */
    static XodusCheckpoint open(Path folder, boolean sync) {
        return open(XodusEnvironments.open(folder, CACHE_BYTES, sync));
    }

    /** Opens the environment of a folder without writing a byte; the folder must hold one. */
    static XodusCheckpoint openReadOnly(Path folder) {
        return open(XodusEnvironments.openReadOnly(folder, CACHE_BYTES));
    }

    private static XodusCheckpoint open(Environment environment) {
        try {
            return new XodusCheckpoint(environment);
        } catch (RuntimeException e) {
            environment.close();
            throw e;
        }
    }

    private Store store(String name) {
        return environment.computeInTransaction(
                txn -> environment.openStore(name, StoreConfig.WITHOUT_DUPLICATES, txn));
    }

    /** What the last checkpoint said; null when its mark is damaged, {@link CheckpointMark#NONE} before the first. */
    @Nullable
    CheckpointMark mark() {
        return environment.computeInReadonlyTransaction(txn -> {
            ByteIterable value = meta.get(txn, MARK_KEY);
            return value == null
                    ? CheckpointMark.NONE
                    : CheckpointMark.decode(value.getBytesUnsafe(), value.getLength());
        });
    }

    /** Reads all leases into {@code into}, which keeps what was read when this fails halfway. */
    void loadLeases(Images into) {
        load(leases, into);
    }

    void loadConflicts(Images into) {
        load(conflicts, into);
    }

    void loadExclusions(Images into) {
        load(exclusions, into);
    }

    private void load(Store store, Images into) {
        environment.executeInReadonlyTransaction(txn -> {
            try (Cursor cursor = store.openCursor(txn)) {
                while (cursor.getNext()) {
                    ByteIterable key = cursor.getKey();
                    ByteIterable stored = cursor.getValue();
                    int found = ByteBuffer.wrap(key.getBytesUnsafe()).getInt();
                    int address = StoredValue.addressOf(found, stored.getBytesUnsafe(), stored.getLength());
                    if (address != found) {
                        into.addMisplaced();
                    }
                    StoredValue value = StoredValue.decode(address, stored.getBytesUnsafe(), stored.getLength());
                    into.add(address, value == null ? 0 : value.sequence(), value == null ? null : value.image());
                }
            }
        });
    }

    /** Some entries of one store, in ascending order of address. */
    private record Slice(Store store, ImageMap images, int[] addresses, int from, int to) {}

    /**
     * Applies changes in transactions of some milliseconds each; the last one says that the checkpoint reaches to
     * {@link Changes#upTo()}. Doing it again after a failure halfway does no harm.
     *
     * @param goOn asked before each transaction
     * @return whether everything was applied; false when {@code goOn} said no
     */
    boolean apply(Changes changes, long cautionSince, BooleanSupplier goOn) {
        List<Slice> slices = new ArrayList<>();
        addSlices(slices, conflicts, changes.conflicts());
        addSlices(slices, exclusions, changes.exclusions());
        addSlices(slices, leases, changes.leases());
        if (slices.isEmpty()) {
            slices.add(new Slice(leases, changes.leases(), new int[0], 0, 0));
        }
        for (int i = 0; i < slices.size(); i++) {
            if (!goOn.getAsBoolean()) {
                return false;
            }
            Slice slice = slices.get(i);
            boolean last = i == slices.size() - 1;
            environment.executeInExclusiveTransaction(txn -> {
                write(txn, slice);
                if (last) {
                    CheckpointMark mark = new CheckpointMark(changes.upTo(), leases.count(txn), cautionSince);
                    meta.put(txn, MARK_KEY, new ArrayByteIterable(mark.encode()));
                }
            });
        }
        return true;
    }

    private static void addSlices(List<Slice> slices, Store store, ImageMap images) {
        int[] addresses = images.sortedAddresses();
        for (int from = 0; from < addresses.length; from += SLICE) {
            slices.add(new Slice(store, images, addresses, from, Math.min(from + SLICE, addresses.length)));
        }
    }

    private static void write(Transaction txn, Slice slice) {
        for (int i = slice.from(); i < slice.to(); i++) {
            int address = slice.addresses()[i];
            byte[] image = slice.images().imageOf(address);
            if (image == null) {
                continue;
            }
            ByteIterable key =
                    new ArrayByteIterable(ByteBuffer.allocate(4).putInt(address).array());
            if (image.length == 0) {
                slice.store().delete(txn, key);
            } else {
                long sequence = slice.images().sequenceOf(address);
                slice.store().put(txn, key, new ArrayByteIterable(StoredValue.encode(address, sequence, image)));
            }
        }
    }

    @Override
    public void close() {
        environment.close();
    }
}
