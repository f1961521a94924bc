package io.athena.dhcpd.app.migrate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines of TOML, each of which knows what of the import it stands for. */
final class TomlLines {

    /**
     * Something that can be left out of the result.
     *
     * @param place where it came from
     * @param name what it is, such as {@code lease_time}
     * @param drop takes it out of the imported network
     */
    record Part(Place place, String name, Runnable drop) {}

    private final List<String> lines = new ArrayList<>();
    private final List<@Nullable Part> parts = new ArrayList<>();

    void comment(String text) {
        add(text.isEmpty() ? "#" : "# " + text.replaceAll("\\p{Cntrl}", " "), null);
    }

    void blank() {
        add("", null);
    }

    /** A header such as {@code [[subnet]]} after an empty line, with its origin. */
    void header(String header, @Nullable Part part) {
        blank();
        add(part == null ? header : header + "  # " + part.place().toString().replaceAll("\\p{Cntrl}", " "), part);
    }

    void key(String key, String value, @Nullable Part part) {
        add(key + " = " + value, part);
    }

    /** What the line stands for, counted from 1; null for a line that is always there. */
    @Nullable
    Part partAt(int line) {
        return line < 1 || line > parts.size() ? null : parts.get(line - 1);
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }

    /** A basic string of TOML. */
    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (Character.isISOControl(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    static String quoted(List<String> texts) {
        return texts.size() == 1
                ? quoted(texts.get(0))
                : "[" + String.join(", ", texts.stream().map(TomlLines::quoted).toList()) + "]";
    }

    private void add(String line, @Nullable Part part) {
        lines.add(line);
        parts.add(part);
    }
}
