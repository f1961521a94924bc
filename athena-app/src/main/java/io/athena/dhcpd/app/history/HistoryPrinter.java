package io.athena.dhcpd.app.history;

import io.athena.dhcpd.app.control.HistoryRow;
import io.athena.dhcpd.core.lease.Lease;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Prints entries one by one, so that any number of them fits in memory. What clients said stays text in each form. */
abstract class HistoryPrinter {

    /** The ways to print. */
    enum Format {
        TABLE,
        CSV,
        JSON
    }

    final PrintWriter out;
    private boolean begun;

    private HistoryPrinter(PrintWriter out) {
        this.out = out;
    }

    static HistoryPrinter of(Format format, PrintWriter out) {
        return switch (format) {
            case TABLE -> new Table(out);
            case CSV -> new Csv(out);
            case JSON -> new Json(out);
        };
    }

    final void print(HistoryRow row) {
        begin();
        line(row);
    }

    /** Says that there is nothing, where that is for people; a file for programs has no line then. */
    final void nothing(String text, PrintWriter notes) {
        begin();
        (isForPeople() ? out : notes).println(text);
    }

    private void begin() {
        if (!begun) {
            begun = true;
            header();
        }
    }

    abstract void header();

    abstract void line(HistoryRow row);

    abstract boolean isForPeople();

    /** Without what a terminal would obey, or would show in another order than it stands there. */
    private static String plain(@Nullable Object value) {
        return value == null ? "" : value.toString().replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "?");
    }

    private static final class Table extends HistoryPrinter {
        private static final String LINE = "%-20s  %-15s  %-10s  %-17s  %-24s  %-20s  %-20s  %-20s  %s%n";

        Table(PrintWriter out) {
            super(out);
        }

        @Override
        void header() {
            // The first line stands above the first entry only; where there is none, a sentence is enough.
        }

        private boolean titled;

        @Override
        void line(HistoryRow row) {
            if (!titled) {
                titled = true;
                out.printf(
                        LINE,
                        "TIME (UTC)",
                        "ADDRESS",
                        "EVENT",
                        "MAC",
                        "HOST NAME",
                        "FROM",
                        "TO",
                        "EXPIRY",
                        "CLIENT ID");
            }
            out.printf(
                    LINE,
                    Instant.ofEpochSecond(row.time()),
                    row.ip(),
                    row.kind(),
                    shown(row.mac()),
                    shown(row.hostname()),
                    Instant.ofEpochSecond(row.from()),
                    row.to() == null ? "-" : Instant.ofEpochSecond(row.to()),
                    row.expiry() == Lease.FOREVER ? "never" : Instant.ofEpochSecond(row.expiry()),
                    shown(row.clientId()));
        }

        private static String shown(@Nullable String value) {
            return value == null ? "-" : plain(value);
        }

        @Override
        boolean isForPeople() {
            return true;
        }
    }

    /** RFC 4180. A value that a spreadsheet would take for a formula gets an apostrophe in front. */
    private static final class Csv extends HistoryPrinter {
        private static final String FORMULA_STARTS = "=+-@";

        Csv(PrintWriter out) {
            super(out);
        }

        @Override
        void header() {
            out.print("time,kind,ip,mac,client_id,hostname,fqdn,subnet,giaddr,circuit_id,remote_id,from,to,expiry,"
                    + "sequence\r\n");
        }

        @Override
        void line(HistoryRow row) {
            String line = Stream.of(
                            row.time(),
                            row.kind(),
                            row.ip(),
                            row.mac(),
                            row.clientId(),
                            row.hostname(),
                            row.fqdn(),
                            row.subnet(),
                            row.giaddr(),
                            row.circuitId(),
                            row.remoteId(),
                            row.from(),
                            row.to(),
                            row.expiry(),
                            row.sequence())
                    .map(Csv::field)
                    .collect(Collectors.joining(","));
            out.print(line + "\r\n");
        }

        private static String field(@Nullable Object value) {
            String text = plain(value);
            boolean formula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
            String guarded = formula ? "'" + text : text;
            return guarded.contains(",") || guarded.contains("\"")
                    ? '"' + guarded.replace("\"", "\"\"") + '"'
                    : guarded;
        }

        @Override
        boolean isForPeople() {
            return false;
        }
    }

    /** One object a line, in ASCII. */
    private static final class Json extends HistoryPrinter {
        private final JsonMapper json = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                .build();

        Json(PrintWriter out) {
            super(out);
        }

        @Override
        void header() {
            // Lines of JSON have none.
        }

        @Override
        void line(HistoryRow row) {
            out.println(json.writeValueAsString(row).replace("\u007f", "\\u007f"));
        }

        @Override
        boolean isForPeople() {
            return false;
        }
    }
}
