package io.athena.dhcpd.core.config;

import io.athena.dhcpd.core.net.Ipv4;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code [server]} section.
 *
 * @param interfaces interfaces to serve, at least one
 * @param bindAddress source address and server identifier on the interface that owns it, or null
 * @param serverId option 54 for relayed traffic and the interface that owns it, or null
 * @param logLevel trace, debug, info, warn or error
 * @param leaseDb folder of the lease store
 * @param pidFile where the process id is written, or null
 * @param port UDP port to listen on, normally 67
 * @param clientPort UDP port of clients, normally 68
 * @param offerHold how long an OFFER keeps its address
 * @param controlSocket Unix socket of the running server
 * @param authoritative whether unknown addresses of known networks are NAKed
 * @param nodeId name of this server in events
 * @param eventLogSize how many events the store keeps
 * @param rateLimit limits, or null for none
 */
public record ServerConfig(
        List<String> interfaces,
        @Nullable Ipv4 bindAddress,
        @Nullable Ipv4 serverId,
        String logLevel,
        Path leaseDb,
        @Nullable Path pidFile,
        int port,
        int clientPort,
        Duration offerHold,
        Path controlSocket,
        boolean authoritative,
        String nodeId,
        int eventLogSize,
        @Nullable RateLimitConfig rateLimit) {}
