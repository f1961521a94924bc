package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the lease file of Kea's memfile backend, in which later lines replace earlier ones. */
final class KeaLeases {

    private static final String DECLINED = "1";
    private static final String IN_USE = "0";

    private final ImportedNetwork network;
    private final Path file;
    private final List<String> columns;

    private KeaLeases(ImportedNetwork network, Path file, List<String> columns) {
        this.network = network;
        this.file = file;
        this.columns = columns;
    }

    /** Adds the leases of the file. @throws CommandFailure when it cannot be read or is broken */
    static void read(Path file, ImportedNetwork network) throws CommandFailure {
        List<String> lines = SourceText.utf8(SourceText.read(file)).lines().toList();
        List<String> columns = Arrays.asList(lines.get(0).strip().split(","));
        KeaLeases reader = new KeaLeases(network, file, columns);
        for (String needed : List.of("address", "hwaddr", "client_id", "valid_lifetime", "expire")) {
            if (!columns.contains(needed)) {
                throw new Place(file, 1).broken("the first line names no column '" + needed + "'.");
            }
        }
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                reader.row(new Place(file, i + 1), lines.get(i).strip().split(",", -1));
            }
        }
        reader.tellOlderFiles();
    }

    private void row(Place place, String[] fields) throws CommandFailure {
        if (fields.length < columns.size()) {
            throw place.broken("has " + fields.length + " fields where the first line names " + columns.size() + ".");
        }
        try {
            Ipv4 ip = Ipv4.parse(field(fields, "address"));
            long lifetime = Long.parseLong(field(fields, "valid_lifetime"));
            String state = field(fields, "state");
            if (state.equals(DECLINED)) {
                network.leases().declined(place, ip);
            } else if (lifetime == 0 || !(state.isEmpty() || state.equals(IN_USE))) {
                network.leases().ended(ip);
            } else {
                network.leases().bound(lease(place, ip, lifetime, fields));
            }
        } catch (IllegalArgumentException e) {
            throw place.broken(e.getMessage() + ".");
        }
    }

    private ImportedLease lease(Place place, Ipv4 ip, long lifetime, String[] fields) {
        long expiry = Long.parseLong(field(fields, "expire"));
        String mac = field(fields, "hwaddr");
        String clientId = field(fields, "client_id");
        return new ImportedLease(
                place,
                ip,
                mac.isEmpty() ? null : MacAddress.of(MacAddress.ETHERNET, KeaOptions.identifier(mac)),
                clientId.isEmpty() ? null : KeaOptions.identifier(clientId),
                hostname(field(fields, "hostname")),
                lifetime == Lease.FOREVER ? null : Long.valueOf(Math.max(0, expiry - lifetime)),
                lifetime == Lease.FOREVER ? Lease.FOREVER : Math.max(0, Math.min(expiry, Lease.FOREVER)));
    }

    /** Kea writes commas as {@code &#x2c}, and names with the dot at the end. */
    private static @Nullable String hostname(String text) {
        String name = text.replace("&#x2c", ",");
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return bare.isEmpty() ? null : bare;
    }

    /** A column that the file lacks is empty; the state came later than the rest. */
    private String field(String[] fields, String column) {
        int index = columns.indexOf(column);
        return index < 0 ? "" : fields[index].strip();
    }

    /** While Kea tidies up, some of the leases stand in other files. */
    private void tellOlderFiles() {
        for (String ending : List.of(".1", ".2", ".completed", ".output")) {
            Path other = file.resolveSibling(file.getFileName() + ending);
            if (Files.exists(other)) {
                network.findings()
                        .add(
                                new Place(other, 0),
                                "holds older leases that Kea has not merged yet; stop Kea, run its kea-lfc, and import"
                                        + " again");
            }
        }
    }
}
