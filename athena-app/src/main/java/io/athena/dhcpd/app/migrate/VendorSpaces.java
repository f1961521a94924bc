package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.core.option.OptionType;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts the options of vendors' spaces into option 43 (RFC 2132 section 8.4). Both servers that have such spaces send all
 * that is set for a client, at whatever level; here option 43 is one value, so each level gets what is around it too.
 */
final class VendorSpaces {

    private static final int VENDOR_SPECIFIC = 43;
    private static final int MAX_VALUE = 255;

    /**
     * An option of a space.
     *
     * @param name what the file calls it
     * @param option its code in the space, and its value
     */
    record Entry(String name, ImportedOption option) {}

    private final Findings findings;

    private VendorSpaces(Findings findings) {
        this.findings = findings;
    }

    static void settle(ImportedNetwork network) {
        VendorSpaces spaces = new VendorSpaces(network.findings());
        ImportedScope defaults = network.defaults();
        network.classes().forEach(each -> spaces.settle(each.scope(), List.of(defaults)));
        for (ImportedSubnet subnet : network.subnets()) {
            List<ImportedScope> around = List.of(subnet.scope(), defaults);
            subnet.pools().forEach(pool -> spaces.settle(pool.scope(), around));
            subnet.reservations().forEach(reservation -> spaces.settle(reservation.scope(), around));
            spaces.settle(subnet.scope(), List.of(defaults));
        }
        spaces.settle(defaults, List.of());
    }

    private void settle(ImportedScope scope, List<ImportedScope> around) {
        String chosen = chosen(scope, around);
        scope.spaces().forEach((space, entries) -> {
            if (!space.equals(chosen)) {
                entries.values().forEach(this::tell);
            }
        });
        boolean own =
                chosen != null && (scope.vendorSpace() != null || scope.spaces().containsKey(chosen));
        if (own && !scope.has(VENDOR_SPECIFIC)) {
            SortedMap<Integer, Entry> all = new TreeMap<>();
            List<ImportedScope> outermostFirst = new ArrayList<>(around);
            Collections.reverse(outermostFirst);
            outermostFirst.forEach(
                    outer -> all.putAll(outer.spaces().getOrDefault(chosen, Collections.emptySortedMap())));
            all.putAll(scope.spaces().getOrDefault(chosen, Collections.emptySortedMap()));
            pack(scope, all);
        }
    }

    private static @Nullable String chosen(ImportedScope scope, List<ImportedScope> around) {
        if (scope.vendorSpace() != null) {
            return scope.vendorSpace();
        }
        return around.stream()
                .map(ImportedScope::vendorSpace)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private void pack(ImportedScope scope, SortedMap<Integer, Entry> entries) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (Entry entry : entries.values()) {
            byte[] value = entry.option().bytes();
            if (value.length > MAX_VALUE) {
                findings.add(
                        entry.option().place(),
                        "option " + entry.name() + " has " + value.length + " bytes; there is room for " + MAX_VALUE);
                continue;
            }
            packed.write(entry.option().code());
            packed.write(value.length);
            packed.writeBytes(value);
        }
        if (packed.size() > 0) {
            Place place = entries.values().iterator().next().option().place();
            scope.put(new ImportedOption(place, VENDOR_SPECIFIC, OptionType.HEX, packed.toByteArray()));
        }
    }

    private void tell(Entry entry) {
        findings.add(
                entry.option().place(),
                "option " + entry.name() + " belongs to a vendor's space; write the whole option as tables or in hex"
                        + " (vendor_specific, vi_vendor_specific)");
    }
}
