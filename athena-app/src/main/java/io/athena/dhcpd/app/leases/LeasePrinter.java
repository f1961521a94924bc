package io.athena.dhcpd.app.leases;

import io.athena.dhcpd.app.control.LeaseRow;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseCsv;
import io.athena.dhcpd.core.net.HexText;
import java.io.PrintWriter;
import java.time.Instant;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Prints leases one by one, so that any number of them fits in memory. */
abstract class LeasePrinter {

    /** The ways to print. */
    enum Format {
        TABLE,
        CSV,
        JSON
    }

    final PrintWriter out;
    private long printed;

    private LeasePrinter(PrintWriter out) {
        this.out = out;
    }

    static LeasePrinter of(Format format, PrintWriter out) {
        return switch (format) {
            case TABLE -> new Table(out);
            case CSV -> new Csv(out);
            case JSON -> new Json(out);
        };
    }

    final void print(Lease lease) {
        line(lease, printed++ == 0);
    }

    /** How many were printed. */
    final long end() {
        footer(printed == 0);
        out.flush();
        return printed;
    }

    abstract void line(Lease lease, boolean first);

    abstract void footer(boolean empty);

    private static final class Table extends LeasePrinter {
        private static final String LINE = "%-15s  %-17s  %-8s  %-20s  %-24s  %s%n";

        Table(PrintWriter out) {
            super(out);
            out.printf(LINE, "ADDRESS", "MAC", "STATE", "EXPIRES (UTC)", "HOST NAME", "CLIENT ID");
        }

        @Override
        void line(Lease lease, boolean first) {
            byte[] clientId = lease.clientId();
            out.printf(
                    LINE,
                    lease.ip(),
                    lease.mac() == null ? "-" : lease.mac(),
                    lease.state().tag(),
                    lease.expiry() == Lease.FOREVER ? "never" : Instant.ofEpochSecond(lease.expiry()),
                    lease.hostname() == null ? "-" : printable(lease.hostname()),
                    clientId == null ? "-" : HexText.of(clientId));
        }

        @Override
        void footer(boolean empty) {
            if (empty) {
                out.println("(none)");
            }
        }

        /** Names come from clients; a terminal must not obey them. */
        private static String printable(String name) {
            return name.replaceAll("\\p{Cntrl}", "?");
        }
    }

    private static final class Csv extends LeasePrinter {
        Csv(PrintWriter out) {
            super(out);
            out.print(LeaseCsv.HEADER + "\r\n");
        }

        @Override
        void line(Lease lease, boolean first) {
            out.print(LeaseCsv.format(lease) + "\r\n");
        }

        @Override
        void footer(boolean empty) {}
    }

    private static final class Json extends LeasePrinter {
        private final JsonMapper json = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();

        Json(PrintWriter out) {
            super(out);
        }

        @Override
        void line(Lease lease, boolean first) {
            out.print(first ? "[\n  " : ",\n  ");
            out.print(json.writeValueAsString(LeaseRow.of(lease)));
        }

        @Override
        void footer(boolean empty) {
            out.println(empty ? "[]" : "\n]");
        }
    }
}
