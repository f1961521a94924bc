package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.HexText;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the lease file of dnsmasq: expiry, MAC, address, name and client identifier on each line. */
final class DnsmasqLeases {

    private DnsmasqLeases() {}

    /** Adds the leases of the file. @throws CommandFailure when it cannot be read or is broken */
    static void read(Path file, ImportedNetwork network) throws CommandFailure {
        int number = 0;
        for (String line : SourceText.utf8(SourceText.read(file)).lines().toList()) {
            number++;
            if (line.startsWith("duid ")) {
                return;
            }
            if (!line.isBlank()) {
                network.leases()
                        .bound(lease(new Place(file, number), line.strip().split(" +")));
            }
        }
    }

    private static ImportedLease lease(Place place, String[] fields) throws CommandFailure {
        if (fields.length != 5 || !fields[0].matches("[0-9]{1,10}")) {
            throw place.broken("is no lease: expected expiry, MAC, address, name and client identifier.");
        }
        try {
            long expiry = Long.parseLong(fields[0]);
            return new ImportedLease(
                    place,
                    Ipv4.parse(fields[2]),
                    mac(fields[1]),
                    fields[4].equals("*") ? null : HexText.parseIdentifier(fields[4]),
                    fields[3].equals("*") ? null : fields[3],
                    null,
                    expiry == 0 ? Lease.FOREVER : Math.min(expiry, Lease.FOREVER));
        } catch (IllegalArgumentException e) {
            throw place.broken(e.getMessage() + ".");
        }
    }

    /** Hardware of another type than Ethernet has it in front: {@code 20-00:11:...}, in hex. */
    private static @Nullable MacAddress mac(String text) {
        int dash = text.indexOf('-');
        int type = dash < 0 ? MacAddress.ETHERNET : Integer.parseInt(text.substring(0, dash), 16);
        String octets = text.substring(dash + 1);
        return octets.isEmpty() || octets.equals("*") ? null : MacAddress.of(type, IscFormat.octets(octets));
    }
}
