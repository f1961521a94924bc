package io.athena.dhcpd.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** The disk, until a test says that it fails, is full or hangs. */
public final class FaultyFiles implements JournalFiles {

    private final JournalFiles disk = new DiskFiles(true);
    private final AtomicInteger writesToFail = new AtomicInteger();
    private final AtomicInteger syncsToFail = new AtomicInteger();
    private final AtomicInteger syncs = new AtomicInteger();
    private final Semaphore syncGate = new Semaphore(1);
    private final AtomicInteger readsToFail = new AtomicInteger();
    private volatile boolean full;
    private volatile long badFrom = Long.MAX_VALUE;
    private volatile long badTo;

    /** The next writes of records into a segment fail halfway. */
    public void failWrites(int count) {
        writesToFail.set(count);
    }

    /** The next syncs of a segment fail. */
    public void failSyncs(int count) {
        syncsToFail.set(count);
    }

    /** The next readings of a segment fail. */
    public void failReads(int count) {
        readsToFail.set(count);
    }

    /** Readings that touch these bytes of a segment fail for good. */
    public void spoil(long from, long to) {
        badFrom = from;
        badTo = to;
    }

    /** No new file can be made while the disk is full. */
    public void setFull(boolean full) {
        this.full = full;
    }

    /** Syncs hang until {@link #releaseSyncs}. */
    public void holdSyncs() {
        syncGate.acquireUninterruptibly();
    }

    public void releaseSyncs() {
        syncGate.release();
    }

    /** How many syncs of segments took place or failed. */
    public int syncs() {
        return syncs.get();
    }

    @Override
    public void create(Path path, int size) throws IOException {
        if (full) {
            throw new IOException("No space left on device");
        }
        disk.create(path, size);
    }

    @Override
    public SegmentFile open(Path path) throws IOException {
        return new FaultyFile(disk.open(path));
    }

    @Override
    public SegmentBytes openToRead(Path path) throws IOException {
        return new FaultyBytes(disk.openToRead(path));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        disk.delete(path);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        disk.syncFolder(folder);
    }

    private static boolean takeOne(AtomicInteger left) {
        return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }

    private final class FaultyBytes implements SegmentBytes {

        private final SegmentBytes file;

        FaultyBytes(SegmentBytes file) {
            this.file = file;
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            boolean spoilt = position < badTo && position + into.remaining() > badFrom;
            if (spoilt || takeOne(readsToFail)) {
                throw new IOException("Input/output error");
            }
            return file.read(into, position);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    private final class FaultyFile implements SegmentFile {

        private final SegmentFile file;

        FaultyFile(SegmentFile file) {
            this.file = file;
        }

        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            // A mark is nothing but a header, and nobody is promised anything by it.
            boolean holdsRecords = bytes.remaining() > Frame.HEADER;
            if (holdsRecords && takeOne(writesToFail)) {
                file.write(bytes.slice(bytes.position(), bytes.remaining() / 2), position);
                throw new IOException("Input/output error");
            }
            file.write(bytes, position);
        }

        @Override
        public void sync() throws IOException {
            syncs.incrementAndGet();
            syncGate.acquireUninterruptibly();
            syncGate.release();
            if (takeOne(syncsToFail)) {
                throw new IOException("Input/output error");
            }
            file.sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
