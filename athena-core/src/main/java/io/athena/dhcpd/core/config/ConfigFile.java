package io.athena.dhcpd.core.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Gets the text of a configuration file, or says why there is none. */
final class ConfigFile {

    private static final int MAX_BYTES = 4 << 20;

    private ConfigFile() {}

    /** The text, or null after a problem was added. Never takes more than a little over 4 MiB of a file. */
    static @Nullable String read(Path file, Problems problems) {
        try {
            if (Files.isDirectory(file)) {
                return refuse(problems, file + " is a folder", "name the file in it");
            }
            byte[] bytes;
            try (InputStream in = Files.newInputStream(file)) {
                bytes = in.readNBytes(MAX_BYTES + 1);
            }
            if (bytes.length > MAX_BYTES) {
                return refuse(problems, file + " is larger than 4 MiB", "is it a configuration file?");
            }
            String text = decode(bytes, problems, file);
            return text != null && text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            return refuse(problems, file + " does not exist", "create it or name another one");
        } catch (AccessDeniedException e) {
            return refuse(problems, file + " may not be read by this user", "give read permission");
        } catch (IOException e) {
            return refuse(problems, file + " cannot be read: " + e.getMessage(), "check the file system");
        }
    }

    private static @Nullable String decode(byte[] bytes, Problems problems, Path file) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(in).toString();
        } catch (CharacterCodingException e) {
            int line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            problems.error("", line, file + " is not UTF-8 text here", "save it as UTF-8");
            return null;
        }
    }

    private static @Nullable String refuse(Problems problems, String text, String cure) {
        problems.error("", 0, text, cure);
        return null;
    }
}
