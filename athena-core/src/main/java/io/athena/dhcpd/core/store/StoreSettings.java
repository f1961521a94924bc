package io.athena.dhcpd.core.store;

import io.athena.dhcpd.core.journal.JournalSettings;
import java.util.Set;

/**
 * How the store uses memory, disk and time.
 *
 * @param journal the journal's share
 * @param checkpointSegments full journal segments that bring on a checkpoint
 * @param idleSeconds a server without a commit for so long makes a checkpoint of what is left
 * @param closeSeconds longest time for the last checkpoint; what it leaves is replayed at the next start
 * @param cautionSeconds how long the store reports caution after records were lost; not shorter than the longest lease
 * @param followers those who will follow the journal: nothing is reused before each has come or was called off
 * @param sync whether syncs take place; false only to show that tests notice when they do not
 */
public record StoreSettings(
        JournalSettings journal,
        int checkpointSegments,
        int idleSeconds,
        int closeSeconds,
        long cautionSeconds,
        Set<String> followers,
        boolean sync) {

    /** What a server uses whose longest lease is a day. */
    public static final StoreSettings DEFAULT =
            new StoreSettings(JournalSettings.DEFAULT, 4, 30, 5, 24 * 60 * 60L, Set.of(), true);

    public StoreSettings {
        followers = Set.copyOf(followers);
    }

    /** These settings for a server whose longest lease is so long. */
    public StoreSettings withCautionSeconds(long seconds) {
        return new StoreSettings(journal, checkpointSegments, idleSeconds, closeSeconds, seconds, followers, sync);
    }

    /** These settings with followers who will come, {@link LeaseStore#follow}, or be called off, {@link LeaseStore#unfollow}. */
    public StoreSettings withFollowers(Set<String> names) {
        return new StoreSettings(journal, checkpointSegments, idleSeconds, closeSeconds, cautionSeconds, names, sync);
    }

    /** These settings for a short visit by a tool: it keeps every segment, since it knows no followers who may need them. */
    public StoreSettings keepingSegments() {
        return withFollowers(Set.of("visitor"));
    }

    /** These settings with syncs switched off: acknowledged leases do not survive a loss of power. */
    public StoreSettings withoutSync() {
        return new StoreSettings(
                journal, checkpointSegments, idleSeconds, closeSeconds, cautionSeconds, followers, false);
    }

    /** These settings with a checkpoint for every journal segment of so many bytes, and after each idle second. */
    public StoreSettings withCheckpointEvery(int segmentBytes) {
        JournalSettings small =
                new JournalSettings(segmentBytes, journal.queueCapacity(), journal.spares(), journal.retryNanos());
        return new StoreSettings(small, 1, 1, closeSeconds, cautionSeconds, followers, sync);
    }
}
