package io.athena.dhcpd.app.load;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;

/** Sends and hears whole Ethernet frames on one interface, whomever they are for (packet(7)). */
final class PacketPort implements Closeable {

    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW = 3;
    private static final int IPV4 = 0x0800;
    private static final int ARP = 0x0806;
    private static final int SOCKADDR_LL_SIZE = 20;
    private static final int PACKET_TYPE_AT = 10;
    private static final int PACKET_OUTGOING = 4;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int MAX_FRAME = 2048;

    /** The calls used here; public because JNR generates its implementation in a package of its own. */
    public interface Libc {
        int socket(int domain, int type, int protocol);

        int bind(int descriptor, @In Pointer address, int length);

        int setsockopt(int descriptor, int level, int name, @In Pointer value, int length);

        @ssize_t
        long send(int descriptor, @In Pointer bytes, @size_t long length, int flags);

        @ssize_t
        long recvfrom(
                int descriptor,
                @Out Pointer bytes,
                @size_t long length,
                int flags,
                @Out Pointer from,
                @In @Out Pointer fromLength);

        int close(int descriptor);
    }

    private final Libc libc = LibraryLoader.create(Libc.class).load("c");
    private final Runtime runtime = Runtime.getRuntime(libc);
    private final Pointer buffer = Memory.allocateDirect(runtime, MAX_FRAME);
    private final Pointer from = Memory.allocateDirect(runtime, SOCKADDR_LL_SIZE);
    private final Pointer fromLength = Memory.allocateDirect(runtime, 4);
    private final int descriptor;

    PacketPort(String interfaceName) throws IOException {
        this(interfaceName, IPV4);
    }

    /** Hears ARP alone. */
    static PacketPort ofArp(String interfaceName) throws IOException {
        return new PacketPort(interfaceName, ARP);
    }

    private PacketPort(String interfaceName, int protocol) throws IOException {
        short networkOrder = Short.reverseBytes((short) protocol);
        descriptor = checked("socket", libc.socket(AF_PACKET, SOCK_RAW, networkOrder));
        Pointer address = Memory.allocateDirect(runtime, SOCKADDR_LL_SIZE, true);
        address.putShort(0, (short) AF_PACKET);
        address.putShort(2, networkOrder);
        address.putInt(4, Integer.parseInt(fact(interfaceName, "ifindex")));
        checked("bind", libc.bind(descriptor, address, SOCKADDR_LL_SIZE));
        Pointer timeout = Memory.allocateDirect(runtime, 16, true);
        timeout.putLong(8, TimeUnit.MILLISECONDS.toMicros(200));
        checked("setsockopt", libc.setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, timeout, 16));
    }

    /** What the kernel says of an interface; Java sees none that has no address. */
    static String fact(String interfaceName, String name) throws IOException {
        return Files.readString(Path.of("/sys/class/net", interfaceName, name)).strip();
    }

    void send(byte[] frame, int length) throws IOException {
        buffer.put(0, frame, 0, length);
        checked("send", libc.send(descriptor, buffer, length, 0));
    }

    /** The next DHCP datagram from the server's port that comes within a fifth of a second. */
    Optional<HeardReply> receive() {
        return receiveFrame().flatMap(HeardReply::read);
    }

    /** The next frame of somebody else that comes within a fifth of a second. */
    Optional<byte[]> receiveFrame() {
        fromLength.putInt(0, SOCKADDR_LL_SIZE);
        long length = libc.recvfrom(descriptor, buffer, MAX_FRAME, 0, from, fromLength);
        if (length <= 0 || from.getByte(PACKET_TYPE_AT) == PACKET_OUTGOING) {
            return Optional.empty();
        }
        byte[] frame = new byte[MAX_FRAME];
        buffer.get(0, frame, 0, (int) length);
        return Optional.of(Arrays.copyOf(frame, (int) length));
    }

    private int checked(String call, long result) throws IOException {
        if (result < 0) {
            throw new IOException(call + ": errno " + runtime.getLastError());
        }
        return (int) result;
    }

    @Override
    public void close() {
        libc.close(descriptor);
    }
}
