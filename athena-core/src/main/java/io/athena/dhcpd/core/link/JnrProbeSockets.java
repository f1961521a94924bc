package io.athena.dhcpd.core.link;

import io.athena.dhcpd.core.net.Ipv4;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;
import org.jspecify.annotations.Nullable;

/** Packet sockets and raw ICMP of Linux, with poll(2) over them and an eventfd(2) to end it. */
public final class JnrProbeSockets implements ProbeSockets {

    private static final int AF_INET = 2;
    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW = 3;
    /** SOCK_NONBLOCK and SOCK_CLOEXEC; eventfd's flags are the same. */
    private static final int UNBLOCKING = 0x800 | 0x80000;

    private static final int IPPROTO_ICMP = 1;
    private static final int SOL_RAW = 255;
    private static final int ICMP_FILTER = 1;
    /** Each set bit is a type that is kept away; type 0 is the echo reply. */
    private static final int ALL_BUT_ECHO_REPLIES = ~1;

    private static final int SOCKADDR_LL_SIZE = 20;
    private static final int ETH_P_ARP = 0x0806;

    private static final int POLLFD_SIZE = 8;
    private static final short POLLIN = 1;

    /** The calls used here; public because JNR generates its implementation in a package of its own. */
    public interface Libc {
        int socket(int domain, int type, int protocol);

        int bind(int descriptor, @In Pointer address, int length);

        @ssize_t
        long sendto(
                int descriptor,
                @In Pointer bytes,
                @size_t long length,
                int flags,
                @In @Nullable Pointer to,
                int addressLength);

        @ssize_t
        long recvfrom(
                int descriptor,
                @Out Pointer bytes,
                @size_t long length,
                int flags,
                @Out Pointer from,
                @In @Out Pointer addressLength);

        int setsockopt(int descriptor, int level, int name, @In Pointer value, int length);

        int getsockopt(int descriptor, int level, int name, @Out Pointer value, @In @Out Pointer length);

        int eventfd(int initial, int flags);

        @ssize_t
        long read(int descriptor, @Out Pointer bytes, @size_t long length);

        @ssize_t
        long write(int descriptor, @In Pointer bytes, @size_t long length);

        int poll(@In @Out Pointer descriptors, @size_t long count, int millis);

        int close(int descriptor);
    }

    private final Libc libc;
    private final Runtime runtime;
    private final int wakeDescriptor;
    private final Pointer wakeWord;
    private final Pointer readWord;
    private final List<JnrProbeSocket> open = new ArrayList<>();
    private Pointer pollSet;
    private boolean pollSetStale = true;
    private boolean closed;

    private JnrProbeSockets(Libc libc, Runtime runtime, int wakeDescriptor) {
        this.libc = libc;
        this.runtime = runtime;
        this.wakeDescriptor = wakeDescriptor;
        this.wakeWord = Memory.allocateDirect(runtime, Long.BYTES);
        wakeWord.putLong(0, 1);
        this.readWord = Memory.allocateDirect(runtime, Long.BYTES);
        this.pollSet = Memory.allocateDirect(runtime, POLLFD_SIZE);
    }

    /** Opens what the waiting needs, which takes no privilege. */
    public static ProbeSockets open() throws FrameSocketException {
        Libc libc = LibraryLoader.create(Libc.class).load("c");
        Runtime runtime = Runtime.getRuntime(libc);
        int descriptor = libc.eventfd(0, UNBLOCKING);
        if (descriptor < 0) {
            throw FrameSocketException.of("cannot open an eventfd", runtime.getLastError());
        }
        return new JnrProbeSockets(libc, runtime, descriptor);
    }

    @Override
    public void verify() throws FrameSocketException {
        libc.close(socket(AF_PACKET, 0, "a packet socket"));
        libc.close(socket(AF_INET, IPPROTO_ICMP, "a raw ICMP socket"));
    }

