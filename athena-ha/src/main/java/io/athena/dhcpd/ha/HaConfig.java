package io.athena.dhcpd.ha;

import io.athena.dhcpd.core.config.HostPort;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@code [ha]}: two servers that share their leases.
 *
 * @param enabled whether there is a partner
 * @param role which of the two this one is
 * @param peerAddress where the partner listens; null only when not enabled
 * @param listenAddress where this one listens
 * @param heartbeatInterval how often a sign of life is sent
 * @param failoverTimeout the silence after which the partner counts as down
 * @param syncBatchSize leases in one message of a full transfer
 * @param tls encryption and mutual authentication of the link
 */
public record HaConfig(
        boolean enabled,
        Role role,
        @Nullable HostPort peerAddress,
        HostPort listenAddress,
        Duration heartbeatInterval,
        Duration failoverTimeout,
        int syncBatchSize,
        Tls tls) {

    public enum Role {
        PRIMARY,
        SECONDARY
    }

    /** Files in PEM form; null only where they are not needed. */
    public record Tls(
            boolean enabled,
            @Nullable Path certFile,
            @Nullable Path keyFile,
            @Nullable Path caFile) {}

    /**
     * Whether this node must not serve at all: a secondary that cannot hear from its primary would give the same
     * addresses to other clients.
     */
    public boolean refusesToServe() {
        return enabled && role == Role.SECONDARY;
    }
}
