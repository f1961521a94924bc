package io.athena.dhcpd.app.conflicts;

import io.athena.dhcpd.core.journal.Exclusion;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An address and what withholds it, or did.
 *
 * @param ip the address
 * @param subnet the subnet it lies in; null when it lies in none
 * @param detectionMethod how the conflict was found; null for an exclusion
 * @param responderMac who answered the probe, or the client that declined; null when unknown
 * @param detectedAt when it was last found, or excluded
 * @param holdUntil when it may be tried again, or could be; null when only a person ends it
 * @param probeCount how often it was found since it was last cleared by hand; 0 for an exclusion
 * @param status what it is now
 * @param reason why it is excluded, or null
 * @param author who excluded it, or null
 */
record ConflictRow(
        Ipv4 ip,
        @Nullable Cidr subnet,
        @Nullable String detectionMethod,
        @Nullable MacAddress responderMac,
        Instant detectedAt,
        @Nullable Instant holdUntil,
        int probeCount,
        Status status,
        @Nullable String reason,
        @Nullable String author) {

    /** Whether an address is given, and who decides on it. */
    enum Status {
        ACTIVE,
        PERMANENT,
        RESOLVED,
        EXCLUDED;

        String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param now epoch seconds; a hold that ended while no server ran is over */
    static ConflictRow of(Conflict conflict, long now) {
        Status status =
                !conflict.withholds(now) ? Status.RESOLVED : conflict.permanent() ? Status.PERMANENT : Status.ACTIVE;
        return new ConflictRow(
                conflict.ip(),
                conflict.subnet(),
                conflict.method().tag(),
                conflict.responderMac(),
                Instant.ofEpochSecond(conflict.detectedAt()),
                status == Status.PERMANENT ? null : Instant.ofEpochSecond(conflict.holdUntil()),
                conflict.count(),
                status,
                null,
                null);
    }

    static ConflictRow of(Exclusion exclusion, @Nullable Cidr subnet) {
        return new ConflictRow(
                exclusion.ip(),
                subnet,
                null,
                null,
                Instant.ofEpochSecond(exclusion.since()),
                null,
                0,
                Status.EXCLUDED,
                exclusion.reason(),
                exclusion.who());
    }
}
