package io.athena.dhcpd.app.control;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import jnr.unixsocket.UnixSocketChannel;
import jnr.unixsocket.UnixSocketOptions;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The protocol of the control socket: requests and replies take turns, each a frame of four bytes of length (network
 * order, without the length itself) and that much JSON in UTF-8. A frame is at most {@value #MAX_FRAME} bytes; whoever
 * keeps the other waiting inside a frame longer than the timeout loses the connection.
 */
final class ControlFrames {

    static final int MAX_FRAME = 2 * 1024 * 1024;

    private static final int LENGTH_BYTES = 4;

    private final JsonMapper json = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /** Bounds every single wait on this channel. */
    static void limitWaits(UnixSocketChannel channel, long seconds) throws IOException {
        int millis = Math.toIntExact(TimeUnit.SECONDS.toMillis(seconds));
        channel.setOption(UnixSocketOptions.SO_RCVTIMEO, millis);
        channel.setOption(UnixSocketOptions.SO_SNDTIMEO, millis);
    }

    /**
     * The next message, or null when the other side has closed the connection between two frames.
     *
     * @throws MalformedFrameException when the frame is too long or its content is not such a message
     * @throws IOException when the connection broke, or the other side kept us waiting
     */
    <T> @Nullable T read(UnixSocketChannel channel, Class<T> type) throws IOException {
        ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES);
        if (!fill(channel, length)) {
            return null;
        }
        int size = length.flip().getInt();
        if (size < 0 || size > MAX_FRAME) {
            throw new MalformedFrameException("a frame of " + Integer.toUnsignedLong(size)
                    + " bytes was announced, at most " + MAX_FRAME + " are taken");
        }
        ByteBuffer body = ByteBuffer.allocate(size);
        if (size > 0 && !fill(channel, body)) {
            throw new EOFException("the connection ended inside a frame");
        }
        try {
            T message = json.readValue(new String(body.array(), StandardCharsets.UTF_8), type);
            if (message == null) {
                throw new MalformedFrameException("the frame is not a message of this protocol: null");
            }
            return message;
        } catch (JacksonException e) {
            throw new MalformedFrameException("the frame is not a message of this protocol: " + e.getOriginalMessage());
        }
    }

    void write(UnixSocketChannel channel, Record message) throws IOException {
        byte[] body = json.writeValueAsBytes(message);
        if (body.length > MAX_FRAME) {
            throw new IOException("a message of " + body.length + " bytes does not fit in a frame");
        }
        ByteBuffer frame = ByteBuffer.allocate(LENGTH_BYTES + body.length);
        frame.putInt(body.length).put(body).flip();
        while (frame.hasRemaining()) {
            if (channel.write(frame) <= 0) {
                throw new IOException("the other side takes no data");
            }
        }
    }

    /** False when the connection ended before the first byte. */
    private static boolean fill(UnixSocketChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            int n = channel.read(buffer);
            if (n < 0) {
                if (buffer.position() == 0) {
                    return false;
                }
                throw new EOFException("the connection ended inside a frame");
            }
            if (n == 0) {
                throw new IOException("the other side sent nothing for too long");
            }
        }
        return true;
    }

    /** The other side does not speak this protocol. */
    static final class MalformedFrameException extends IOException {
        MalformedFrameException(String message) {
            super(message);
        }
    }
}
