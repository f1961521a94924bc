package io.athena.dhcpd.api;

import io.athena.dhcpd.api.ApiConfig.Role;
import io.athena.dhcpd.api.ApiConfig.Session;
import io.athena.dhcpd.api.ApiConfig.Tls;
import io.athena.dhcpd.api.ApiConfig.User;
import io.athena.dhcpd.core.config.HostPort;
import io.athena.dhcpd.core.config.Secret;
import io.athena.dhcpd.core.config.SectionReader;
import io.athena.dhcpd.core.config.TomlTable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code [api]}. */
public final class ApiSection implements SectionReader<ApiConfig> {

    private static final HostPort LISTEN = HostPort.parse("127.0.0.1:8067");
    private static final String BCRYPT = "\\$2[aby]\\$(0[4-9]|[12][0-9]|3[01])\\$[./A-Za-z0-9]{53}";

    @Override
    public String name() {
        return "api";
    }

    @Override
    public Class<ApiConfig> type() {
        return ApiConfig.class;
    }

    @Override
    public ApiConfig read(TomlTable table) {
        HostPort listen = table.hostPort("listen");
        TomlTable auth = table.table("auth");
        ApiConfig api = new ApiConfig(
                table.bool("enabled", true),
                listen == null ? LISTEN : listen,
                table.bool("web_ui", true),
                token(auth),
                users(auth.tables("users")),
                tls(table.table("tls")),
                session(table.table("session")));
        if (api.enabled() && !api.listen().isLoopback()) {
            table.warning(
                    "listen",
                    "this release listens on " + api.loopbackListen() + " only",
                    "reach it from this machine or through a tunnel");
        }
        warnOfWhatIsMissing(table, api);
        return api;
    }

    private static void warnOfWhatIsMissing(TomlTable table, ApiConfig api) {
        List<String> unused = List.of("auth", "tls", "session");
        boolean console = table.has("web_ui") && api.webUi();
        if (api.enabled() && (console || unused.stream().anyMatch(table::has))) {
            String key = console
                    ? "web_ui"
                    : unused.stream().filter(table::has).findFirst().orElseThrow();
            table.notActedOn(key, "the console with its sign-in, tokens and TLS");
        }
    }

    private static @Nullable Secret token(TomlTable auth) {
        return auth.text("auth_token", "a long random text", text -> {
            if (text.equals("changeme")) {
                throw new IllegalArgumentException("is the example's token, which everybody knows");
            }
            if (text.length() < 16) {
                throw new IllegalArgumentException("is shorter than 16 characters and could be guessed");
            }
            return new Secret(text);
        });
    }

    private static List<User> users(List<TomlTable> tables) {
        Set<String> names = new HashSet<>();
        return tables.stream()
                .map(table -> user(table, names))
                .filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable User user(TomlTable table, Set<String> names) {
        table.require("username", "\"admin\"");
        table.require("password_hash", "\"$2a$12$...\"");
        table.require("role", "\"admin\" or \"viewer\"");
        String name = table.text("username", "a name such as \"admin\"", text -> {
            if (!text.matches("[\\p{Alnum}._@-]{1,64}")) {
                throw new IllegalArgumentException("'" + text + "' is not made of letters, digits and . _ @ -");
            }
            return text;
        });
        Secret hash = table.text("password_hash", "what 'athena-dhcpd hash-password' prints", text -> {
            if (!text.matches(BCRYPT)) {
                throw new IllegalArgumentException("is not a bcrypt hash");
            }
            return new Secret(text);
        });
        Role role = table.choice("role", Role.class);
        if (name != null && !names.add(name)) {
            table.error("username", "'" + name + "' is another user already", "choose another name");
        }
        return name == null || hash == null || role == null ? null : new User(name, hash, role);
    }

    private static Tls tls(TomlTable table) {
        boolean enabled = table.bool("enabled", false);
        if (enabled) {
            table.require("cert_file", "\"/etc/athena-dhcpd/tls/web.crt\"");
            table.require("key_file", "\"/etc/athena-dhcpd/tls/web.key\"");
        }
        return new Tls(enabled, table.file("cert_file"), table.file("key_file"));
    }

    private static Session session(TomlTable table) {
        // The characters of a token (RFC 6265 section 4.1.1).
        String cookie = table.text("cookie_name", "a name such as \"athena_session\"", text -> {
            if (!text.matches("[A-Za-z0-9_.-]{1,64}")) {
                throw new IllegalArgumentException("'" + text + "' is not made of letters, digits and _ . -");
            }
            return text;
        });
        return new Session(
                cookie == null ? "athena_session" : cookie,
                table.duration("expiry", Duration.ofHours(24), Duration.ofMinutes(1), Duration.ofDays(365)),
                table.bool("secure", false));
    }
}
