package io.athena.dhcpd.core.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * What the journal asks of the file system. Implementations MUST report every failure as an IOException, and after
 * {@link SegmentFile#sync} and {@link #syncFolder} what was done before MUST survive a loss of power.
 */
public interface JournalFiles {

    /** A file of fixed size that is written in place. */
    interface SegmentFile extends Closeable {

        /** Writes all remaining bytes at a position; they may be lost until {@link #sync}. */
        void write(ByteBuffer bytes, long position) throws IOException;

        /** Returns when everything written is on stable storage. */
        void sync() throws IOException;
    }

    /** Creates a file of {@code size} zero bytes, with its blocks allocated, on stable storage; leaves none behind on failure. */
    void create(Path path, int size) throws IOException;

    /** Opens an existing file for writing. */
    SegmentFile open(Path path) throws IOException;

    /** A file that is read at any place, also while it is written. */
    interface SegmentBytes extends Closeable {

        /** Reads some of the bytes from a position on; answers how many, less than 0 at the end of the file. */
        int read(ByteBuffer into, long position) throws IOException;
    }

    /** Opens an existing file for reading; {@link java.nio.file.NoSuchFileException} when there is none. */
    SegmentBytes openToRead(Path path) throws IOException;

    /** Renames a file within its folder, in place of one that is there. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file; none being there is fine. */
    void delete(Path path) throws IOException;

    /** Returns when the entries of a folder are on stable storage. */
    void syncFolder(Path folder) throws IOException;
}
