package io.athena.dhcpd.events;

import io.athena.dhcpd.core.config.HttpUrl;
import io.athena.dhcpd.core.config.Secret;
import io.athena.dhcpd.core.config.SectionReader;
import io.athena.dhcpd.core.config.TomlTable;
import io.athena.dhcpd.core.event.EventType;
import io.athena.dhcpd.events.WebhookHook.Method;
import io.athena.dhcpd.events.WebhookHook.Template;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code [hooks]}. */
public final class HooksSection implements SectionReader<HooksConfig> {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    /** The HTTP client makes them itself, and takes them from nobody. */
    private static final Set<String> MADE_BY_THE_CLIENT =
            Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");

    private static final String EVENTS = "events such as [\"lease.ack\", \"conflict.*\"]";

    @Override
    public String name() {
        return "hooks";
    }

    @Override
    public Class<HooksConfig> type() {
        return HooksConfig.class;
    }

    @Override
    public HooksConfig read(TomlTable table) {
        Duration scriptTimeout = table.duration("script_timeout", DEFAULT_TIMEOUT, SHORTEST, LONGEST);
        Set<String> names = new HashSet<>();
        List<TomlTable> scriptTables = table.tables("script");
        List<TomlTable> webhookTables = table.tables("webhook");
        return new HooksConfig(
                table.integer("event_buffer_size", 10_000, 16, 1_000_000),
                table.integer("script_concurrency", 4, 1, 64),
                scriptTimeout,
                scriptTables.stream()
                        .map(script -> script(script, scriptTimeout, names))
                        .filter(Objects::nonNull)
                        .toList(),
                webhookTables.stream()
                        .map(webhook -> webhook(webhook, names))
                        .filter(Objects::nonNull)
                        .toList());
    }

    private static @Nullable ScriptHook script(TomlTable table, Duration timeout, Set<String> names) {
        table.require("command", "\"/etc/athena-dhcpd/hooks/update.sh\"");
        String command = table.text("command", "the full path of a program", path -> {
            if (!Path.of(path).isAbsolute()) {
                throw new IllegalArgumentException(
                        "'" + path + "' is not a full path; it is executed as it stands, without a shell");
            }
            return path;
        });
        ScriptHook hook = new ScriptHook(
                name(table, names),
                events(table),
                command == null ? "" : command,
                table.duration("timeout", timeout, SHORTEST, LONGEST),
                table.cidrs("subnets"));
        return command == null ? null : hook;
    }

    private static @Nullable WebhookHook webhook(TomlTable table, Set<String> names) {
        table.require("url", "\"https://host.example/events\"");
        HttpUrl url = table.url("url");
        if (url != null && url.isReadableOnTheWay()) {
            table.warning("url", url + " is not encrypted: anybody on the way reads the events", "use https");
        }
        if (url != null && url.reveal().getHost().startsWith("[")) {
            table.error(
                    "url", url + " is an IPv6 address, and webhooks go out by IPv4", "write an IPv4 address or a name");
        }
        String method = table.text("method", "\"POST\" or \"PUT\"", text -> {
            if (!text.equals("POST") && !text.equals("PUT")) {
                throw new IllegalArgumentException("is '" + text + "'");
            }
            return text;
        });
        WebhookHook hook = new WebhookHook(
                name(table, names),
                events(table),
                url == null ? HttpUrl.parse("http://localhost") : url,
                "PUT".equals(method) ? Method.PUT : Method.POST,
                headers(table),
                table.duration("timeout", DEFAULT_TIMEOUT, SHORTEST, LONGEST),
                table.integer("retries", 3, 0, 10),
                table.duration("retry_backoff", SHORTEST, LONGEST),
                table.secret("secret"),
                table.choice("template", Template.class, Template.JSON),
                table.cidrs("subnets"));
        return url == null ? null : hook;
    }

    /**
     * RFC 9110 sections 5.1 and 5.5: a line end in a value would start a header of its own, and letters beyond ASCII
     * would arrive as question marks.
     */
    private static Map<String, Secret> headers(TomlTable table) {
        Map<String, Secret> headers = table.secrets("headers");
        headers.forEach((name, value) -> {
            boolean plain = value.reveal().matches("[\\t\\x20-\\x7e]*");
            boolean ours = MADE_BY_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT));
            if (ours || !name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+") || !plain) {
                table.error("headers", "'" + name + "' is not a usable header", "use plain names and values");
            }
        });
        return headers;
    }

    private static String name(TomlTable table, Set<String> names) {
        table.require("name", "\"inventory\"");
        String name = table.string("name", "");
        if (table.has("name") && !names.add(name)) {
            table.error("name", "'" + name + "' is the name of another hook", "choose another name");
        }
        return name;
    }

    private static Set<EventType> events(TomlTable table) {
        table.require("events", "[\"lease.ack\"]");
        List<String> names = new ArrayList<>();
        List<Set<EventType>> events = table.list("events", EVENTS, name -> {
            names.add(name);
            return EventNames.of(name);
        });
        if (names.isEmpty() && table.has("events")) {
            table.error("events", "names no event, so the hook would never run", "write " + EVENTS);
        }
        return EventNames.union(events);
    }
}
