package io.athena.dhcpd.dhcp;

import io.athena.dhcpd.core.config.ServerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which settings of {@code [server]} a reload cannot take over. */
final class RestartKeys {

    private RestartKeys() {}

    /** The keys of those that differ. */
    static List<String> changed(ServerConfig old, ServerConfig changed) {
        List<String> keys = new ArrayList<>();
        addIfChanged(keys, "server.interface", old.interfaces(), changed.interfaces());
        addIfChanged(keys, "server.port", old.port(), changed.port());
        addIfChanged(keys, "server.client_port", old.clientPort(), changed.clientPort());
        addIfChanged(keys, "server.bind_address", old.bindAddress(), changed.bindAddress());
        addIfChanged(keys, "server.lease_db", old.leaseDb(), changed.leaseDb());
        addIfChanged(keys, "server.control_socket", old.controlSocket(), changed.controlSocket());
        addIfChanged(keys, "server.pid_file", old.pidFile(), changed.pidFile());
        addIfChanged(keys, "server.event_log_size", old.eventLogSize(), changed.eventLogSize());
        return keys;
    }

    private static void addIfChanged(List<String> keys, String key, @Nullable Object old, @Nullable Object changed) {
        if (!Objects.equals(old, changed)) {
            keys.add(key);
        }
    }
}
