package io.athena.dhcpd.core.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The segment in use: frames are written one after the other. Only the journal thread touches it. */
final class Segment implements Closeable {

    private final Path path;
    private final SegmentHeader header;
    private final JournalFiles.SegmentFile file;
    private final int salt;
    private int position = SegmentHeader.BYTES;

    Segment(Path path, SegmentHeader header, JournalFiles.SegmentFile file) {
        this.path = path;
        this.header = header;
        this.file = file;
        this.salt = Frame.salt(header.generation());
    }

    /** Writes whole frames and waits until they are on stable storage. */
    void commit(ByteBuffer frames) throws IOException {
        int length = frames.remaining();
        file.write(frames, position);
        file.sync();
        position += length;
    }

    /** Writes a frame that the next commit overwrites; nobody waits for it. */
    void mark(ByteBuffer frame) throws IOException {
        if (frame.remaining() <= remaining()) {
            file.write(frame, position);
        }
    }

    void sync() throws IOException {
        file.sync();
    }

    int remaining() {
        return header.size() - position;
    }

    int salt() {
        return salt;
    }

    SegmentHeader header() {
        return header;
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
