package io.athena.dhcpd.core.link;

import java.net.NetworkInterface;
import java.net.SocketException;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;

/** AF_PACKET of Linux (packet(7)). */
public final class JnrFrameSocket implements FrameSocket {

    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_DONTWAIT = 0x40;

    private static final int SOCKADDR_LL_SIZE = 20;
    private static final int SLL_IFINDEX_AT = 4;

    /** The calls used here; public because JNR generates its implementation in a package of its own. */
    public interface Libc {
        int socket(int domain, int type, int protocol);

        int bind(int descriptor, @In Pointer address, int length);

        @ssize_t
        long send(int descriptor, @In Pointer bytes, @size_t long length, int flags);

        int close(int descriptor);
    }

    private final String interfaceName;
    private final Libc libc;
    private final Runtime runtime;
    private final int descriptor;
    private final Pointer buffer;
    private boolean closed;

    private JnrFrameSocket(String interfaceName, Libc libc, Runtime runtime, int descriptor) {
        this.interfaceName = interfaceName;
        this.libc = libc;
        this.runtime = runtime;
        this.descriptor = descriptor;
        this.buffer = Memory.allocateDirect(runtime, MAX_FRAME);
    }

    /** Opens a socket; see {@link FrameSockets#open}. */
    public static FrameSocket open(String interfaceName) throws FrameSocketException {
        int index = indexOf(interfaceName);
        Libc libc = LibraryLoader.create(Libc.class).load("c");
        Runtime runtime = Runtime.getRuntime(libc);
        // Protocol 0: the kernel queues no received frame for it.
        int descriptor = libc.socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
        if (descriptor < 0) {
            throw FrameSocketException.of("cannot open a packet socket on " + interfaceName, runtime.getLastError());
        }
        JnrFrameSocket socket = new JnrFrameSocket(interfaceName, libc, runtime, descriptor);
        socket.bindTo(index);
        return socket;
    }

    private static int indexOf(String interfaceName) throws FrameSocketException {
        try {
            NetworkInterface found = NetworkInterface.getByName(interfaceName);
            if (found != null) {
                return found.getIndex();
            }
        } catch (SocketException e) {
            throw new FrameSocketException("cannot look at " + interfaceName + ": " + e.getMessage(), 0);
        }
        throw FrameSocketException.of("cannot open a packet socket on " + interfaceName, Errno.ENODEV);
    }

    private void bindTo(int index) throws FrameSocketException {
        Pointer address = Memory.allocateDirect(runtime, SOCKADDR_LL_SIZE, true);
        address.putShort(0, (short) AF_PACKET);
        address.putInt(SLL_IFINDEX_AT, index);
        if (libc.bind(descriptor, address, SOCKADDR_LL_SIZE) < 0) {
            int errno = runtime.getLastError();
            close();
            throw FrameSocketException.of("cannot bind a packet socket to " + interfaceName, errno);
        }
    }

    @Override
    public void send(byte[] frame, int length) throws FrameSocketException {
        if (length > MAX_FRAME) {
            throw FrameSocketException.of("cannot send " + length + " bytes on " + interfaceName, Errno.EMSGSIZE);
        }
        buffer.put(0, frame, 0, length);
        if (libc.send(descriptor, buffer, length, MSG_DONTWAIT) < 0) {
            throw FrameSocketException.of("cannot send a frame on " + interfaceName, runtime.getLastError());
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            libc.close(descriptor);
        }
    }
}
