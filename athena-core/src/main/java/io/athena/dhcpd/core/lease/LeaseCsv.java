package io.athena.dhcpd.core.lease;

import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.HexText;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Leases as CSV (RFC 4180), the same for export and import. The first line names the columns; on import they may stand
 * in any order and only {@code ip}, {@code expiry} and one of {@code mac} and {@code client_id} are needed. Times are
 * epoch seconds, 4294967295 for ever; binary identifiers are {@code 0x} and hex, and
 * client identifiers are also read as pairs of hex digits with colons. A name that a spreadsheet would take
 * for a formula gets an apostrophe in front, which import takes off again.
 */
public final class LeaseCsv {

    private static final String FORMULA_STARTS = "=+-@";
    private static final int MAX_NAME = 255;

    private enum Column {
        IP,
        MAC,
        CLIENT_ID,
        HOSTNAME,
        FQDN,
        SUBNET,
        STATE,
        START,
        EXPIRY;

        String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The first line of an export. */
    public static final String HEADER =
            Stream.of(Column.values()).map(Column::title).collect(Collectors.joining(","));

    /**
     * One row of an import, checked for form only.
     *
     * @param line where it starts in the file, from 1
     * @param subnet null when the file does not say
     * @param start null when the file does not say
     */
    public record Row(
            int line,
            Ipv4 ip,
            @Nullable MacAddress mac,
            byte @Nullable [] clientId,
            @Nullable String hostname,
            @Nullable String fqdn,
            @Nullable Cidr subnet,
            LeaseState state,
            @Nullable Long start,
            long expiry) {}

    /** What is wrong with a line, and the cure. */
    public record Problem(int line, String text) {}

    /** Everything that was found; rows with a problem are not among the rows. */
    public record Parsed(List<Row> rows, List<Problem> problems) {}

    private LeaseCsv() {}

    /** One line without its end. */
    public static String format(Lease lease) {
        MacAddress mac = lease.mac();
        byte[] clientId = lease.clientId();
        return String.join(
                ",",
                lease.ip().toString(),
                mac == null ? "" : mac.toString(),
                clientId == null ? "" : quoted(identifier(clientId)),
                quoted(guarded(lease.hostname())),
                quoted(guarded(lease.fqdn())),
                lease.subnet().toString(),
                lease.state().tag(),
                Long.toString(lease.start()),
                Long.toString(lease.expiry()));
    }

    /** Reads a whole file; every problem is collected. @throws IOException when {@code in} cannot be read */
    public static Parsed parse(Reader in) throws IOException {
        CsvRecords records = new CsvRecords(in);
        List<Problem> problems = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        List<String> header = records.next();
        List<Column> columns = header == null ? List.of() : columns(header, problems);
        if (!problems.isEmpty() || !complete(columns, problems)) {
            return new Parsed(rows, problems);
        }
        for (List<String> fields = records.next(); fields != null; fields = records.next()) {
            try {
                rows.add(row(records.line(), columns, fields));
            } catch (IllegalArgumentException e) {
                problems.add(new Problem(records.line(), String.valueOf(e.getMessage())));
            }
        }
        if (records.unclosedQuote()) {
            problems.add(new Problem(records.line(), "a quotation mark is opened and never closed"));
        }
        return new Parsed(rows, problems);
    }

    private static List<Column> columns(List<String> header, List<Problem> problems) {
        List<Column> columns = new ArrayList<>();
        for (String field : header) {
            String title = field.strip().toLowerCase(Locale.ROOT);
            Stream.of(Column.values())
                    .filter(column -> column.title().equals(title) && !columns.contains(column))
                    .findFirst()
                    .ifPresentOrElse(
                            columns::add,
                            () -> problems.add(new Problem(
                                    1, "'" + title + "' is unknown or named twice; the columns are " + HEADER)));
        }
        return columns;
    }

    private static boolean complete(List<Column> columns, List<Problem> problems) {
        boolean identified = columns.contains(Column.MAC) || columns.contains(Column.CLIENT_ID);
        if (!identified || !columns.contains(Column.IP) || !columns.contains(Column.EXPIRY)) {
            problems.add(new Problem(
                    1, "the first line must name the columns: ip, expiry and mac or client_id, of " + HEADER));
        }
        return problems.isEmpty();
    }

    private static Row row(int line, List<Column> columns, List<String> fields) {
        if (fields.size() != columns.size()) {
            throw new IllegalArgumentException(
                    "has " + fields.size() + " fields where the first line names " + columns.size());
        }
        Map<Column, String> values = new EnumMap<>(Column.class);
        for (int i = 0; i < fields.size(); i++) {
            values.put(columns.get(i), fields.get(i).strip());
        }
        MacAddress mac = optional(values, Column.MAC, MacAddress::parse);
        byte[] clientId = optional(values, Column.CLIENT_ID, HexText::parseIdentifier);
        if (mac == null && clientId == null) {
            throw new IllegalArgumentException("names neither mac nor client_id; a lease needs a holder");
        }
        LeaseState state = optional(values, Column.STATE, LeaseCsv::state);
        Long expiry = optional(values, Column.EXPIRY, LeaseCsv::time);
        if (expiry == null) {
            throw new IllegalArgumentException("names no expiry; give epoch seconds, or 4294967295 for ever");
        }
        return new Row(
                line,
                Ipv4.parse(values.getOrDefault(Column.IP, "")),
                mac,
                clientId,
                optional(values, Column.HOSTNAME, LeaseCsv::name),
                optional(values, Column.FQDN, LeaseCsv::name),
                optional(values, Column.SUBNET, Cidr::parse),
                state == null ? LeaseState.ACTIVE : state,
                optional(values, Column.START, LeaseCsv::time),
                expiry);
    }

    private static <T> @Nullable T optional(Map<Column, String> values, Column column, Function<String, T> reader) {
        String text = values.getOrDefault(column, "");
        return text.isEmpty() ? null : reader.apply(text);
    }

    private static LeaseState state(String text) {
        return Stream.of(LeaseState.values())
                .filter(state -> state.tag().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not a lease state"));
    }

    private static Long time(String text) {
        if (!text.matches("[0-9]{1,10}") || Long.parseLong(text) > Lease.FOREVER) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a time; give epoch seconds, or 4294967295 for ever");
        }
        return Long.valueOf(text);
    }

    private static String name(String text) {
        boolean guarded = text.length() > 1 && text.charAt(0) == '\'' && startsFormula(text.substring(1));
        String name = guarded ? text.substring(1) : text;
        if (name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "a name is longer than " + MAX_NAME + " characters or holds control characters");
        }
        return name;
    }

    private static String identifier(byte[] bytes) {
        String text = HexText.of(bytes);
        boolean plain = !startsFormula(text) && !HexText.isPairs(text) && text.equals(text.strip());
        return plain ? text : "0x" + HexFormat.of().formatHex(bytes);
    }

    private static String guarded(@Nullable String name) {
        String text = name == null ? "" : name;
        return startsFormula(text) ? "'" + text : text;
    }

    private static boolean startsFormula(String text) {
        return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
