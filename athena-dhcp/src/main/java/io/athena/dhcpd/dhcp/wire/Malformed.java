package io.athena.dhcpd.dhcp.wire;

import io.athena.dhcpd.core.lease.DropReason;

/**
 * A datagram that cannot be believed and gets no answer.
 *
 * @param reason what is wrong with it
 */
public record Malformed(DropReason reason) implements Decoded {}
