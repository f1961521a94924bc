package io.athena.dhcpd.events.hook;

import org.jspecify.annotations.Nullable;

/**
 * How a hook fares.
 *
 * @param name its name in the configuration
 * @param kind {@code script} or {@code webhook}
 * @param lastRun when it last ended a run, epoch seconds; 0 for never
 * @param succeeded runs that did
 * @param failed runs that did not, after all attempts
 * @param dropped events that it lost because it was too slow
 * @param waiting events that wait for it
 * @param lastError what was wrong with the run that failed last; null when none did
 */
public record HookStatus(
        String name,
        String kind,
        long lastRun,
        long succeeded,
        long failed,
        long dropped,
        long waiting,
        @Nullable String lastError) {}
