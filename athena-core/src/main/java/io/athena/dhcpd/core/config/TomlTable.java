package io.athena.dhcpd.core.config;

import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table of the file, read key by key with types. A value that does not fit is reported with its line and then counts as
 * absent; a key that no reader asks for is reported as unknown.
 */
public final class TomlTable {

    private static final String DURATION = "a duration such as \"8h\", \"1h30m\" or \"500ms\"";

    private final TableNode node;

    TomlTable(TableNode node) {
        this.node = node;
    }

    /** Whether the table is written in the file. */
    public boolean isPresent() {
        return node.isPresent();
    }

    /** The line of the table's header; the nearest one around it when it is absent. */
    public int line() {
        return node.line();
    }

    /** The line of a key; that of the header when it is absent. */
    int line(String key) {
        return node.lineOf(key);
    }

    /** Whether the key is written in the file. */
    public boolean has(String key) {
        return node.ask(key) != null;
    }

    /** Reports what makes the configuration unusable, on the line of the key. */
    public void error(String key, String text, String cure) {
        node.error(key, node.lineOf(key), text, cure);
    }

    /** Reports what somebody should look at, on the line of the key. */
    public void warning(String key, String text, String cure) {
        node.warning(key, node.lineOf(key), text, cure);
    }

    /** Reports that a feature is configured which this release does not have. */
    public void notActedOn(String key, String feature) {
        warning(key, feature + " is checked but not acted on by this release", "expect no effect");
    }

    /** Reports an error unless the key is there. */
    public void require(String key, String example) {
        if (!has(key)) {
            error(key, "is missing", "add " + key + " = " + example);
        }
    }

    public @Nullable String string(String key) {
        return text(key, "a text in quotes", text -> text);
    }

    public String string(String key, String absent) {
        String text = string(key);
        return text == null ? absent : text;
    }

    public boolean bool(String key, boolean absent) {
        Boolean on = read(key, TomlValue.Flag.class, "true or false", TomlValue.Flag::on);
        return on == null ? absent : on;
    }

    /** A whole number of {@code min} to {@code max}. */
    public int integer(String key, int absent, int min, int max) {
        String expected = "a whole number of " + min + " to " + max;
        Integer number = read(key, TomlValue.Whole.class, expected, whole -> {
            if (whole.number() < min || whole.number() > max) {
                throw new IllegalArgumentException(whole.number() + " is out of range");
            }
            return (int) whole.number();
        });
        return number == null ? absent : number;
    }

    /** A duration of {@code min} to {@code max}. */
    public Duration duration(String key, Duration absent, Duration min, Duration max) {
        Duration duration = duration(key, min, max);
        return duration == null ? absent : duration;
    }

    /** A duration of {@code min} to {@code max}, or null when absent. */
    public @Nullable Duration duration(String key, Duration min, Duration max) {
        return text(key, DURATION, text -> {
            Duration duration = ConfigDurations.parse(text);
            if (duration.compareTo(min) < 0 || duration.compareTo(max) > 0) {
                throw new IllegalArgumentException(
                        "is '" + text + "', outside " + ConfigDurations.text(min) + " to " + ConfigDurations.text(max));
            }
            return duration;
        });
    }

    /** Seconds of a lease time, or null when absent. */
    @Nullable
    Long leaseSeconds(String key) {
        return text(key, DURATION + " or \"infinite\"", ConfigDurations::parseLeaseSeconds);
    }

    public @Nullable Ipv4 ipv4(String key) {
        return text(key, "an IPv4 address such as \"10.0.0.1\"", Ipv4::parse);
    }

    public @Nullable Cidr cidr(String key) {
        return text(key, "a network such as \"10.0.0.0/24\"", Cidr::parse);
    }

    public List<Cidr> cidrs(String key) {
        return list(key, "networks such as [\"10.0.0.0/24\"]", Cidr::parse);
    }

    public @Nullable HostPort hostPort(String key) {
        return text(key, "host:port such as \"10.0.0.2:6740\"", HostPort::parse);
    }

