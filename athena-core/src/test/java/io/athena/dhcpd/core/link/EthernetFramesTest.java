package io.athena.dhcpd.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.link.EthernetFrames.Endpoint;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EthernetFramesTest {

    private static final Endpoint SERVER =
            new Endpoint(MacAddress.parse("02:00:00:00:00:01"), Ipv4.parse("192.168.0.1"), 67);
    private static final Endpoint CLIENT =
            new Endpoint(MacAddress.parse("00:0b:82:01:fc:42"), Ipv4.parse("192.168.0.10"), 68);

    @Test
    void aDatagramOfFiveBytesIsThisFrame() {
        byte[] frame = framed("hello".getBytes(StandardCharsets.US_ASCII));

        assertThat(HexFormat.of().formatHex(frame))
                .isEqualTo("000b8201fc42" + "020000000001" + "0800"
                        + "4500002100000000" + "4011f970" + "c0a80001" + "c0a8000a"
                        + "00430044000d" + "3a1f"
                        + "68656c6c6f");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 300, 301, 548, 1472})
    void aReceiverFindsBothChecksumsRight(int length) {
        byte[] payload = new byte[length];
        Arrays.fill(payload, (byte) 0xfe);

        byte[] frame = framed(payload);

        assertThat(onesComplement(frame, 14, 34, 0)).as("IP header").isEqualTo(0xffff);
        int pseudoHeader = 0xc0a8 + 0x0001 + 0xc0a8 + 0x000a + 17 + 8 + length;
        assertThat(onesComplement(frame, 34, frame.length, pseudoHeader))
                .as("UDP")
                .isEqualTo(0xffff);
    }

    @Test
    void aChecksumThatComesOutAsZeroIsSentAsAllOnes() {
        // The payload is the complement of the sum of everything else.
        byte[] probe = framed(new byte[2]);
        int checksum = (probe[40] & 0xff) << 8 | (probe[41] & 0xff);

        byte[] frame = framed(new byte[] {(byte) (checksum >>> 8), (byte) checksum});

        assertThat(frame[40]).isEqualTo((byte) 0xff);
        assertThat(frame[41]).isEqualTo((byte) 0xff);
    }

    private static byte[] framed(byte[] payload) {
        byte[] frame = new byte[EthernetFrames.UDP_HEADERS + payload.length];
        Arrays.fill(frame, 0, EthernetFrames.UDP_HEADERS, (byte) 0xaa);
        System.arraycopy(payload, 0, frame, EthernetFrames.UDP_HEADERS, payload.length);
        int length = EthernetFrames.wrapUdp(frame, payload.length, SERVER, CLIENT);
        assertThat(length).isEqualTo(frame.length);
        return frame;
    }

    private static int onesComplement(byte[] bytes, int from, int to, int start) {
        int sum = start;
        for (int i = from; i < to; i += 2) {
            int low = i + 1 < to ? bytes[i + 1] & 0xff : 0;
            sum += (bytes[i] & 0xff) << 8 | low;
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum;
    }
}