    @Override
    public ArpSocket openArp(String interfaceName, int interfaceIndex) throws FrameSocketException {
        // Protocol 0 until it is bound: else it would hear every interface at first.
        int descriptor = socket(AF_PACKET, 0, "a packet socket on " + interfaceName);
        Pointer address = Memory.allocateDirect(runtime, SOCKADDR_LL_SIZE, true);
        address.putShort(0, (short) AF_PACKET);
        address.putByte(2, (byte) (ETH_P_ARP >>> 8));
        address.putByte(3, (byte) ETH_P_ARP);
        address.putInt(4, interfaceIndex);
        JnrArpSocket socket = new JnrArpSocket(this, descriptor, interfaceName);
        socket.enlargeBuffer();
        if (libc.bind(descriptor, address, SOCKADDR_LL_SIZE) < 0) {
            throw closing(descriptor, "cannot bind a packet socket to " + interfaceName);
        }
        return added(socket);
    }

    @Override
    public EchoSocket openEcho() throws FrameSocketException {
        int descriptor = socket(AF_INET, IPPROTO_ICMP, "a raw ICMP socket");
        Pointer filter = Memory.allocateDirect(runtime, Integer.BYTES);
        filter.putInt(0, ALL_BUT_ECHO_REPLIES);
        if (libc.setsockopt(descriptor, SOL_RAW, ICMP_FILTER, filter, Integer.BYTES) < 0) {
            throw closing(descriptor, "cannot filter a raw ICMP socket");
        }
        JnrEchoSocket socket = new JnrEchoSocket(this, descriptor);
        socket.enlargeBuffer();
        return added(socket);
    }

    private int socket(int family, int protocol, String what) throws FrameSocketException {
        int descriptor = libc.socket(family, SOCK_RAW | UNBLOCKING, protocol);
        if (descriptor < 0) {
            throw FrameSocketException.of("cannot open " + what, runtime.getLastError());
        }
        return descriptor;
    }

    private FrameSocketException closing(int descriptor, String what) {
        int errno = runtime.getLastError();
        libc.close(descriptor);
        return FrameSocketException.of(what, errno);
    }

    private <T extends JnrProbeSocket> T added(T socket) {
        open.add(socket);
        pollSetStale = true;
        return socket;
    }

    void removed(JnrProbeSocket socket) {
        open.remove(socket);
        pollSetStale = true;
    }

    Libc libc() {
        return libc;
    }

    Runtime runtime() {
        return runtime;
    }

    @Override
    public void await(long nanos) {
        if (pollSetStale) {
            rebuildPollSet();
        }
        // Rounded up: a sleep that ends just before its deadline would be repeated a thousand times a second.
        long millis = Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(nanos + 999_999));
        int ready = libc.poll(pollSet, open.size() + 1L, (int) millis);
        for (int i = 0; i < open.size(); i++) {
            // An error of the socket shows as well, and receiving fetches it.
            open.get(i).setReadable(ready > 0 && pollSet.getShort((i + 1L) * POLLFD_SIZE + 6) != 0);
        }
        if (ready > 0 && pollSet.getShort(6) != 0) {
            libc.read(wakeDescriptor, readWord, Long.BYTES);
        }
    }

    private void rebuildPollSet() {
        pollSet = Memory.allocateDirect(runtime, POLLFD_SIZE * (open.size() + 1), true);
        putPoll(0, wakeDescriptor);
        for (int i = 0; i < open.size(); i++) {
            putPoll(i + 1, open.get(i).descriptor());
        }
        pollSetStale = false;
    }

    private void putPoll(int index, int descriptor) {
        pollSet.putInt((long) index * POLLFD_SIZE, descriptor);
        pollSet.putShort((long) index * POLLFD_SIZE + 4, POLLIN);
    }

    @Override
    public void wake() {
        // The lock keeps the descriptor from being closed, and given to somebody else, in between.
        synchronized (wakeWord) {
            if (!closed) {
                libc.write(wakeDescriptor, wakeWord, Long.BYTES);
            }
        }
    }

    @Override
    public void close() {
        synchronized (wakeWord) {
            if (!closed) {
                closed = true;
                libc.close(wakeDescriptor);
            }
        }
    }

    /** Writes an address of the Internet family where the kernel expects one. */
    static void putInetAddress(Pointer to, Ipv4 address) {
        to.putShort(0, (short) AF_INET);
        to.putShort(2, (short) 0);
        byte[] bytes = address.toBytes();
        to.put(4, bytes, 0, bytes.length);
    }
}
