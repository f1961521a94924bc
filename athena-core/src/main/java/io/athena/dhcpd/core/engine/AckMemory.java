package io.athena.dhcpd.core.engine;

import java.util.Arrays;

/** Which transaction the last ACK for each slot answered, and when. Eight bytes a slot. */
final class AckMemory {

    private static final int NEVER = 0;

    private int[] lastXid = new int[64];
    private int[] lastAck = new int[64];

    void note(int slot, int xid, long now) {
        if (slot >= lastAck.length) {
            int capacity = Math.max(slot + 1, 2 * lastAck.length);
            lastXid = Arrays.copyOf(lastXid, capacity);
            lastAck = Arrays.copyOf(lastAck, capacity);
        }
        lastXid[slot] = xid;
        lastAck[slot] = (int) now;
    }

    /** Whether the client's last ACK for this address answered the same transaction at {@code since} or later. */
    boolean answered(int slot, int xid, long since) {
        return slot < lastAck.length
                && lastAck[slot] != NEVER
                && lastXid[slot] == xid
                && Integer.toUnsignedLong(lastAck[slot]) >= since;
    }

    /** The slot is another address's from now on. */
    void forget(int slot) {
        if (slot < lastAck.length) {
            lastAck[slot] = NEVER;
        }
    }
}
