package io.athena.dhcpd.core.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class FakeFrameSocketTest extends FrameSocketContract {

    @Override
    FrameSocket open() {
        return new FakeFrameSocket();
    }

    @Test
    void itRefusesWhatItIsToldToRefuse() throws FrameSocketException {
        FakeFrameSocket socket = new FakeFrameSocket();
        socket.refuse(Errno.ENOBUFS);
        assertThatExceptionOfType(FrameSocketException.class)
                .isThrownBy(() -> socket.send(FrameFixtures.broadcast(), 60))
                .withMessageContaining("queue is full");

        socket.refuse(0);
        socket.send(FrameFixtures.broadcast(), 60);
        assertThat(socket.sent()).containsExactly(FrameFixtures.broadcast());
        socket.close();
        assertThat(socket.isClosed()).isTrue();
    }
}
