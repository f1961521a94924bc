package io.athena.dhcpd.core.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32C;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.env.Cursor;
import jetbrains.exodus.env.Environment;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.StoreConfig;
import jetbrains.exodus.env.Transaction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A follower's entries in a Xodus environment of their own. Each value carries a checksum over itself and its key, since
 * Xodus does not notice flipped bits: a damaged entry is left out, and the first one is told.
 */
final class XodusFollowerStore implements FollowerStore {

    private static final Logger LOG = LoggerFactory.getLogger(XodusFollowerStore.class);
    private static final long CACHE_BYTES = 4L << 20;

    /** So many entries are read at the opening, to know whether the store can be used. */
    private static final int TRIED = 50_000;

    private static final ByteIterable CURSOR_KEY = new ArrayByteIterable("cursor".getBytes(StandardCharsets.US_ASCII));
    private static final int CURSOR_LENGTH = Long.BYTES + Integer.BYTES;

    private final Path folder;
    private final Environment environment;
    private final Closeable held;
    private final Store entries;
    private final Store meta;
    private final AtomicBoolean complained = new AtomicBoolean();
    private volatile @Nullable Long cursor;

    private XodusFollowerStore(Path folder, Environment environment, Closeable held) {
        this.folder = folder;
        this.environment = environment;
        this.held = held;
        entries = store("entries");
        meta = store("meta");
        cursor = readCursor();
    }

    /** Opens or creates the store of a folder; any unchecked exception means that it cannot be used. */
    static XodusFollowerStore open(Path folder, boolean sync) {
        return open(folder, XodusEnvironments.open(folder, CACHE_BYTES, sync), () -> {});
    }

    /**
     * Opens the store of a folder without writing a byte; the folder must hold one.
     *
     * @param held closed when the store is
     */
    static XodusFollowerStore openReadOnly(Path folder, Closeable held) {
        return open(folder, XodusEnvironments.openReadOnly(folder, CACHE_BYTES), held);
    }

    private static XodusFollowerStore open(Path folder, Environment environment, Closeable held) {
        try {
            XodusFollowerStore store = new XodusFollowerStore(folder, environment, held);
            store.tryReading();
            return store;
        } catch (RuntimeException e) {
            environment.close();
            throw e;
        }
    }

    private Store store(String name) {
        return environment.computeInTransaction(
                txn -> environment.openStore(name, StoreConfig.WITHOUT_DUPLICATES, txn));
    }

    private void tryReading() {
        int[] left = {TRIED};
        ascend(new byte[0], (key, value) -> --left[0] > 0);
        descend(new byte[] {(byte) 0xff}, (key, value) -> false);
    }

    private @Nullable Long readCursor() {
        return environment.computeInReadonlyTransaction(txn -> {
            ByteIterable stored = meta.get(txn, CURSOR_KEY);
            return stored == null ? null : decodeCursor(stored.getBytesUnsafe(), stored.getLength());
        });
    }

    /** The cursor stands there twice, each with its checksum: everything else can be read without it, but not used. */
    private static ByteIterable encodeCursor(long sequence) {
        ByteBuffer out = ByteBuffer.allocate(2 * CURSOR_LENGTH);
        for (int copy = 0; copy < 2; copy++) {
            int at = out.position();
            out.putLong(sequence);
            out.putInt(checksum(out.array(), at, Long.BYTES));
        }
        return new ArrayByteIterable(out.array());
    }

    private @Nullable Long decodeCursor(byte[] bytes, int length) {
        for (int at = 0; at + CURSOR_LENGTH <= length; at += CURSOR_LENGTH) {
            ByteBuffer in = ByteBuffer.wrap(bytes, at, CURSOR_LENGTH);
            long sequence = in.getLong();
            if (in.getInt() == checksum(bytes, at, Long.BYTES)) {
                return sequence;
            }
        }
        LOG.warn("The store {} does not say any more how far it has followed the lease journal", folder);
        return null;
    }

    /** Whether nothing says how far it has followed: nothing was ever saved, or that is damaged. */
    boolean isFresh() {
        return cursor == null;
    }

    @Override
    public long cursor() {
        Long known = cursor;
        return known == null ? 0 : known;
    }

    @Override
    public void save(long newCursor, List<Entry> changes) {
        environment.executeInExclusiveTransaction(txn -> {
            changes.forEach(change -> write(txn, change));
            meta.put(txn, CURSOR_KEY, encodeCursor(newCursor));
        });
        cursor = newCursor;
    }

    private void write(Transaction txn, Entry change) {
        ByteIterable key = new ArrayByteIterable(change.key());
        byte[] value = change.value();
        if (value == null) {
            entries.delete(txn, key);
        } else {
            entries.put(txn, key, new ArrayByteIterable(encode(change.key(), value)));
        }
    }

    @Override
    public void ascend(byte[] from, Visitor visitor) {
        environment.executeInReadonlyTransaction(txn -> {
            try (Cursor at = entries.openCursor(txn)) {
                boolean there =
                        from.length == 0 ? at.getNext() : at.getSearchKeyRange(new ArrayByteIterable(from)) != null;
                while (there && visit(at, visitor)) {
                    there = at.getNext();
                }
            }
        });
    }

    @Override
    public void descend(byte[] from, Visitor visitor) {
        environment.executeInReadonlyTransaction(txn -> {
            try (Cursor at = entries.openCursor(txn)) {
                boolean there;
                if (at.getSearchKeyRange(new ArrayByteIterable(from)) == null) {
                    there = at.getLast();
                } else {
                    there = Arrays.equals(bytes(at.getKey()), from) || at.getPrev();
                }
                while (there && visit(at, visitor)) {
                    there = at.getPrev();
                }
            }
        });
    }

    private boolean visit(Cursor at, Visitor visitor) {
        byte[] key = bytes(at.getKey());
        byte[] value = decode(key, at.getValue());
        if (value != null) {
            return visitor.entry(key, value);
        }
        if (!complained.getAndSet(true)) {
            LOG.warn(
                    "The entry {} of the store {} is damaged and left out, as will be others that are",
                    HexFormat.of().formatHex(key),
                    folder);
        }
        return true;
    }

    private static byte[] bytes(ByteIterable stored) {
        return Arrays.copyOf(stored.getBytesUnsafe(), stored.getLength());
    }

    private static byte[] encode(byte[] key, byte[] value) {
        byte[] stored = Arrays.copyOf(value, value.length + Integer.BYTES);
        ByteBuffer.wrap(stored).putInt(value.length, checksum(key, value, value.length));
        return stored;
    }

    /** The value of an entry; null when it is damaged or stands under another key than its own. */
    private static byte @Nullable [] decode(byte[] key, ByteIterable stored) {
        int length = stored.getLength() - Integer.BYTES;
        byte[] bytes = stored.getBytesUnsafe();
        if (length < 0 || ByteBuffer.wrap(bytes).getInt(length) != checksum(key, bytes, length)) {
            return null;
        }
        return Arrays.copyOf(bytes, length);
    }

    private static int checksum(byte[] key, byte[] value, int length) {
        CRC32C crc = new CRC32C();
        crc.update(key.length);
        crc.update(key, 0, key.length);
        crc.update(value, 0, length);
        return (int) crc.getValue();
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    @Override
    public void close() {
        try (held) {
            environment.close();
        } catch (IOException e) {
            LOG.debug("The lock of {} was not given free", folder, e);
        }
    }
}
