package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An address that belongs to whoever shows one of these keys. */
record ImportedReservation(
        Place place, Ipv4 ip, Keys keys, @Nullable String ddnsHostname, ImportedScope scope) {

    /** What a client is recognised by. */
    record Keys(
            List<MacAddress> macs,
            byte @Nullable [] clientId,
            byte @Nullable [] circuitId,
            byte @Nullable [] remoteId) {

        static Keys ofMacs(List<MacAddress> macs) {
            return new Keys(macs, null, null, null);
        }

        boolean isEmpty() {
            return macs.isEmpty() && clientId == null && circuitId == null && remoteId == null;
        }
    }
}
