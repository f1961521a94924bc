package io.athena.dhcpd.core.config;

import java.util.List;

/**
 * {@code [subnet.authentication]}: delayed authentication (RFC 3118 section 5).
 *
 * @param required whether clients that do not authenticate are left without an answer
 * @param keys the keys in file order, at least one
 */
public record AuthenticationConfig(boolean required, List<AuthenticationKey> keys) {}
