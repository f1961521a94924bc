package io.athena.dhcpd.core.config;

/**
 * {@code [server.rate_limit]}; limits are packets a second.
 *
 * @param enabled whether they hold
 * @param maxDiscoversPerSecond DISCOVER and BOOTP of all clients together; a relay port may send a quarter of it
 * @param maxPerMacPerSecond messages of any kind that one client may send
 */
public record RateLimitConfig(boolean enabled, int maxDiscoversPerSecond, int maxPerMacPerSecond) {}
