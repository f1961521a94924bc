package io.athena.dhcpd.core.link;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On the loopback interface, which takes frames that nobody reads. */
class JnrFrameSocketTest extends FrameSocketContract {

    @BeforeEach
    void packetSocketsNeedAPrivilege() {
        try (FrameSocket socket = open()) {
            assumeTrue(socket != null);
        } catch (FrameSocketException e) {
            assumeTrue(!e.isPermission(), e.getMessage());
        }
    }

    @Override
    FrameSocket open() throws FrameSocketException {
        return JnrFrameSocket.open("lo");
    }

    @Test
    void anInterfaceThatDoesNotExistIsNamed() {
        assertThatExceptionOfType(FrameSocketException.class)
                .isThrownBy(() -> JnrFrameSocket.open("nonesuch0"))
                .withMessageContaining("nonesuch0")
                .withMessageContaining("there is no such interface");
    }
}
