package io.athena.dhcpd.core.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The file {@code lock}: locked by whoever uses the folder, exclusively for writing, shared for reading. */
final class StoreLock implements Closeable {

    private final @Nullable FileChannel channel;

    private StoreLock(@Nullable FileChannel channel) {
        this.channel = channel;
    }

    /** Locks for writing and leaves the process id for others to read. */
    static StoreLock exclusive(Path dir) throws IOException, StoreException {
        Path file = dir.resolve("lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        acquire(channel, file, false);
        byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
        channel.truncate(0).write(ByteBuffer.wrap(pid), 0);
        return new StoreLock(channel);
    }

    /** Locks for reading without writing a byte; a folder that was never locked needs none. */
    static StoreLock shared(Path dir) throws IOException, StoreException {
        Path file = dir.resolve("lock");
        if (!Files.exists(file)) {
            return new StoreLock(null);
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        acquire(channel, file, true);
        return new StoreLock(channel);
    }

    private static void acquire(FileChannel channel, Path file, boolean shared) throws IOException, StoreException {
        FileLock lock;
        try {
            lock = channel.tryLock(0, Long.MAX_VALUE, shared);
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new StoreException("the lease store " + file.toAbsolutePath().getParent() + " is in use by "
                    + holder(file) + "; stop it first or name another folder in server.lease_db");
        }
    }

    private static String holder(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        return text.matches("[0-9]{1,10}") ? "the process " + text : "another process";
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
