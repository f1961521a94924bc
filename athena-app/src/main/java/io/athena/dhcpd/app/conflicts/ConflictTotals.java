package io.athena.dhcpd.app.conflicts;

import io.athena.dhcpd.app.conflicts.ConflictRow.Status;
import io.athena.dhcpd.core.net.Cidr;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How often addresses were in conflict, by subnet and by whose hardware address.
 *
 * @param subnets in the order of their prefixes
 * @param macs those with most conflicts first
 */
record ConflictTotals(List<OfSubnet> subnets, List<OfMac> macs) {

    /**
     * A subnet.
     *
     * @param subnet its prefix
     * @param withheld addresses that a conflict withholds
     * @param permanent those of them that only a person gives back
     * @param resolved addresses whose conflict is over
     * @param excluded addresses that a person took out
     */
    record OfSubnet(String subnet, long withheld, long permanent, long resolved, long excluded) {}

    /**
     * A hardware address.
     *
     * @param mac who answered, or declined
     * @param addresses how many addresses are known with it
     * @param conflicts how often these were found in use since they were last cleared
     */
    record OfMac(String mac, long addresses, long conflicts) {}

    /** The totals of these rows; those of no subnet and of no known hardware address count nowhere. */
    static ConflictTotals of(List<ConflictRow> rows) {
        Map<Cidr, List<ConflictRow>> bySubnet = rows.stream()
                .filter(row -> row.subnet() != null)
                .collect(Collectors.groupingBy(ConflictRow::subnet, TreeMap::new, Collectors.toList()));
        Map<String, List<ConflictRow>> byMac = rows.stream()
                .filter(row -> row.responderMac() != null)
                .collect(Collectors.groupingBy(
                        row -> String.valueOf(row.responderMac()), TreeMap::new, Collectors.toList()));
        return new ConflictTotals(
                bySubnet.entrySet().stream()
                        .map(each -> subnet(each.getKey().toString(), each.getValue()))
                        .toList(),
                byMac.entrySet().stream()
                        .map(each -> mac(each.getKey(), each.getValue()))
                        .sorted(Comparator.comparingLong(OfMac::conflicts).reversed())
                        .toList());
    }

    private static OfSubnet subnet(String subnet, List<ConflictRow> rows) {
        long permanent = count(rows, Status.PERMANENT);
        return new OfSubnet(
                subnet,
                count(rows, Status.ACTIVE) + permanent,
                permanent,
                count(rows, Status.RESOLVED),
                count(rows, Status.EXCLUDED));
    }

    private static OfMac mac(String mac, List<ConflictRow> rows) {
        return new OfMac(
                mac,
                rows.size(),
                rows.stream().mapToLong(ConflictRow::probeCount).sum());
    }

    private static long count(List<ConflictRow> rows, Status status) {
        return rows.stream().filter(row -> row.status() == status).count();
    }
}
