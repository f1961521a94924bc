package io.athena.dhcpd.core.store;

import io.athena.dhcpd.core.journal.DiskFiles;
import io.athena.dhcpd.core.journal.FileJournal;
import io.athena.dhcpd.core.journal.JournalFiles;
import io.athena.dhcpd.core.journal.JournalReplay;
import io.athena.dhcpd.core.journal.LeaseJournal;
import io.athena.dhcpd.core.journal.RecoveredState;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store folder in use: {@code journal/} with the segments, {@code xodus/} with the checkpoint, {@code lock} and
 * {@code version}. Damage never keeps it from opening; it is reported in {@link RecoveredState#findings()}.
 */
public final class LeaseStore implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseStore.class);
    private static final String JOURNAL = "journal";
    private static final String XODUS = "xodus";

    private final Path dir;
    private final StoreSettings settings;
    private final StoreLock lock;
    private final XodusCheckpoint checkpoint;
    private final FileJournal journal;
    private final Checkpointer checkpointer;
    private final RecoveredState recovered;

    private LeaseStore(
            Path dir,
            StoreSettings settings,
            StoreLock lock,
            XodusCheckpoint checkpoint,
            FileJournal journal,
            Checkpointer checkpointer,
            RecoveredState recovered) {
        this.dir = dir;
        this.settings = settings;
        this.lock = lock;
        this.checkpoint = checkpoint;
        this.journal = journal;
        this.checkpointer = checkpointer;
        this.recovered = recovered;
    }

    /**
     * Opens a folder for this process alone, and creates it when it is not there.
     *
     * @throws StoreException when it is in use, of a newer version, no folder, or cannot be read or written; a folder of
     *     a newer version is left untouched
     */
    public static LeaseStore open(Path dir, StoreSettings settings, Meters meters, TimeSource time)
            throws StoreException {
        return open(dir, settings, new DiskFiles(settings.sync()), meters, time);
    }

    static LeaseStore open(Path dir, StoreSettings settings, JournalFiles files, Meters meters, TimeSource time)
            throws StoreException {
        StoreFolder folder = new StoreFolder(dir);
        try {
            folder.create();
            StoreLock lock = StoreLock.exclusive(dir);
            try {
                folder.writeVersion();
                return openLocked(dir, lock, settings, files, meters, time);
            } catch (IOException | StoreException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StoreException("the lease store " + dir + " cannot be opened: " + e, e);
        }
    }

    private static LeaseStore openLocked(
            Path dir, StoreLock lock, StoreSettings settings, JournalFiles files, Meters meters, TimeSource time)
            throws IOException, StoreException {
        StoreReader reader = new StoreReader(time.epochSeconds(), settings.cautionSeconds());
        Path xodus = dir.resolve(XODUS);
        XodusCheckpoint checkpoint = openCheckpoint(xodus, settings, reader);
        boolean usable = reader.read(checkpoint);
        if (!usable) {
            checkpoint.close();
            reader.note("the damaged checkpoint was kept as " + StoreFolder.moveAside(xodus) + ", a new one is made");
            checkpoint = XodusCheckpoint.open(xodus, settings.sync());
        }
        try {
            JournalReplay replay = reader.replay(dir.resolve(JOURNAL));
            RecoveredState recovered = reader.result(replay);
            if (!usable) {
                reader.copyTo(replay.changes());
            }
            FileJournal journal = FileJournal.start(
                    dir.resolve(JOURNAL), settings.journal(), files, replay, settings.followers(), meters, time);
            Checkpointer checkpointer =
                    new Checkpointer(checkpoint, journal, reader.mark(), reader.cautionSince(), settings, meters, time);
            checkpointer.start();
            if (!usable) {
                checkpointer.request();
            }
            return new LeaseStore(dir, settings, lock, checkpoint, journal, checkpointer, recovered);
        } catch (IOException | RuntimeException e) {
            checkpoint.close();
            throw e;
        }
    }

    private static XodusCheckpoint openCheckpoint(Path xodus, StoreSettings settings, StoreReader reader)
            throws IOException {
        try {
            return XodusCheckpoint.open(xodus, settings.sync());
        } catch (RuntimeException e) {
            LOG.warn("The checkpoint {} cannot be opened", xodus, e);
            reader.lost("the checkpoint cannot be opened (" + e + "); it was kept as " + StoreFolder.moveAside(xodus));
            return XodusCheckpoint.open(xodus, settings.sync());
        }
    }

    /** The same as the other, for who does not ask about caution. */
    public static RecoveredState readOnly(Path dir) throws StoreException {
        return readOnly(dir, 0, Long.MAX_VALUE);
    }

    /**
     * Reads a folder that no server uses, without writing a byte.
     *
     * @param now epoch seconds
     * @param cautionSeconds how long a server is in caution after records were found to be lost
     * @throws StoreException when there is none, it is in use, or of a newer version
     */
    public static RecoveredState readOnly(Path dir, long now, long cautionSeconds) throws StoreException {
        StoreFolder folder = new StoreFolder(dir);
        folder.requireExisting();
        try {
            StoreLock lock = StoreLock.shared(dir);
            try {
                return readLocked(dir, new StoreReader(now, cautionSeconds));
            } finally {
                lock.close();
            }
        } catch (IOException e) {
            throw new StoreException("the lease store " + dir + " cannot be read: " + e, e);
        }
    }

    private static RecoveredState readLocked(Path dir, StoreReader reader) throws IOException {
        if (StoreFolder.holdsFiles(dir.resolve(XODUS))) {
            try (XodusCheckpoint checkpoint = XodusCheckpoint.openReadOnly(dir.resolve(XODUS))) {
                reader.read(checkpoint);
            } catch (RuntimeException e) {
                reader.lost("the checkpoint cannot be opened: " + e);
            }
        }
        return reader.result(reader.replay(dir.resolve(JOURNAL)));
    }

    /** Where changes are made durable. */
    public LeaseJournal journal() {
        return journal;
    }

    /** What the folder held when it was opened; each kind of image can be visited once. */
    public RecoveredState recovered() {
        return recovered;
    }

    /** Asks for a checkpoint soon, also when none is due. */
    void requestCheckpoint() {
        checkpointer.request();
    }

    long checkpointsMade() {
        return checkpointer.completed();
    }

    /**
     * Follows the journal behind its writer, on from where the follower's own store says it was. A follower whose store
     * is new begins at the present, and is fresh again at the next opening until it has saved for the first time. Its
     * store stands in the folder of its name; one that cannot be opened is moved aside, with a warning, and a new one
     * begun. Journal segments are kept for it until {@link #unfollow}, also after it was closed.
     *
     * @param name of lower case letters
     * @throws StoreException when not even a new store can be made
     */
    public Follower follow(String name) throws StoreException {
        Path folder = followerFolder(dir, name);
        XodusFollowerStore store = openFollower(folder);
        boolean fresh = store.isFresh();
        return new Follower(store, journal.follow(name, fresh ? journal.synced() : store.cursor()), fresh);
    }

    private XodusFollowerStore openFollower(Path folder) throws StoreException {
        try {
            Files.createDirectories(folder);
            try {
                return XodusFollowerStore.open(folder, settings.sync());
            } catch (RuntimeException e) {
                Path aside = StoreFolder.moveAside(folder);
                LOG.warn("The store {} cannot be opened; it was kept as {}, a new one is begun", folder, aside, e);
                return XodusFollowerStore.open(folder, settings.sync());
            }
        } catch (IOException | RuntimeException e) {
            throw new StoreException("the store " + folder + " cannot be made: " + e, e);
        }
    }

    /** Keeps no journal segments any more for a follower that is closed, or that was expected and will not come. */
    public void unfollow(String name) {
        journal.unfollow(name);
    }

    /**
     * Reads what a follower has kept, in a folder that no server uses, without writing a byte. Nobody can write to the
     * folder until it is closed.
     *
     * @return empty when there never was such a follower
     * @throws StoreException when there is no folder, it is in use, of a newer version, or cannot be read
     */
    public static Optional<FollowerStore> readFollower(Path dir, String name) throws StoreException {
        new StoreFolder(dir).requireExisting();
        Path folder = followerFolder(dir, name);
        try {
            if (!StoreFolder.holdsFiles(folder)) {
                return Optional.empty();
            }
            StoreLock lock = StoreLock.shared(dir);
            try {
                return Optional.of(XodusFollowerStore.openReadOnly(folder, lock));
            } catch (RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            throw new StoreException("the store " + folder + " cannot be read: " + e, e);
        }
    }

    private static Path followerFolder(Path dir, String name) {
        if (!name.matches("[a-z]{1,32}") || name.equals(JOURNAL) || name.equals(XODUS)) {
            throw new IllegalArgumentException("a follower cannot be called " + name);
        }
        return dir.resolve(name);
    }

    /**
     * Makes everything accepted durable, makes a last checkpoint within its time, and gives the folder free.
     * Followers close before.
     */
    @Override
    public void close() {
        journal.close();
        checkpointer.close();
        try {
            checkpoint.close();
            lock.close();
        } catch (IOException | RuntimeException e) {
            LOG.warn("Closing the lease store failed; what was acknowledged is in the journal", e);
        }
    }
}
