package io.athena.dhcpd.dhcp.wire;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * The bytes of a received message that the code in its option 90 is about: the message as its client sent it, with
 * zeros for the code itself and for what relay agents change (RFC 3118 sections 3 and 5.3).
 */
public final class SignedPart {

    /** Bytes of an HMAC-MD5. */
    public static final int CODE_SIZE = 16;

    private static final int RELAY_AGENT = 82;
    private static final int AUTHENTICATION = 90;
    private static final int END = 255;

    private final byte[] datagram;
    private final byte[] signed;
    private int size = Layout.OPTIONS_AT;
    private int found;
    private boolean whole;

    private SignedPart(byte[] datagram) {
        this.datagram = datagram;
        this.signed = datagram.clone();
    }

    /**
     * What the client may have signed: the message as it came, or, where a relay agent has put option 82 into it, each
     * that it can have been before, for the relay agent may have used or changed its padding. Empty when option 90 does
     * not stand once and whole in the options field.
     *
     * @param datagram a message that was decoded
     */
    public static Collection<byte[]> of(byte[] datagram) {
        return new SignedPart(datagram).read();
    }

    private Collection<byte[]> read() {
        Arrays.fill(signed, Layout.HOPS_AT, Layout.HOPS_AT + 1, (byte) 0);
        Arrays.fill(signed, Layout.GIADDR_AT, Layout.GIADDR_AT + 4, (byte) 0);
        PacketReader reader = PacketReader.of(datagram).area(Layout.OPTIONS_AT, datagram.length);
        OptionCursor cursor = new OptionCursor(reader);
        int from = Layout.OPTIONS_AT;
        while (cursor.next()) {
            int valueAt = datagram.length - reader.remaining();
            reader.skip(cursor.length());
            int next = valueAt + cursor.length();
            if (cursor.code() == RELAY_AGENT) {
                keep(from, valueAt - 2);
                from = next;
            } else if (cursor.code() == AUTHENTICATION) {
                keep(from, next);
                from = next;
                blankCode(cursor.length());
            }
        }
        int end = datagram.length - reader.remaining() - (cursor.code() == END ? 1 : 0);
        keep(from, end);
        return found == 1 && whole ? candidates(end) : List.of();
    }

    private void keep(int from, int to) {
        System.arraycopy(datagram, from, signed, size, to - from);
        size += to - from;
    }

    /** The code is what the value of option 90, which was kept last, ends with. */
    private void blankCode(int length) {
        found++;
        whole = length >= CODE_SIZE;
        if (whole) {
            Arrays.fill(signed, size - CODE_SIZE, size, (byte) 0);
        }
    }

    /** @param end where the options end in the datagram: END, and what comes after it, is not kept yet */
    private Collection<byte[]> candidates(int end) {
        int options = size;
        keep(end, datagram.length);
        if (size == datagram.length) {
            return List.of(signed);
        }
        Arrays.fill(signed, size, signed.length, (byte) 0);
        int ended = Math.min(options + 1, size);
        TreeSet<Integer> sizes = new TreeSet<>(List.of(size, Math.max(ended, Layout.BOOTP_SIZE), ended));
        return sizes.stream().map(each -> Arrays.copyOf(signed, each)).toList();
    }
}
