package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The files of other servers: one character a byte, since none of them says which character set it is in. */
final class SourceText {

    private SourceText() {}

    /** The whole file. @throws CommandFailure when it cannot be read, is empty or is no text */
    static String read(Path file) throws CommandFailure {
        String text = readAny(file);
        if (text.isBlank()) {
            throw new Place(file, 0).broken("is empty.");
        }
        return text;
    }

    /** The whole file, which may be empty. @throws CommandFailure when it cannot be read or is no text */
    static String readAny(Path file) throws CommandFailure {
        String text = bytes(file);
        int line = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line++;
            } else if (c < ' ' && c != '\t' && c != '\r' && c != '\f' || c == 0x7f) {
                throw new Place(file, line)
                        .broken(String.format("holds the byte 0x%02x, so this is no text file.", (int) c));
            }
        }
        return text;
    }

    /** Text of one character a byte as what it was meant to be. */
    static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** The file that an include names: as written, else of the same name beside the file that includes it. */
    static Path included(Place place, String name) throws CommandFailure {
        Path written = Path.of(name);
        Path beside = place.file().resolveSibling(written);
        Path last = written.getFileName();
        Path copied = last == null ? beside : place.file().resolveSibling(last);
        for (Path candidate : new Path[] {written.isAbsolute() ? written : beside, beside, copied}) {
            if (Files.exists(candidate)) {
                return candidate;
            }
        }
        throw place.broken("includes " + name + ", which is not there; copy it beside " + place.file() + ".");
    }

    private static String bytes(Path file) throws CommandFailure {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new CommandFailure(ExitCode.FAILED, file + " does not exist. Nothing was written.", e);
        } catch (AccessDeniedException e) {
            throw new CommandFailure(ExitCode.FAILED, file + " may not be read by this user. Nothing was written.", e);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, file + " cannot be read: " + e + " Nothing was written.", e);
        }
    }
}
