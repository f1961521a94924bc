package io.athena.dhcpd.app.migrate;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Options, times and boot fields of one level: everything that a more specific level may override. */
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

    /** The boot fields of the header, by their key. */
    enum Boot {
        NEXT_SERVER("next_server"),
        SNAME("sname"),
        FILE("file");

        private final String key;

        Boot(String key) {
            this.key = key;
        }

        String key() {
            return key;
        }
    }

    private final SortedMap<Integer, ImportedOption> options = new TreeMap<>();
    private final SortedMap<Integer, Place> alwaysSent = new TreeMap<>();
    private final Map<Time, Sourced<Long>> times = new EnumMap<>(Time.class);
    private final Map<Boot, Sourced<String>> boot = new EnumMap<>(Boot.class);
    private final Map<String, SortedMap<Integer, VendorSpaces.Entry>> spaces = new TreeMap<>();
    private @Nullable String vendorSpace;

    void put(ImportedOption option) {
        options.put(option.code(), option);
    }

    void put(Time time, Place place, long seconds) {
        times.put(time, new Sourced<>(place, seconds));
    }

    void put(Boot field, Place place, String text) {
        boot.put(field, new Sourced<>(place, text));
    }

    /** Sets an option of a vendor's space. */
    void put(String space, VendorSpaces.Entry entry) {
        spaces.computeIfAbsent(space, name -> new TreeMap<>())
                .put(entry.option().code(), entry);
    }

    /** Says which space goes out as option 43. */
    void vendorSpace(String space) {
        vendorSpace = space;
    }

    @Nullable
    String vendorSpace() {
        return vendorSpace;
    }

    Map<String, SortedMap<Integer, VendorSpaces.Entry>> spaces() {
        return spaces;
    }

    void alwaysSend(Place place, int code) {
        alwaysSent.put(code, place);
    }

    /** Takes from an outer level whatever this one does not say itself. */
    void inherit(ImportedScope outer) {
        outer.options.forEach(options::putIfAbsent);
        outer.alwaysSent.forEach(alwaysSent::putIfAbsent);
        outer.times.forEach(times::putIfAbsent);
        outer.boot.forEach(boot::putIfAbsent);
        outer.spaces.forEach((space, entries) -> entries.forEach((code, entry) ->
                spaces.computeIfAbsent(space, name -> new TreeMap<>()).putIfAbsent(code, entry)));
        if (vendorSpace == null) {
            vendorSpace = outer.vendorSpace;
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
        return options.isEmpty()
                && times.isEmpty()
                && boot.isEmpty()
                && alwaysSent.isEmpty()
                && spaces.isEmpty()
                && vendorSpace == null;
    }

    Collection<ImportedOption> options() {
        return List.copyOf(options.values());
    }

    Map<Time, Sourced<Long>> times() {
        return Map.copyOf(times);
    }

    Map<Boot, Sourced<String>> boot() {
        return Map.copyOf(boot);
    }

    SortedMap<Integer, Place> alwaysSent() {
        return new TreeMap<>(alwaysSent);
    }

    void drop(Time time) {
        times.remove(time);
    }

    void drop(Boot field) {
        boot.remove(field);
    }

    void drop(int code) {
        options.remove(code);
    }

    void dropAlwaysSent() {
        alwaysSent.clear();
    }
}
