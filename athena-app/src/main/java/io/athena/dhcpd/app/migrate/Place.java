package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ExitCode;
import java.nio.file.Path;

/** Where something stands in the files that are read; {@code line} counts from 1, 0 is the file as a whole. */
record Place(Path file, int line) {

    /** Ends the import: the file is broken here. */
    CommandFailure broken(String text) {
        return new CommandFailure(ExitCode.FAILED, this + ": " + text + " Nothing was written.");
    }

    @Override
    public String toString() {
        return line == 0 ? file.toString() : file + ":" + line;
    }
}
