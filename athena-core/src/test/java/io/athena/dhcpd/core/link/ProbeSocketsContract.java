package io.athena.dhcpd.core.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What all probe sockets promise, shown on the loopback interface. */
@Timeout(60)
abstract class ProbeSocketsContract {

    static final Ipv4 LOCALHOST = Ipv4.parse("127.0.0.1");
    private static final MacAddress STRANGER = MacAddress.parse("02:00:00:00:00:99");
    private static final long A_MINUTE = TimeUnit.MINUTES.toNanos(1);

    final byte[] into = new byte[ProbeSocket.MAX_RECEIVED];
    ProbeSockets sockets;

    abstract ProbeSockets open() throws FrameSocketException;

    abstract ArpSocket openArp() throws FrameSocketException;

    /** Lets a frame come in on the interface of {@link #openArp}. */
    abstract void arrive(byte[] frame) throws FrameSocketException;

    /** Lets 127.0.0.1 answer an echo request that was sent to it. */
    abstract void answer(byte[] request);

    @BeforeEach
    void openSockets() throws FrameSocketException {
        sockets = open();
    }

    @AfterEach
    void closeSockets() {
        sockets.close();
    }

    static byte[] frameOf(String senderIp) {
        byte[] frame = new byte[ArpFrames.SIZE];
        ArpFrames.request(frame, STRANGER, Ipv4.parse(senderIp), LOCALHOST);
        return frame;
    }

    @Test
    void framesAreReceivedOnceInTheOrderOfTheirArrival() throws FrameSocketException {
        try (ArpSocket socket = openArp()) {
            arrive(frameOf("192.0.2.1"));
            arrive(frameOf("192.0.2.2"));
            awaitReadable(socket);

            assertThat(received(socket)).startsWith(frameOf("192.0.2.1"));
            assertThat(received(socket)).startsWith(frameOf("192.0.2.2"));
            assertThat(socket.receive(into)).isEqualTo(ProbeSocket.NOTHING);
            sockets.await(0);
            assertThat(socket.isReadable()).isFalse();
            assertThat(socket.lost()).isZero();
        }
    }

    @Test
    void aFrameIsReadableOnItsOwnSocketOnly() throws FrameSocketException {
        try (ArpSocket socket = openArp();
                EchoSocket echo = sockets.openEcho()) {
            arrive(frameOf("192.0.2.3"));
            awaitReadable(socket);

            assertThat(echo.isReadable()).isFalse();
            assertThat(received(socket)).startsWith(frameOf("192.0.2.3"));
        }
    }

    @Test
    void anEchoReplyComesWithItsIpHeader() throws FrameSocketException {
        try (EchoSocket socket = sockets.openEcho()) {
            byte[] request = new byte[EchoMessages.SIZE];
            EchoMessages.request(request, 0x1234, 7, 0x0102030405060708L);
            socket.send(LOCALHOST, request, request.length);
            answer(request);
            awaitReadable(socket);

            byte[] reply = received(socket);
            assertThat(EchoMessages.isReply(reply, reply.length)).isTrue();
            assertThat(EchoMessages.source(reply)).isEqualTo(LOCALHOST.bits());
            assertThat(EchoMessages.id(reply)).isEqualTo(0x1234);
            assertThat(EchoMessages.sequence(reply)).isEqualTo(7);
            assertThat(EchoMessages.token(reply)).isEqualTo(0x0102030405060708L);
            assertThat(socket.receive(into))
                    .as("the request itself is not heard")
                    .isEqualTo(ProbeSocket.NOTHING);
            assertThat(socket.lost()).isZero();
        }
    }

    @Test
    void aPacketThatIsTooLongIsRefusedAndTheNextOneIsSent() throws FrameSocketException {
        try (ArpSocket socket = openArp()) {
            assertThatExceptionOfType(FrameSocketException.class)
                    .isThrownBy(() -> socket.send(new byte[3000], 2049))
                    .withMessageContaining("longer than the interface's MTU");
            assertThatCode(() -> socket.send(frameOf("192.0.2.4"), ArpFrames.SIZE))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aWakeEndsTheNextSleep() {
        sockets.wake();
        sockets.await(A_MINUTE);
        sockets.await(0);
    }

    @Test
    void wakingAndClosingWhatIsClosedDoesNothing() throws FrameSocketException {
        ArpSocket socket = openArp();
        socket.close();
        sockets.await(0);
        assertThat(socket.isReadable()).isFalse();
        sockets.close();
        assertThatCode(() -> {
                    socket.close();
                    sockets.close();
                    sockets.wake();
                })
                .doesNotThrowAnyException();
    }

    final void awaitReadable(ProbeSocket socket) {
        do {
            sockets.await(A_MINUTE);
        } while (!socket.isReadable());
    }

    final byte[] received(ProbeSocket socket) throws FrameSocketException {
        int length = socket.receive(into);
        assertThat(length).isPositive();
        return Arrays.copyOf(into, length);
    }
}
