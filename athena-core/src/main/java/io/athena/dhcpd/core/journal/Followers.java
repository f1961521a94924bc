package io.athena.dhcpd.core.journal;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who reads the journal behind its writer, and how far each needs it no more. One that is expected and has not come yet
 * needs everything, or what it has not read could be gone before it begins. May be used by any thread.
 */
final class Followers {

    private final Map<String, Long> released = new ConcurrentHashMap<>();

    /** @param expected those who are known to come */
    Followers(Set<String> expected) {
        expected.forEach(name -> released.put(name, 0L));
    }

    /** Everything after this sequence is kept for a follower. */
    void hold(String name, long upTo) {
        released.put(name, upTo);
    }

    /** A follower needs nothing up to this sequence; without effect for one that was dropped. */
    void release(String name, long upTo) {
        released.computeIfPresent(name, (n, before) -> Math.max(before, upTo));
    }

    /** Nothing is kept for a follower. */
    void drop(String name) {
        released.remove(name);
    }

    /** The sequence up to which nobody needs the journal. */
    long released() {
        Collection<Long> all = released.values();
        return all.stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    }

    /** Those who need records up to this sequence, in order of their names. */
    List<String> waitingFor(long upTo) {
        return released.entrySet().stream()
                .filter(follower -> follower.getValue() < upTo)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
