package io.athena.dhcpd.core.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.athena.dhcpd.core.net.Ipv4;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On the loopback interface, which brings back what is sent on it and takes no notice of ARP itself. */
class JnrProbeSocketsTest extends ProbeSocketsContract {

    /** So many packets at a time find room on their way. */
    private static final int PORTION = 256;

    private static final int MOST_PORTIONS = 100 * ProbeSocket.MAX_QUEUED / PORTION;

    /** Sends what is to arrive. */
    private ArpSocket stranger;

    @Override
    ProbeSockets open() throws FrameSocketException {
        return JnrProbeSockets.open();
    }

    @BeforeEach
    void rawSocketsNeedAPrivilege() throws FrameSocketException {
        try {
            sockets.verify();
        } catch (FrameSocketException e) {
            assumeFalse(e.isPermission(), e.getMessage());
            throw e;
        }
        stranger = openArp();
    }

    @AfterEach
    void closeStranger() {
        if (stranger != null) {
            stranger.close();
        }
    }

    @Override
    ArpSocket openArp() throws FrameSocketException {
        return sockets.openArp("lo", InterfaceState.look("lo").index());
    }

    @Override
    void arrive(byte[] frame) throws FrameSocketException {
        stranger.send(frame, frame.length);
    }

    @Override
    void answer(byte[] request) {
        // The kernel does.
    }

    @Test
    void anInterfaceThatDoesNotExistIsNamed() {
        assertThatExceptionOfType(FrameSocketException.class)
                .isThrownBy(() -> sockets.openArp("nonesuch0", 999_999))
                .withMessageContaining("nonesuch0")
                .withMessageContaining("there is no such interface");
    }

    @Test
    void anAddressWithoutARouteIsAnError() throws FrameSocketException {
        try (EchoSocket socket = sockets.openEcho()) {
            assertThatExceptionOfType(FrameSocketException.class)
                    .isThrownBy(() -> socket.send(Ipv4.BROADCAST, new byte[EchoMessages.SIZE], EchoMessages.SIZE))
                    .satisfies(refused -> assertThat(refused).hasMessageContaining("the raw ICMP socket"));
        }
    }

    @Test
    void framesThatFindTheQueueFullAreCounted() throws FrameSocketException {
        try (ArpSocket witness = openArp();
                ArpSocket socket = openArp()) {
            for (int sent = 0; sent < 2 * ProbeSocket.MAX_QUEUED; sent += PORTION) {
                for (int i = 0; i < PORTION; i++) {
                    arrive(frameOf("192.0.2.5"));
                }
                awaitArrival(witness);
            }
            long lost = socket.lost();
            assertThat(lost).isPositive();
            assertThat(socket.lost()).as("nothing new").isEqualTo(lost);

            int read = 0;
            while (socket.receive(into) != ProbeSocket.NOTHING) {
                read++;
            }
            assertThat(read + lost).isEqualTo(2L * ProbeSocket.MAX_QUEUED);
            assertThat(read).isLessThanOrEqualTo(ProbeSocket.MAX_QUEUED);
        }
    }

    /**
     * The interface hands frames over in its own time, and drops what piles up meanwhile without a count of ours. The
     * kernel serves the socket that was opened first last: what this one has, all have.
     */
    private void awaitArrival(ArpSocket witness) throws FrameSocketException {
        for (int seen = 0; seen < PORTION; ) {
            if (witness.receive(into) == ProbeSocket.NOTHING) {
                awaitReadable(witness);
            } else {
                seen++;
            }
        }
    }

    @Test
    void repliesThatFindTheQueueFullAreCounted() throws FrameSocketException {
        byte[] request = new byte[EchoMessages.SIZE];
        EchoMessages.request(request, 1, 1, 1);
        try (EchoSocket socket = sockets.openEcho()) {
            // The kernel may be too busy to answer some of them, as above.
            for (int portions = 0; socket.lost() == 0 && portions < MOST_PORTIONS; portions++) {
                for (int i = 0; i < PORTION; i++) {
                    socket.send(LOCALHOST, request, request.length);
                }
            }
            assertThat(socket.lost()).isPositive();
        }
    }

    @Test
    void aWakeFromAnotherThreadEndsASleep() throws InterruptedException {
        Thread waker = new Thread(() -> sockets.wake());
        waker.start();
        sockets.await(Long.MAX_VALUE / 2);
        waker.join();
        assertThatCode(() -> sockets.await(0)).doesNotThrowAnyException();
    }
}
