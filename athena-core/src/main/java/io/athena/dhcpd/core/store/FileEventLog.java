package io.athena.dhcpd.core.store;

import io.athena.dhcpd.core.event.EventLog;
import io.athena.dhcpd.core.event.EventType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ring of files in the store folder, {@code events/}, each named by the id of its first event. The oldest file goes
 * when the others hold enough. Nothing is synced: the log outlives the process, and may lack its last seconds after a
 * loss of power. It writes by {@link RandomAccessFile}, which an interrupt does not close.
 */
public final class FileEventLog implements EventLog, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileEventLog.class);

    private static final String FOLDER = "events";
    /** As {@code Long} has them: up to 19 digits, beginning with 0 to 8. */
    private static final String NAME = "[0-8][0-9]{18}\\.log";

    private static final int FILES = 4;
    private static final long MOST_BYTES = 4L << 20;

    private final Path folder;
    private final int size;
    private final Deque<Long> firstIds = new ArrayDeque<>();
    private RandomAccessFile file;
    private long next;

    private FileEventLog(Path folder, int size) throws IOException {
        this.folder = folder;
        this.size = size;
        try (Stream<Path> files = Files.list(folder)) {
            files.map(path -> path.getFileName().toString())
                    .filter(name -> name.matches(NAME))
                    .map(name -> Long.parseLong(name.substring(0, 19)))
                    .sorted()
                    .forEach(firstIds::add);
        }
        if (firstIds.isEmpty()) {
            firstIds.add(1L);
        }
        next = firstIds.getLast();
        file = new RandomAccessFile(path(next).toFile(), "rw");
        cutTornTail();
        trim();
    }

    /**
     * Opens the log of a store folder that this process holds.
     *
     * @param size how many events are kept at least, once so many have happened
     */
    public static FileEventLog open(Path storeFolder, int size) throws IOException {
        Path folder = storeFolder.resolve(FOLDER);
        Files.createDirectories(folder);
        return new FileEventLog(folder, size);
    }

    @Override
    public synchronized void append(List<Entry> entries) throws IOException {
        if (entries.isEmpty()) {
            return;
        }
        if (next - firstIds.getLast() >= Math.max(1, size / FILES) || file.length() >= MOST_BYTES) {
            startFile();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long id = next;
        for (Entry entry : entries) {
            bytes.writeBytes(EventRecord.encode(id++, entry));
        }
        long end = file.length();
        try {
            file.seek(end);
            file.write(bytes.toByteArray());
            next = id;
        } catch (IOException e) {
            // Half a record would hide every later one.
            file.setLength(end);
            throw e;
        }
        trim();
    }

    @Override
    public synchronized List<Kept> newest(int limit, Set<EventType> types, long before) throws IOException {
        List<Kept> found = new ArrayList<>();
        Iterator<Long> files = firstIds.descendingIterator();
        long oldest = next - size;
        while (files.hasNext() && found.size() < limit) {
            long first = files.next();
            if (first < before) {
                List<Kept> kept = read(path(first));
                for (int i = kept.size() - 1; i >= 0 && found.size() < limit; i--) {
                    Kept each = kept.get(i);
                    if (each.id() < before
                            && each.id() >= oldest
                            && types.contains(each.entry().type())) {
                        found.add(each);
                    }
                }
            }
        }
        return found;
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }

    private void startFile() throws IOException {
        RandomAccessFile fresh = new RandomAccessFile(path(next).toFile(), "rw");
        file.close();
        file = fresh;
        firstIds.add(next);
    }

    private void trim() throws IOException {
        while (firstIds.size() > 1 && next - second() >= size) {
            Files.deleteIfExists(path(firstIds.removeFirst()));
        }
    }

    private long second() {
        Iterator<Long> files = firstIds.iterator();
        files.next();
        return files.next();
    }

    private void cutTornTail() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path(next)));
        int end = 0;
        for (Kept kept = EventRecord.decode(bytes); kept != null; kept = EventRecord.decode(bytes)) {
            next = kept.id() + 1;
            end = bytes.position();
        }
        if (end < bytes.limit()) {
            LOG.info(
                    "{} ends in the middle of an event; {} bytes are cut off",
                    path(firstIds.getLast()),
                    bytes.limit() - end);
            file.setLength(end);
        }
    }

    private static List<Kept> read(Path path) throws IOException {
        List<Kept> all = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
        for (Kept kept = EventRecord.decode(bytes); kept != null; kept = EventRecord.decode(bytes)) {
            all.add(kept);
        }
        return all;
    }

    private Path path(long firstId) {
        return folder.resolve(String.format("%019d.log", firstId));
    }
}
