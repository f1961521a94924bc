package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files that the import writes: each complete or not there at all. */
final class OutputFiles {

    private final boolean overwrite;
    private final Map<Path, String> texts = new LinkedHashMap<>();

    OutputFiles(boolean overwrite) {
        this.overwrite = overwrite;
    }

    /** @throws CommandFailure when a file is there already and may not be replaced */
    void refuseToOverwrite(Path file) throws CommandFailure {
        if (Files.exists(file) && !overwrite) {
            throw new CommandFailure(
                    ExitCode.FAILED, file + " is there already. Name another file, or replace it with --force.");
        }
    }

    void add(Path file, String text) {
        texts.put(file, text);
    }

    /** Writes all of them beside their places first, so that a full disk leaves nothing half done. */
    void write() throws CommandFailure {
        Map<Path, Path> written = new LinkedHashMap<>();
        try {
            for (Map.Entry<Path, String> each : texts.entrySet()) {
                refuseToOverwrite(each.getKey());
                Path file = each.getKey().toAbsolutePath();
                Path temporary = file.resolveSibling(file.getFileName() + ".new");
                written.put(temporary, file);
                Files.writeString(temporary, each.getValue());
            }
            for (Map.Entry<Path, Path> each : written.entrySet()) {
                Files.move(each.getKey(), each.getValue(), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "The import cannot be written: " + e, e);
        } finally {
            written.keySet().forEach(OutputFiles::remove);
        }
    }

    private static void remove(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // A file that could be written and not moved is told of by the failure that is under way.
            temporary.toFile().deleteOnExit();
        }
    }
}
