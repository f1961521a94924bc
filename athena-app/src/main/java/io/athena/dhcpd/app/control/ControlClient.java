package io.athena.dhcpd.app.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;
import org.jspecify.annotations.Nullable;

/** The command line's end of the control socket; for one thread. */
public final class ControlClient implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final UnixSocketChannel channel;
    private final ControlFrames frames = new ControlFrames();

    private ControlClient(UnixSocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Connects to the server, or returns null when none listens there.
     *
     * @throws IOException when the socket may not be used
     */
    public static @Nullable ControlClient connect(Path path) throws IOException {
        if (!Files.exists(path)) {
            return null;
        }
        UnixSocketChannel channel = UnixSocketChannel.create();
        try {
            channel.connect(new UnixSocketAddress(path.toString()));
            ControlFrames.limitWaits(channel, PATIENCE_SECONDS);
            return new ControlClient(channel);
        } catch (IOException e) {
            channel.close();
            if (String.valueOf(e.getMessage()).contains("refused")) {
                return null;
            }
            throw new IOException("the control socket " + path + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Asks and waits for the answer. @throws IOException when the server went away, or refused */
    public <T extends ControlReply> T ask(ControlRequest request, Class<T> expected) throws IOException {
        frames.write(channel, (Record) request);
        ControlReply reply = frames.read(channel, ControlReply.class);
        if (expected.isInstance(reply)) {
            return expected.cast(reply);
        }
        throw new IOException(
                reply instanceof ControlReply.Refused refused
                        ? refused.reason()
                        : "the server closed the control connection; only root and the server's own user may use it");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
