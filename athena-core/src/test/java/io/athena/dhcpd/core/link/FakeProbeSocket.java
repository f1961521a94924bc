package io.athena.dhcpd.core.link;

import io.athena.dhcpd.core.net.Ipv4;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what was sent, and gives what a test lets arrive. */
public final class FakeProbeSocket implements ArpSocket, EchoSocket {

    /**
     * Something that was sent.
     *
     * @param to its target; null for a frame, which names it itself
     */
    public record Sent(@Nullable Ipv4 to, byte[] bytes) {}

    private final Deque<byte[]> arrived = new ArrayDeque<>();
    private final List<Sent> sent = new ArrayList<>();
    private boolean readable;
    private boolean closed;
    private long lost;
    private int refusal;
    private int mishap;
    private Runnable afterLook = () -> {};

    public List<Sent> sent() {
        return sent;
    }

    public boolean isClosed() {
        return closed;
    }

    public void arrive(byte[] packet) {
        arrived.add(packet.clone());
    }

    /** Lets the kernel throw away packets that nobody will see. */
    public void lose(int packets) {
        lost += packets;
    }

    /** Makes every send fail with this error number; 0 makes them work again. */
    public void refuse(int errno) {
        refusal = errno;
    }

    /** Makes the next receiving tell this error number. */
    public void befall(int errno) {
        mishap = errno;
    }

    /** Does something right after the next look at what has arrived. */
    public void onLook(Runnable afterwards) {
        afterLook = afterwards;
    }

    void look() {
        readable = !closed && (!arrived.isEmpty() || mishap != 0);
        Runnable afterwards = afterLook;
        afterLook = () -> {};
        afterwards.run();
    }

    @Override
    public void send(byte[] frame, int length) throws FrameSocketException {
        keep(null, frame, length);
    }

    @Override
    public void send(Ipv4 to, byte[] message, int length) throws FrameSocketException {
        keep(to, message, length);
    }

    private void keep(@Nullable Ipv4 to, byte[] bytes, int length) throws FrameSocketException {
        if (closed) {
            throw new AssertionError("sent on a socket that is closed");
        }
        if (refusal != 0 || length > FrameSocket.MAX_FRAME) {
            throw FrameSocketException.ofSend("cannot send on a fake", refusal == 0 ? Errno.EMSGSIZE : refusal);
        }
        sent.add(new Sent(to, Arrays.copyOf(bytes, length)));
    }

    @Override
    public boolean isReadable() {
        return readable;
    }

    @Override
    public int receive(byte[] into) throws FrameSocketException {
        if (closed) {
            throw new AssertionError("received on a socket that is closed");
        }
        if (mishap != 0) {
            int errno = mishap;
            mishap = 0;
            throw FrameSocketException.of("cannot receive on a fake", errno);
        }
        byte[] packet = arrived.poll();
        if (packet == null) {
            return NOTHING;
        }
        int length = Math.min(packet.length, MAX_RECEIVED);
        System.arraycopy(packet, 0, into, 0, length);
        return length;
    }

    @Override
    public long lost() {
        return lost;
    }

    @Override
    public void close() {
        closed = true;
        readable = false;
    }
}
