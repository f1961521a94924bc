package io.athena.dhcpd.core.link;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Keeps what was sent; refuses when told to. */
public final class FakeFrameSocket implements FrameSocket {

    private final List<byte[]> sent = new CopyOnWriteArrayList<>();
    private volatile @Nullable FrameSocketException refusal;
    private volatile boolean closed;

    public List<byte[]> sent() {
        return sent;
    }

    public boolean isClosed() {
        return closed;
    }

    /** Makes every send fail with this error number; 0 makes them work again. */
    public void refuse(int errno) {
        refusal = errno == 0 ? null : FrameSocketException.of("cannot send a frame on fake0", errno);
    }

    @Override
    public void send(byte[] frame, int length) throws FrameSocketException {
        FrameSocketException told = refusal;
        if (told == null && length > MAX_FRAME) {
            told = FrameSocketException.of("cannot send " + length + " bytes on fake0", Errno.EMSGSIZE);
        }
        if (told != null) {
            throw told;
        }
        sent.add(Arrays.copyOf(frame, length));
    }

    @Override
    public void close() {
        closed = true;
    }
}
