package io.athena.dhcpd.dhcp.wire;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.option.OptionSet;
import org.jspecify.annotations.Nullable;

/**
 * A message to encode: a server's reply, or with {@link Header#REQUEST} what a test client sends. Arrays are shared and
 * must not be changed.
 *
 * @param header the fixed fields
 * @param type the message type, encoded as option 53; {@link MessageType#BOOTP} for a reply without it
 * @param sname server name, at most 63 bytes, empty for none
 * @param file boot file, at most 127 bytes, empty for none
 * @param options the other options, in the order to send them
 * @param maxSize the largest IP datagram the receiver takes, in bytes; taken as 576 when it is less
 * @param seal option 90 (RFC 3118), which is not among the options, or null for none
 */
public record Reply(
        Header header,
        MessageType type,
        byte[] sname,
        byte[] file,
        OptionSet options,
        int maxSize,
        @Nullable Seal seal) {

    /** A message without option 90. */
    public Reply(Header header, MessageType type, byte[] sname, byte[] file, OptionSet options, int maxSize) {
        this(header, type, sname, file, options, maxSize, null);
    }

    /** This message with option 90, or without it. */
    public Reply sealed(@Nullable Seal by) {
        return new Reply(header, type, sname, file, options, maxSize, by);
    }
}
