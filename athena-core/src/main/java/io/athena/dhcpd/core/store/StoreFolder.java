package io.athena.dhcpd.core.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.stream.Stream;

/** The folder itself: that it is one, and of which version. */
record StoreFolder(Path dir) {

    /** The layout that this code reads and writes. */
    private static final int VERSION = 1;

    /** Creates what is missing, after a look at what is there. */
    void create() throws IOException, StoreException {
        requireFolder();
        requireKnownVersion();
        if (!Files.exists(dir)) {
            createPrivate();
        }
        Files.createDirectories(dir.resolve("journal"));
        Files.createDirectories(dir.resolve("xodus"));
        sync(dir);
        Path parent = dir.toAbsolutePath().getParent();
        if (parent != null) {
            sync(parent);
        }
    }

    /** Who is where on the network is nobody's business but the server's; a folder that is there keeps its mode. */
    private void createPrivate() throws IOException {
        Path parent = dir.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.createDirectory(dir, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Refuses a folder that is not there, or that this code cannot read. */
    void requireExisting() throws StoreException {
        requireFolder();
        if (!Files.isDirectory(dir)) {
            throw new StoreException("there is no lease store at " + dir);
        }
        try {
            requireKnownVersion();
        } catch (IOException e) {
            throw new StoreException("the lease store " + dir + " cannot be read: " + e, e);
        }
    }

    private void requireFolder() throws StoreException {
        if (Files.exists(dir) && !Files.isDirectory(dir)) {
            throw new StoreException(dir + " is a file; server.lease_db names a folder");
        }
    }

    private void requireKnownVersion() throws IOException, StoreException {
        if (!Files.exists(versionFile())) {
            return;
        }
        String text =
                Files.readString(versionFile(), StandardCharsets.ISO_8859_1).strip();
        if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) > VERSION) {
            throw new StoreException(
                    "the lease store " + dir + " was written by a newer version of this server (layout " + text
                            + ", this one knows up to " + VERSION + "); it was left untouched");
        }
    }

    /** Writes the version where it is missing or unreadable. */
    void writeVersion() throws IOException {
        byte[] text = (VERSION + "\n").getBytes(StandardCharsets.US_ASCII);
        if (Files.exists(versionFile()) && Arrays.equals(Files.readAllBytes(versionFile()), text)) {
            return;
        }
        Path fresh = dir.resolve("version.new");
        Files.write(fresh, text);
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(fresh, versionFile(), StandardCopyOption.ATOMIC_MOVE);
        sync(dir);
    }

    private Path versionFile() {
        return dir.resolve("version");
    }

    /** Renames a folder to a name that is free, and returns that name. */
    static Path moveAside(Path folder) throws IOException {
        Path aside;
        int number = 1;
        do {
            aside = folder.resolveSibling(folder.getFileName() + ".damaged-" + number++);
        } while (Files.exists(aside));
        Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
        Files.createDirectories(folder);
        return aside;
    }

    static boolean holdsFiles(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isPresent();
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
