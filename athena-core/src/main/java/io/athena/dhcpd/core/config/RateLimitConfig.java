package io.athena.dhcpd.core.config;

/** {@code [server.rate_limit]}; limits are packets a second. */
public record RateLimitConfig(boolean enabled, int maxDiscoversPerSecond, int maxPerMacPerSecond) {}