    public @Nullable HttpUrl url(String key) {
        return text(key, "a URL such as \"https://host.example/path\"", HttpUrl::parse);
    }

    /** A text that is not empty and that no message repeats. */
    public @Nullable Secret secret(String key) {
        return text(key, "a text in quotes", text -> {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("is empty");
            }
            return new Secret(text);
        });
    }

    /** A file or folder; a relative one is meant from the folder of the configuration file. */
    public @Nullable Path file(String key) {
        return text(key, "a path such as \"/etc/athena-dhcpd/file\"", text -> {
            if (text.isBlank()) {
                throw new IllegalArgumentException("is empty");
            }
            try {
                return node.folder().resolve(text).normalize();
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("is not a path: " + e.getReason(), e);
            }
        });
    }

    /** One of the constants of an enum, written in lower case; null when absent. */
    public <E extends Enum<E>> @Nullable E choice(String key, Class<E> type) {
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            names.add(constant.name().toLowerCase(Locale.ROOT));
        }
        return text(key, "one of " + names, text -> {
            if (!names.contains(text)) {
                throw new IllegalArgumentException("is '" + text + "'");
            }
            return type.getEnumConstants()[names.indexOf(text)];
        });
    }

    /** One of the constants of an enum, written in lower case. */
    public <E extends Enum<E>> E choice(String key, Class<E> type, E absent) {
        E chosen = choice(key, type);
        return chosen == null ? absent : chosen;
    }

    /** A text turned into something else; the parser refuses with an IllegalArgumentException that says why. */
    public <T> @Nullable T text(String key, String expected, Function<String, ? extends T> parser) {
        return read(key, TomlValue.Text.class, expected, text -> parser.apply(text.text()));
    }

    /** A list of texts, or one text, each turned into something else; empty when absent. */
    public <T> List<T> list(String key, String expected, Function<String, ? extends T> parser) {
        TomlValue value = node.ask(key);
        List<TomlValue> elements = value == null ? List.of() : List.of(value);
        if (value instanceof TomlValue.Array array) {
            elements = array.values();
        }
        List<T> parsed = new ArrayList<>();
        for (TomlValue element : elements) {
            T one = parse(key, element, TomlValue.Text.class, expected, text -> parser.apply(text.text()));
            if (one != null) {
                parsed.add(one);
            }
        }
        return List.copyOf(parsed);
    }

    /** A table whose keys are the user's own and whose values are secrets; empty when absent. */
    public Map<String, Secret> secrets(String key) {
        node.holdsOwnNames(key);
        TableNode entries = node.table(key);
        Map<String, Secret> secrets = new LinkedHashMap<>();
        for (String name : entries.askAll()) {
            Secret secret = new TomlTable(entries).secret(name);
            if (secret != null) {
                secrets.put(name, secret);
            }
        }
        return Map.copyOf(secrets);
    }

    /** The raw value, or null when absent. */
    @Nullable
    TomlValue value(String key) {
        return node.ask(key);
    }

    /** A table below this one; an empty one when it is absent. */
    public TomlTable table(String key) {
        return new TomlTable(node.table(key));
    }

    /** The elements of an array of tables; none when it is absent. */
    public List<TomlTable> tables(String key) {
        return node.tables(key).stream().map(TomlTable::new).toList();
    }

    private <V extends TomlValue, T> @Nullable T read(
            String key, Class<V> kind, String expected, Function<V, ? extends T> parser) {
        TomlValue value = node.ask(key);
        return value == null ? null : parse(key, value, kind, expected, parser);
    }

    private <V extends TomlValue, T> @Nullable T parse(
            String key, TomlValue value, Class<V> kind, String expected, Function<V, ? extends T> parser) {
        try {
            if (kind.isInstance(value)) {
                return parser.apply(kind.cast(value));
            }
            node.error(key, value.line(), "is " + value.kind(), "write " + expected);
        } catch (IllegalArgumentException e) {
            node.error(key, value.line(), String.valueOf(e.getMessage()), "write " + expected);
        }
        return null;
    }
}
