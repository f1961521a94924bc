package io.athena.dhcpd.core.subnet;

import io.athena.dhcpd.core.config.MatchKey;

/**
 * One pattern that clients are matched by, and whether a client fits it.
 *
 * @param key what of the client is looked at
 * @param pattern as it is compared
 * @param fits whether the client fits, or counts as if it did
 */
public record MatchFinding(MatchKey key, String pattern, boolean fits) {}
