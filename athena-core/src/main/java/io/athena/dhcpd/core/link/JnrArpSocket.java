package io.athena.dhcpd.core.link;

import jnr.ffi.Memory;
import jnr.ffi.Pointer;

/** ARP through AF_PACKET (packet(7)). */
final class JnrArpSocket extends JnrProbeSocket implements ArpSocket {

    private static final int SOL_PACKET = 263;
    private static final int PACKET_STATISTICS = 6;
    private static final int STATISTICS_SIZE = 8;
    private static final int DROPS_AT = 4;

    private static final int PACKET_TYPE_AT = 10;
    private static final byte PACKET_OTHERHOST = 3;
    private static final byte PACKET_OUTGOING = 4;

    private final Pointer statistics;
    private long lost;

    JnrArpSocket(JnrProbeSockets owner, int descriptor, String interfaceName) {
        super(owner, descriptor, interfaceName);
        this.statistics = Memory.allocateDirect(owner.runtime(), STATISTICS_SIZE);
    }

    @Override
    public void send(byte[] frame, int length) throws FrameSocketException {
        send(frame, length, null, 0);
    }

    /** The kernel marks frames of a VLAN that has no interface here as another host's, and takes their tag away. */
    @Override
    boolean isWanted(Pointer senderAddress) {
        byte type = senderAddress.getByte(PACKET_TYPE_AT);
        return type != PACKET_OTHERHOST && type != PACKET_OUTGOING;
    }

    /** The kernel counts from zero again after each reading. */
    @Override
    public long lost() {
        if (option(SOL_PACKET, PACKET_STATISTICS, statistics, STATISTICS_SIZE)) {
            lost += Integer.toUnsignedLong(statistics.getInt(DROPS_AT));
        }
        return lost;
    }
}
