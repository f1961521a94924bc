package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.core.net.Ipv4;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Options and times of one level: everything that a more specific level may override. */
final class ImportedScope {

    /** The times of a lease, by their key. */
    enum Time {
        LEASE("lease_time"),
        RENEWAL("renewal_time"),
        REBIND("rebind_time");

        private final String key;

        Time(String key) {
            this.key = key;
        }

        String key() {
            return key;
        }
    }

    private final SortedMap<Integer, ImportedOption> options = new TreeMap<>();
    private final SortedMap<Integer, Place> alwaysSent = new TreeMap<>();
    private final Map<Time, Sourced<Long>> times = new EnumMap<>(Time.class);
    private @Nullable Sourced<Ipv4> nextServer;

    void put(ImportedOption option) {
        options.put(option.code(), option);
    }

    void put(Time time, Place place, long seconds) {
        times.put(time, new Sourced<>(place, seconds));
    }

    void nextServer(@Nullable Sourced<Ipv4> address) {
        nextServer = address;
    }

    @Nullable
    Sourced<Ipv4> nextServer() {
        return nextServer;
    }

    void alwaysSend(Place place, int code) {
        alwaysSent.put(code, place);
    }

    /** Takes from an outer level whatever this one does not say itself. */
    void inherit(ImportedScope outer) {
        outer.options.forEach(options::putIfAbsent);
        outer.alwaysSent.forEach(alwaysSent::putIfAbsent);
        outer.times.forEach(times::putIfAbsent);
        if (nextServer == null) {
            nextServer = outer.nextServer;
        }
    }

    ImportedScope copy() {
        ImportedScope copy = new ImportedScope();
        copy.inherit(this);
        return copy;
    }

    boolean has(int code) {
        return options.containsKey(code);
    }

    boolean isEmpty() {
        return options.isEmpty() && times.isEmpty() && nextServer == null && alwaysSent.isEmpty();
    }

    Collection<ImportedOption> options() {
        return List.copyOf(options.values());
    }

    Map<Time, Sourced<Long>> times() {
        return Map.copyOf(times);
    }

    SortedMap<Integer, Place> alwaysSent() {
        return new TreeMap<>(alwaysSent);
    }

    void drop(Time time) {
        times.remove(time);
    }

    void drop(int code) {
        options.remove(code);
    }

    void dropAlwaysSent() {
        alwaysSent.clear();
    }
}
