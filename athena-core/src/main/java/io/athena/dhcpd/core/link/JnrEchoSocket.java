package io.athena.dhcpd.core.link;

import io.athena.dhcpd.core.net.Ipv4;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;

/** ICMP through a raw socket (raw(7)). */
final class JnrEchoSocket extends JnrProbeSocket implements EchoSocket {

    private static final int SOCKADDR_IN_SIZE = 16;
    private static final int SOL_SOCKET = 1;
    private static final int SO_MEMINFO = 55;
    private static final int MEMINFO_SIZE = 36;
    private static final int DROPS_AT = 32;

    private final Pointer target;
    private final Pointer memory;

    JnrEchoSocket(JnrProbeSockets owner, int descriptor) {
        super(owner, descriptor, "the raw ICMP socket");
        this.target = Memory.allocateDirect(owner.runtime(), SOCKADDR_IN_SIZE, true);
        this.memory = Memory.allocateDirect(owner.runtime(), MEMINFO_SIZE, true);
    }

    @Override
    public void send(Ipv4 to, byte[] message, int length) throws FrameSocketException {
        JnrProbeSockets.putInetAddress(target, to);
        send(message, length, target, SOCKADDR_IN_SIZE);
    }

    @Override
    boolean isWanted(Pointer senderAddress) {
        return true;
    }

    /** Kernels before 4.12 do not tell, and always seem to have lost nothing. */
    @Override
    public long lost() {
        return option(SOL_SOCKET, SO_MEMINFO, memory, MEMINFO_SIZE)
                ? Integer.toUnsignedLong(memory.getInt(DROPS_AT))
                : 0;
    }
}
