package io.athena.dhcpd.core.config;

import io.athena.dhcpd.core.net.Ipv4;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads {@code [server]}. */
final class ServerReader {

    private enum LogLevel {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    private static final Path LEASE_DB = Path.of("/var/lib/athena-dhcpd/leases.db");

    /** sun_path has 108 bytes with its end mark; the rest is left for a temporary name beside it. */
    private static final int MAX_SOCKET_PATH = 100;

    private ServerReader() {}

    static ServerConfig read(TomlTable table) {
        Path leaseDb = leaseDb(table);
        return new ServerConfig(
                interfaces(table),
                bindAddress(table),
                serverId(table),
                table.choice("log_level", LogLevel.class, LogLevel.INFO).name().toLowerCase(Locale.ROOT),
                leaseDb,
                table.file("pid_file"),
                table.integer("port", 67, 1, 65535),
                table.integer("client_port", 68, 1, 65535),
                table.duration("offer_hold", Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofMinutes(10)),
                controlSocket(table, leaseDb),
                table.bool("authoritative", false),
                nodeId(table),
                table.integer("event_log_size", 10_000, 0, 1_000_000),
                rateLimit(table.table("rate_limit")));
    }

    private static List<String> interfaces(TomlTable table) {
        String expected = "an interface name such as \"eth0\", or a list of them";
        table.require("interface", "\"eth0\"");
        List<String> names = table.list("interface", expected, name -> {
            if (!name.matches("[^\\s/:]{1,15}") || name.equals(".") || name.equals("..")) {
                throw new IllegalArgumentException("'" + name + "' cannot be the name of an interface");
            }
            return name;
        });
        if (new HashSet<>(names).size() < names.size()) {
            table.error("interface", "names an interface twice", "name each once");
        }
        TomlValue value = table.value("interface");
        if (value instanceof TomlValue.Array array && array.values().isEmpty()) {
            table.error("interface", "is an empty list", "write " + expected);
        }
        return names;
    }

    /** 0.0.0.0 is how many write "none in particular". */
    private static @Nullable Ipv4 bindAddress(TomlTable table) {
        Ipv4 address = table.ipv4("bind_address");
        if (address == null || address.isAny()) {
            return null;
        }
        return hostAddress(table, "bind_address", address);
    }

    private static @Nullable Ipv4 serverId(TomlTable table) {
        Ipv4 address = table.ipv4("server_id");
        return address == null ? null : hostAddress(table, "server_id", address);
    }

    private static @Nullable Ipv4 hostAddress(TomlTable table, String key, Ipv4 address) {
        if (address.isUnicastHost() || address.isLoopback()) {
            return address;
        }
        table.error(key, address + " cannot be the address of a server", "write an address of this machine");
        return null;
    }

    private static Path leaseDb(TomlTable table) {
        Path folder = table.file("lease_db");
        if (folder == null) {
            return LEASE_DB;
        }
        if (Files.isRegularFile(folder)) {
            table.error("lease_db", folder + " is a file", "name a folder; it is made when it is missing");
        }
        return folder;
    }

    private static Path controlSocket(TomlTable table, Path leaseDb) {
        Path written = table.file("control_socket");
        Path socket = written == null ? leaseDb.resolve("control.sock") : written;
        int length = socket.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_SOCKET_PATH) {
            table.error(
                    written == null ? "lease_db" : "control_socket",
                    "the control socket's path would have " + length + " bytes, more than " + MAX_SOCKET_PATH,
                    "set a shorter server.control_socket");
        }
        return socket;
    }

    private static String nodeId(TomlTable table) {
        String nodeId = table.text("node_id", "a name such as \"node-a\"", name -> {
            if (!name.matches("[A-Za-z0-9._-]{1,63}")) {
                throw new IllegalArgumentException("'" + name + "' is not made of letters, digits, dots and dashes");
            }
            return name;
        });
        return nodeId == null ? HostName.get() : nodeId;
    }

    private static @Nullable RateLimitConfig rateLimit(TomlTable table) {
        RateLimitConfig limits = new RateLimitConfig(
                table.bool("enabled", true),
                table.integer("max_discovers_per_second", 100, 1, 1_000_000),
                table.integer("max_per_mac_per_second", 5, 1, 1_000_000));
        if (!table.isPresent()) {
            return null;
        }
        if (limits.enabled()) {
            table.notActedOn("enabled", "rate limiting");
        }
        return limits;
    }
}
