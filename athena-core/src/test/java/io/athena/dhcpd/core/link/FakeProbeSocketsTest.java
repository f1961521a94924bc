package io.athena.dhcpd.core.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FakeProbeSocketsTest extends ProbeSocketsContract {

    private final FakeProbeSockets fake = new FakeProbeSockets();

    @Override
    ProbeSockets open() {
        return fake;
    }

    @Override
    ArpSocket openArp() throws FrameSocketException {
        return fake.openArp("fake0", 7);
    }

    @Override
    void arrive(byte[] frame) {
        fake.arp(7).arrive(frame);
    }

    @Override
    void answer(byte[] request) {
        byte[] reply = new byte[20 + request.length];
        reply[0] = 0x45;
        reply[9] = 1;
        System.arraycopy(LOCALHOST.toBytes(), 0, reply, 12, 4);
        System.arraycopy(request, 0, reply, 20, request.length);
        reply[20] = 0;
        fake.echo().arrive(reply);
    }

    @Test
    void itDoesWhatATestTellsIt() throws FrameSocketException {
        List<Long> slept = new ArrayList<>();
        fake.onAwait(slept::add);
        fake.await(5);
        assertThat(slept).containsExactly(5L);

        fake.refusePrivilege(Errno.EPERM);
        assertThatExceptionOfType(FrameSocketException.class)
                .isThrownBy(fake::verify)
                .matches(FrameSocketException::isPermission);
        fake.refuseOpening(Errno.ENODEV);
        assertThatExceptionOfType(FrameSocketException.class).isThrownBy(fake::openEcho);
        fake.refuseOpening(0);

        ArpSocket socket = fake.openArp("fake0", 7);
        fake.arp(7).refuse(Errno.ENETUNREACH);
        assertThatExceptionOfType(FrameSocketException.class)
                .isThrownBy(() -> socket.send(new byte[42], 42))
                .withMessageContaining("no route");
        fake.arp(7).befall(Errno.ENETDOWN);
        assertThatExceptionOfType(FrameSocketException.class).isThrownBy(() -> socket.receive(into));
        fake.arp(7).refuse(0);
        socket.send(Arrays.copyOf(new byte[] {1, 2, 3}, 42), 3);
        assertThat(fake.arp(7).sent()).singleElement().satisfies(sent -> assertThat(sent.bytes())
                .containsExactly(1, 2, 3));
        fake.arp(7).lose(3);
        assertThat(socket.lost()).isEqualTo(3);
    }
}
