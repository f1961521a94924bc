package io.athena.dhcpd.app.conflicts;

import io.athena.dhcpd.app.conflicts.ConflictTotals.OfMac;
import io.athena.dhcpd.app.conflicts.ConflictTotals.OfSubnet;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Prints rows and totals, as tables for people or as JSON, one object a line. */
final class ConflictPrinter {

    private static final String ROW = "%-15s  %-18s  %-9s  %-14s  %-17s  %-20s  %-20s  %5s  %s%n";
    private static final String OF_SUBNET = "%-18s  %9s  %9s  %9s  %9s%n";
    private static final String OF_MAC = "%-17s  %9s  %9s%n";
    private static final String NONE = "-";

    /** A row as JSON names and spells it; see {@link ConflictRow}. */
    private record JsonRow(
            String ip,
            @Nullable String subnet,
            @Nullable String detectionMethod,
            @Nullable String responderMac,
            String detectedAt,
            @Nullable String holdUntil,
            int probeCount,
            String status,
            @Nullable String reason,
            @Nullable String author) {}

    private final PrintWriter out;
    private final boolean asJson;
    private final JsonMapper json = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    ConflictPrinter(PrintWriter out, boolean asJson) {
        this.out = out;
        this.asJson = asJson;
    }

    void rows(List<ConflictRow> rows) {
        if (asJson) {
            rows.forEach(row -> out.println(json.writeValueAsString(json(row))));
        } else {
            out.printf(
                    ROW,
                    "ADDRESS",
                    "SUBNET",
                    "STATUS",
                    "METHOD",
                    "MAC",
                    "DETECTED (UTC)",
                    "HOLD UNTIL (UTC)",
                    "COUNT",
                    "EXCLUDED BY");
            rows.forEach(this::row);
            endOfTable(rows);
        }
        out.flush();
    }

    private void row(ConflictRow row) {
        boolean excluded = row.status() == ConflictRow.Status.EXCLUDED;
        out.printf(
                ROW,
                row.ip(),
                text(row.subnet()),
                row.status().tag(),
                text(row.detectionMethod()),
                text(row.responderMac()),
                row.detectedAt(),
                row.holdUntil() != null ? row.holdUntil() : excluded ? "included" : "cleared",
                excluded ? NONE : row.probeCount(),
                excluded ? row.author() + ": " + row.reason() : NONE);
    }

    void totals(ConflictTotals totals) {
        if (asJson) {
            totals.subnets().forEach(each -> out.println(json.writeValueAsString(each)));
            totals.macs().forEach(each -> out.println(json.writeValueAsString(each)));
        } else {
            out.printf(OF_SUBNET, "SUBNET", "WITHHELD", "PERMANENT", "RESOLVED", "EXCLUDED");
            for (OfSubnet each : totals.subnets()) {
                out.printf(
                        OF_SUBNET, each.subnet(), each.withheld(), each.permanent(), each.resolved(), each.excluded());
            }
            endOfTable(totals.subnets());
            out.println();
            out.printf(OF_MAC, "MAC", "ADDRESSES", "CONFLICTS");
            for (OfMac each : totals.macs()) {
                out.printf(OF_MAC, each.mac(), each.addresses(), each.conflicts());
            }
            endOfTable(totals.macs());
        }
        out.flush();
    }

    private void endOfTable(List<?> rows) {
        if (rows.isEmpty()) {
            out.println("(none)");
        }
    }

    private static JsonRow json(ConflictRow row) {
        return new JsonRow(
                row.ip().toString(),
                row.subnet() == null ? null : row.subnet().toString(),
                row.detectionMethod(),
                row.responderMac() == null ? null : row.responderMac().toString(),
                row.detectedAt().toString(),
                row.holdUntil() == null ? null : row.holdUntil().toString(),
                row.probeCount(),
                row.status().tag(),
                row.reason(),
                row.author());
    }

    private static String text(@Nullable Object value) {
        return value == null ? NONE : value.toString();
    }
}
