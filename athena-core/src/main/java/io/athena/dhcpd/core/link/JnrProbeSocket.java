package io.athena.dhcpd.core.link;

import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/** What both kinds of socket have in common: a descriptor and native memory that is used again and again. */
abstract class JnrProbeSocket implements ProbeSocket {

    /** Room for more than ten thousand small packets; the kernel grants twice that. */
    private static final int RECEIVE_BUFFER = 8 << 20;

    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int ADDRESS_SIZE = 28;
    private static final int BUFFER_SIZE = 2048;

    private final JnrProbeSockets owner;
    private final int descriptor;
    private final String what;
    private final Pointer buffer;
    private final Pointer address;
    private final Pointer length;
    private boolean readable;
    private boolean closed;

    JnrProbeSocket(JnrProbeSockets owner, int descriptor, String what) {
        this.owner = owner;
        this.descriptor = descriptor;
        this.what = what;
        this.buffer = Memory.allocateDirect(owner.runtime(), BUFFER_SIZE);
        this.address = Memory.allocateDirect(owner.runtime(), ADDRESS_SIZE, true);
        this.length = Memory.allocateDirect(owner.runtime(), Integer.BYTES);
    }

    /** Whether a packet whose sender's address is given is one that the socket is for. */
    abstract boolean isWanted(Pointer senderAddress);

    /** Sends to an address, or where the socket is bound to when there is none. */
    final void send(byte[] packet, int packetLength, @Nullable Pointer to, int toLength) throws FrameSocketException {
        if (packetLength > BUFFER_SIZE) {
            throw FrameSocketException.ofSend("cannot send on " + what, Errno.EMSGSIZE);
        }
        buffer.put(0, packet, 0, packetLength);
        if (owner.libc().sendto(descriptor, buffer, packetLength, 0, to, toLength) < 0) {
            throw FrameSocketException.ofSend("cannot send on " + what, lastError());
        }
    }

    @Override
    public final int receive(byte[] into) throws FrameSocketException {
        for (int skipped = 0; skipped < MAX_QUEUED; skipped++) {
            length.putInt(0, ADDRESS_SIZE);
            int received = (int) owner.libc().recvfrom(descriptor, buffer, MAX_RECEIVED, 0, address, length);
            if (received < 0) {
                return nothing(lastError());
            }
            if (isWanted(address)) {
                buffer.get(0, into, 0, received);
                return received;
            }
        }
        return NOTHING;
    }

    private int nothing(int errno) throws FrameSocketException {
        if (errno == Errno.EAGAIN || errno == Errno.EINTR) {
            return NOTHING;
        }
        throw FrameSocketException.of("cannot receive on " + what, errno);
    }

    /** Reads a socket option of {@code size} bytes; returns whether the kernel knows it. */
    final boolean option(int level, int name, Pointer into, int size) {
        length.putInt(0, size);
        return owner.libc().getsockopt(descriptor, level, name, into, length) == 0;
    }

    final void enlargeBuffer() {
        length.putInt(0, RECEIVE_BUFFER);
        if (owner.libc().setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, length, Integer.BYTES) < 0) {
            // Without CAP_NET_ADMIN net.core.rmem_max is the limit; what does not fit shows in lost().
            owner.libc().setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, length, Integer.BYTES);
        }
    }

    final int descriptor() {
        return descriptor;
    }

    final void setReadable(boolean seen) {
        readable = seen;
    }

    @Override
    public final boolean isReadable() {
        return readable;
    }

    private int lastError() {
        return owner.runtime().getLastError();
    }

    @Override
    public final void close() {
        if (!closed) {
            closed = true;
            owner.removed(this);
            owner.libc().close(descriptor);
        }
    }
}
