package io.athena.dhcpd.app.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file that names this process while it serves; failing to write it stops nobody. */
final class PidFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PidFile.class);

    private final @Nullable Path path;

    /** @param path null when none is wanted */
    PidFile(@Nullable Path path) {
        this.path = path;
    }

    void write() {
        if (path != null) {
            try {
                Files.writeString(path, ProcessHandle.current().pid() + "\n");
            } catch (IOException e) {
                LOG.warn("server.pid_file {} cannot be written: {}", path, e.toString());
            }
        }
    }

    @Override
    public void close() {
        if (path != null) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                LOG.warn("server.pid_file {} cannot be removed: {}", path, e.toString());
            }
        }
    }
}
