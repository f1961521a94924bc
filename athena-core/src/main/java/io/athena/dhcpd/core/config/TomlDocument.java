package io.athena.dhcpd.core.config;

import com.electronwill.nightconfig.core.UnmodifiableConfig;
import com.electronwill.nightconfig.core.io.ParsingException;
import com.electronwill.nightconfig.toml.TomlParser;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The edge to the TOML library: text in, values with their lines out. */
final class TomlDocument {

    private static final Pattern NAMES_A_KEY =
            Pattern.compile("Invalid bare key|Invalid TOML data: entry|Wrong duplicate key|Table with path");

    private TomlDocument() {}

    /** Parses a text; on a syntax error adds it to the problems and returns an empty table. */
    static TomlValue.Table parse(String text, Problems problems) {
        LineScanner scanner = new LineScanner(text);
        LineMap lines = scanner.scan();
        if (!scanner.findings().isEmpty()) {
            scanner.findings().forEach(found -> problems.error("", found.line(), found.text(), found.cure()));
            return new TomlValue.Table(1, Map.of());
        }
        LineCountingReader reader = new LineCountingReader(text);
        try {
            return table(new TomlParser().parse((Reader) reader), lines);
        } catch (ParsingException e) {
            problems.error("", reader.line(), "is not valid TOML: " + reason(e), "correct this line");
            return new TomlValue.Table(1, Map.of());
        }
    }

    private static String reason(ParsingException e) {
        String message = String.valueOf(e.getMessage());
        if (!NAMES_A_KEY.matcher(message).lookingAt()) {
            // The parser repeats values that it cannot read, and such a value may be a secret.
            message = message.replaceFirst("(?s)\\.? The string .*|[:'\"].*", "");
        }
        StringBuilder shown = new StringBuilder();
        message.codePoints().limit(200).forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return shown.toString();
    }

    private static TomlValue.Table table(UnmodifiableConfig config, LineMap lines) {
        Map<String, TomlValue> entries = new LinkedHashMap<>();
        for (UnmodifiableConfig.Entry entry : config.entrySet()) {
            entries.put(entry.getKey(), value(entry.getRawValue(), lines.child(entry.getKey())));
        }
        return new TomlValue.Table(lines.line(), entries);
    }

    private static TomlValue value(Object raw, LineMap lines) {
        int line = lines.line();
        if (raw instanceof UnmodifiableConfig config) {
            return table(config, lines);
        }
        if (raw instanceof List<?> list) {
            List<TomlValue> values = new ArrayList<>();
            for (Object element : list) {
                values.add(value(element, lines.element(values.size())));
            }
            return new TomlValue.Array(line, values);
        }
        if (raw instanceof String text) {
            return new TomlValue.Text(line, text);
        }
        if (raw instanceof Integer || raw instanceof Long) {
            return new TomlValue.Whole(line, ((Number) raw).longValue());
        }
        return raw instanceof Boolean on
                ? new TomlValue.Flag(line, on)
                : new TomlValue.Other(line, String.valueOf(raw));
    }

    /** Knows the line of the last character that the parser took. */
    private static final class LineCountingReader extends Reader {
        private final String text;
        private int at;
        private int line = 1;

        LineCountingReader(String text) {
            this.text = text;
        }

        int line() {
            return line;
        }

        @Override
        public int read() {
            if (at == text.length()) {
                return -1;
            }
            if (at > 0 && text.charAt(at - 1) == '\n') {
                line++;
            }
            return text.charAt(at++);
        }

        /** The parser takes in bulk only what it then uses, such as the digits of an escape. */
        @Override
        public int read(char[] buffer, int offset, int length) {
            int taken = 0;
            while (taken < length) {
                int c = read();
                if (c < 0) {
                    return taken == 0 ? -1 : taken;
                }
                buffer[offset + taken++] = (char) c;
            }
            return taken;
        }

        @Override
        public void close() {}
    }
}
