package io.athena.dhcpd.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameSocketExceptionTest {

    @ParameterizedTest(name = "errno {0}: {1}")
    @CsvSource({
        "1, CAP_NET_RAW",
        "13, CAP_NET_RAW",
        "19, no such interface",
        "6, no such interface",
        "100, interface is down",
        "101, errno 101",
        "90, longer than the interface's MTU",
        "11, queue is full",
        "105, queue is full",
        "97, no packet sockets",
        "5, errno 5",
    })
    void theMessageNamesTheCauseInWords(int errno, String words) {
        FrameSocketException error = FrameSocketException.of("cannot send a frame on eth9", errno);

        assertThat(error)
                .hasMessageStartingWith("cannot send a frame on eth9: ")
                .hasMessageContaining(words);
        assertThat(error.errno()).isEqualTo(errno);
    }

    @Test
    void onlyAMissingPrivilegeIsOne() {
        assertThat(FrameSocketException.of("x", Errno.EPERM).isPermission()).isTrue();
        assertThat(FrameSocketException.of("x", Errno.EACCES).isPermission()).isTrue();
        assertThat(FrameSocketException.of("x", Errno.ENODEV).isPermission()).isFalse();
    }
}
