package io.athena.dhcpd.dhcp.wire;

import static io.athena.dhcpd.dhcp.wire.PacketFixtures.CLIENT_MAC;
import static io.athena.dhcpd.dhcp.wire.PacketFixtures.encode;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.option.OptionSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever the options and the size limit: a reply that can be decoded and lacks nothing that it must have. */
class PacketWriterPropertyTest {

    private static final long SEED = 0x5eed_3396L;
    private static final int ROUNDS = 3_000;
    private static final Set<Integer> MANDATORY = Set.of(1, 51, 54, 58, 59, 61, 80, 82, 118);

    @Test
    void everySizeLimitYieldsADecodableReplyWithAllThatIsMandatory() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            Reply reply = randomReply(random);
            String context = "seed %x, round %d, %s".formatted(SEED, round, reply);

            byte[] bytes = encode(reply);

            int limit = Math.max(576, reply.maxSize()) - 28;
            assertThat(bytes.length).as(context).isBetween(300, Math.max(limit, 240 + mandatorySize(reply)));
            DhcpPacket decoded = (DhcpPacket) PacketDecoder.decodeReply(bytes);
            assertThat(decoded.type()).as(context).isEqualTo(reply.type());
            assertBootFieldArrives(decoded.file(), decoded.options().get(67), reply.file(), context);
            assertBootFieldArrives(decoded.sname(), decoded.options().get(66), reply.sname(), context);
            reply.options().forEach((value, code) -> {
                byte[] sent = decoded.options().get(code);
                if (sent != null || MANDATORY.contains(code)) {
                    assertThat(sent).as("option %d, %s", code, context).isEqualTo(value);
                }
            });
            assertNothingIsLeftOutThatWouldFit(reply, decoded, limit, context);
        }
    }

    /** In its field, or as an option where the field carries options. */
    private static void assertBootFieldArrives(byte[] field, byte @Nullable [] option, byte[] sent, String context) {
        assertThat(field.length == 0 && sent.length > 0 ? option : field)
                .as(context)
                .isEqualTo(sent);
    }

    private static void assertNothingIsLeftOutThatWouldFit(Reply reply, DhcpPacket decoded, int limit, String context) {
        int size = 240 + 3 + 1;
        for (int i = 0; i < reply.options().size(); i++) {
            size += PacketWriter.encodedSize(reply.options().valueAt(i));
        }
        if (size <= limit) {
            assertThat(decoded.options().size())
                    .as(context)
                    .isEqualTo(reply.options().size() + 1);
        }
    }

    private static int mandatorySize(Reply reply) {
        // Message type, overload and END.
        int size = 3 + 3 + 1;
        for (int i = 0; i < reply.options().size(); i++) {
            if (MANDATORY.contains(reply.options().codeAt(i))) {
                size += PacketWriter.encodedSize(reply.options().valueAt(i));
            }
        }
        return size;
    }

    private static Reply randomReply(SplittableRandom random) {
        OptionSet.Builder options = OptionSet.builder();
        options.put(54, bytes(random, 4)).put(51, bytes(random, 4));
        int count = random.nextInt(30);
        for (int i = 0; i < count; i++) {
            int code = 1 + random.nextInt(254);
            if (code != 52 && code != 53) {
                options.put(code, bytes(random, random.nextInt(8) == 0 ? random.nextInt(900) : random.nextInt(40)));
            }
        }
        if (random.nextBoolean()) {
            options.put(61, bytes(random, 1 + random.nextInt(random.nextBoolean() ? 20 : 400)));
        }
        if (random.nextBoolean()) {
            options.put(82, bytes(random, random.nextInt(random.nextBoolean() ? 60 : 400)));
        }
        byte[] file = random.nextBoolean() ? new byte[0] : "boot".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] sname = random.nextBoolean() ? new byte[0] : "host".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        if (random.nextBoolean()) {
            options.put(67, file).put(66, sname);
        }
        Header header = new Header(
                Header.REPLY, 1, CLIENT_MAC, 0, random.nextInt(), 0, 0, Ipv4.ANY, Ipv4.ANY, Ipv4.ANY, Ipv4.ANY);
        int maxSize = random.nextBoolean() ? random.nextInt(1500) : 576 + random.nextInt(300);
        return new Reply(header, MessageType.ACK, sname, file, options.build(), maxSize);
    }

    private static byte[] bytes(SplittableRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
