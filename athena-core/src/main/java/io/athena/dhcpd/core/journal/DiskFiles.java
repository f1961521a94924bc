package io.athena.dhcpd.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The disk.
 *
 * @param durable whether syncs take place; false only to show that tests notice when they do not
 */
public record DiskFiles(boolean durable) implements JournalFiles {

    private static final int FILL = 1 << 16;

    @Override
    public void create(Path path, int size) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocateDirect(FILL);
            for (int at = 0; at < size; at += FILL) {
                writeAll(channel, zeros.clear().limit(Math.min(FILL, size - at)), at);
            }
            if (durable) {
                channel.force(true);
            }
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    @Override
    public SegmentFile open(Path path) throws IOException {
        return new OpenFile(FileChannel.open(path, StandardOpenOption.WRITE), durable);
    }

    @Override
    public SegmentBytes openToRead(Path path) throws IOException {
        return new ReadFile(FileChannel.open(path, StandardOpenOption.READ));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        if (durable) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    private record ReadFile(FileChannel channel) implements SegmentBytes {

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return channel.read(into, position);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private record OpenFile(FileChannel channel, boolean durable) implements SegmentFile {

        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            writeAll(channel, bytes, position);
        }

        @Override
        public void sync() throws IOException {
            if (durable) {
                channel.force(false);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
