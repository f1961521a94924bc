package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.net.MacAddress;

/** What leases can be asked for by, other than their address (RFC 4388 section 6.2, RFC 6148). */
public sealed interface LeaseTrait {

    /** The client's hardware address. */
    record Hardware(MacAddress mac) implements LeaseTrait {}

    /** Option 61 as the client sent it; not empty. */
    record ClientIdentifier(byte[] id) implements LeaseTrait {}

    /** Option 82 sub-option 2 as the relay agent sent it; not empty. */
    record RemoteId(byte[] id) implements LeaseTrait {}
}
