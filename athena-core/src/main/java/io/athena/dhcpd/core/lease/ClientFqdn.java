package io.athena.dhcpd.core.lease;

import org.jspecify.annotations.Nullable;

/**
 * What a client said in option 81 about its name (RFC 4702 section 2.1).
 *
 * @param serverUpdates the S flag: the server shall put the name of the address into DNS
 * @param noUpdates the N flag: the server shall put nothing into DNS
 * @param canonical the E flag: the name came in DNS wire format, and so does the one in the answer
 * @param domain the name as it came, for the echo; shared, never changed
 * @param name the name as text, cleaned, without a dot at its end; null when nothing usable came
 * @param complete whether the name was given in full, with its domain
 */
public record ClientFqdn(
        boolean serverUpdates,
        boolean noUpdates,
        boolean canonical,
        byte[] domain,
        @Nullable String name,
        boolean complete) {}
