package io.athena.dhcpd.dhcp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.athena.dhcpd.core.net.Ipv4;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever arrives, the decoder gives a value, and so does every reader of that value. */
class PacketDecoderFuzzTest {

    private static final long SEED = 0x5eed_2131L;
    private static final int ROUNDS = 40_000;

    @Test
    void noBytesMakeTheDecoderThrow() {
        SplittableRandom random = new SplittableRandom(SEED);
        int decoded = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = i % 4 == 0 ? noise(random) : mutated(random);
            assertThatCode(() -> readAll(bytes))
                    .as("seed %x, round %d: %s", SEED, i, HexFormat.of().formatHex(bytes))
                    .doesNotThrowAnyException();
            decoded += PacketDecoder.decode(bytes) instanceof DhcpPacket ? 1 : 0;
        }
        assertThat(decoded).as("rounds that got past the first checks").isGreaterThan(ROUNDS / 20);
    }

    private static byte[] noise(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(700)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] mutated(SplittableRandom random) {
        byte[] bytes = PacketFixtures.request(
                "35 01 01 34 01 03 52 06 01 04 01 02 03 04 0c 04 61 62 63 64 39 02 05 dc 3d 02 01 02 3d 02 03 04 ff");
        int changes = random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            int from = random.nextBoolean() ? 240 : 0;
            bytes[from + random.nextInt(bytes.length - from)] = (byte) random.nextInt(256);
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    private static void readAll(byte[] bytes) {
        if (PacketDecoder.decode(bytes) instanceof DhcpPacket packet) {
            packet.hostname();
            packet.requestedAddress();
            packet.serverId();
            packet.maxMessageSize();
            packet.requestedLeaseTime();
            RelayAgentInfo.parse(packet.options().get(82), packet.giaddr(), 67);
            RelayAgentInfo.parse(packet.options().get(61), Ipv4.ANY, 67);
        }
        PacketDecoder.decodeReply(bytes);
    }
}
