package io.athena.dhcpd.app.load;

import io.athena.dhcpd.core.net.Ipv4;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what {@code leases --format csv} printed. */
final class LeaseList {

    record Row(String mac, String state, long expiry) {
        boolean active() {
            return state.equals("active");
        }
    }

    private LeaseList() {}

    /** The rows by address. @throws IOException also when a line is no row, or an address has two */
    static Map<Ipv4, Row> read(Path csv) throws IOException {
        List<String> lines = Files.readAllLines(csv);
        if (lines.isEmpty()) {
            throw new IOException(csv + " is empty: the list of leases was not written");
        }
        List<String> columns = List.of(lines.get(0).split(","));
        Map<Ipv4, Row> rows = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            if (fields.length != columns.size()) {
                throw new IOException(csv + " has a line that is no row: " + line);
            }
            Row row = new Row(
                    fields[columns.indexOf("mac")],
                    fields[columns.indexOf("state")],
                    Long.parseLong(fields[columns.indexOf("expiry")]));
            if (rows.put(Ipv4.parse(fields[columns.indexOf("ip")]), row) != null) {
                throw new IOException(csv + " has two rows of one address: " + line);
            }
        }
        return rows;
    }
}
