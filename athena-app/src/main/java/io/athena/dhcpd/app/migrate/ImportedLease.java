package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.core.lease.LeaseCsv;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * A lease in force when the other server wrote it down. Times are epoch seconds, 0xffffffff for ever.
 *
 * @param start null when the file does not say
 */
record ImportedLease(
        Place place,
        Ipv4 ip,
        @Nullable MacAddress mac,
        byte @Nullable [] clientId,
        @Nullable String hostname,
        @Nullable Long start,
        long expiry) {

    /** As a row of an import; {@code number} tells it apart. */
    LeaseCsv.Row row(int number) {
        return new LeaseCsv.Row(number, ip, mac, clientId, hostname, null, null, LeaseState.ACTIVE, start, expiry);
    }
}
