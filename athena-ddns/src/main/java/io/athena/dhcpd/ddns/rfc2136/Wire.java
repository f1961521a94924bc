package io.athena.dhcpd.ddns.rfc2136;

import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.update.DnsFailure;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Carries messages over UDP and TCP. Every wait ends at its deadline, by an interrupt, or when this is closed. */
final class Wire implements AutoCloseable {

    private static final int LONGEST_MESSAGE = 65535;

    /** Who listens to what a server says. */
    interface Ear {

        /** @return true when that was the answer, or its last part; false when more is to be waited for */
        boolean hear(byte[] message) throws DnsFailure;
    }

    private final TimeSource time;
    private final Set<Selector> selectors = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Wire(TimeSource time) {
        this.time = time;
    }

    /** Asks over UDP; false when nothing was heard up to {@code deadline}, a {@link TimeSource#nanoTime}. */
    boolean askByUdp(InetSocketAddress server, byte[] question, long deadline, Ear ear)
            throws IOException, InterruptedException, DnsFailure {
        Selector selector = open();
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.configureBlocking(false);
            channel.connect(server);
            channel.register(selector, SelectionKey.OP_READ);
            channel.write(ByteBuffer.wrap(question));
            ByteBuffer buffer = ByteBuffer.allocate(LONGEST_MESSAGE);
            while (await(selector, deadline)) {
                buffer.clear();
                if (channel.read(buffer) > 0 && ear.hear(taken(buffer))) {
                    return true;
                }
            }
            return false;
        } catch (ClosedByInterruptException e) {
            throw interrupted();
        } finally {
            release(selector);
        }
    }

    /** Asks over TCP, where an answer may be several messages (RFC 1035 section 4.2.2); else as over UDP. */
    boolean askByTcp(InetSocketAddress server, byte[] question, long deadline, Ear ear)
            throws IOException, InterruptedException, DnsFailure {
        Selector selector = open();
        try (SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            if (!channel.connect(server)) {
                do {
                    if (!await(selector, deadline)) {
                        return false;
                    }
                } while (!channel.finishConnect());
            }
            ByteBuffer frame = ByteBuffer.allocate(Short.BYTES + question.length);
            frame.putShort((short) question.length).put(question).flip();
            key.interestOps(SelectionKey.OP_WRITE);
            while (frame.hasRemaining()) {
                if (!await(selector, deadline)) {
                    return false;
                }
                channel.write(frame);
            }
            key.interestOps(SelectionKey.OP_READ);
            return hearFrames(channel, selector, deadline, ear);
        } catch (ClosedByInterruptException e) {
            throw interrupted();
        } finally {
            release(selector);
        }
    }

    private boolean hearFrames(SocketChannel channel, Selector selector, long deadline, Ear ear)
            throws IOException, InterruptedException, DnsFailure {
        ByteBuffer buffer = ByteBuffer.allocate(Short.BYTES + LONGEST_MESSAGE);
        while (await(selector, deadline)) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("the connection was closed before the answer was complete");
            }
            buffer.flip();
            while (buffer.remaining() >= Short.BYTES
                    && buffer.remaining() - Short.BYTES >= (buffer.getShort(buffer.position()) & 0xffff)) {
                byte[] message = new byte[buffer.getShort() & 0xffff];
                buffer.get(message);
                if (ear.hear(message)) {
                    return true;
                }
            }
            buffer.compact();
        }
        return false;
    }

    /** Waits until the channel is ready; false when the deadline has passed. */
    private boolean await(Selector selector, long deadline) throws IOException, InterruptedException {
        while (true) {
            long millis = TimeUnit.NANOSECONDS.toMillis(deadline - time.nanoTime());
            if (millis <= 0) {
                return false;
            }
            int ready = selector.select(millis);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (closed) {
                throw shut();
            }
            if (ready > 0) {
                selector.selectedKeys().clear();
                return true;
            }
        }
    }

    private Selector open() throws IOException {
        Selector selector = Selector.open();
        selectors.add(selector);
        if (closed) {
            release(selector);
            throw shut();
        }
        return selector;
    }

    private void release(Selector selector) throws IOException {
        selectors.remove(selector);
        selector.close();
    }

    /** A channel that is closed by an interrupt leaves the thread's mark set. */
    private static InterruptedException interrupted() {
        Thread.interrupted();
        return new InterruptedException();
    }

    private static SocketException shut() {
        return new SocketException("this server is being stopped");
    }

    private static byte[] taken(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /** What is under way fails. */
    @Override
    public void close() {
        closed = true;
        // Each is closed by the thread that uses it: Java does not bear that another one does while it registers.
        selectors.forEach(Selector::wakeup);
    }
}
