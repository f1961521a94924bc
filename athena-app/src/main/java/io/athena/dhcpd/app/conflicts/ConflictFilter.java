package io.athena.dhcpd.app.conflicts;

import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * Which rows to show; null members let everything pass.
 *
 * @param subnet addresses within this prefix
 * @param mac conflicts with this hardware address
 * @param all resolved ones too
 */
record ConflictFilter(@Nullable Cidr subnet, @Nullable MacAddress mac, boolean all) {

    boolean passes(ConflictRow row) {
        return (all || row.status() != ConflictRow.Status.RESOLVED)
                && (subnet == null || subnet.contains(row.ip()))
                && (mac == null || mac.equals(row.responderMac()));
    }
}
