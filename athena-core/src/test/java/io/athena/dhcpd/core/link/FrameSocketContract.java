package io.athena.dhcpd.core.link;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What every frame socket promises. */
abstract class FrameSocketContract {

    /** A new socket on an interface that is up. */
    abstract FrameSocket open() throws FrameSocketException;

    @Test
    void aFrameIsTakenFromTheStartOfTheArray() throws FrameSocketException {
        try (FrameSocket socket = open()) {
            byte[] frame = Arrays.copyOf(FrameFixtures.broadcast(), 1000);
            assertThatCode(() -> socket.send(frame, 60)).doesNotThrowAnyException();
        }
    }

    @Test
    void aFrameThatIsTooLongIsRefusedAndTheNextOneIsSent() throws FrameSocketException {
        try (FrameSocket socket = open()) {
            assertThatExceptionOfType(FrameSocketException.class)
                    .isThrownBy(() -> socket.send(new byte[3000], 2049))
                    .withMessageContaining("longer than the interface's MTU");
            assertThatCode(() -> socket.send(FrameFixtures.broadcast(), 60)).doesNotThrowAnyException();
        }
    }

    @Test
    void closingTwiceIsAllowed() throws FrameSocketException {
        FrameSocket socket = open();
        socket.close();
        assertThatCode(socket::close).doesNotThrowAnyException();
    }
}
