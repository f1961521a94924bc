package io.athena.dhcpd.dhcp.reply;

import static io.athena.dhcpd.dhcp.wire.PacketFixtures.CLIENT_MAC;
import static io.athena.dhcpd.dhcp.wire.PacketFixtures.encode;
import static io.athena.dhcpd.dhcp.wire.PacketFixtures.received;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.option.OptionDefinition;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.core.option.StandardOptions;
import io.athena.dhcpd.core.subnet.BootHeader;
import io.athena.dhcpd.core.subnet.LeaseTimes;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.PacketDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** From what a client asks and what is configured to the packet: whatever both are, nothing that is mandatory lacks. */
class ReplyPropertyTest {

    private static final long SEED = 0x2131_4321L;
    private static final int ROUNDS = 2_000;
    private static final Ipv4 SERVER = Ipv4.parse("192.0.2.1");
    private static final Ipv4 ADDRESS = Ipv4.parse("192.0.2.50");
    private static final LeaseTimes TIMES = new LeaseTimes(3600, 1800, 3150);
    private static final byte[] NOTHING = {};
    private static final List<OptionDefinition> SETTABLE =
            StandardOptions.registry().settable();

    private final Random random = new Random(SEED);

    @Test
    void everyReplyHoldsWhatIsMandatoryWhateverIsConfiguredAskedAndAllowed() {
        for (int round = 0; round < ROUNDS; round++) {
            ClientMessage message = message();
            OptionSet configured = configured();
            int mtu = 576 + random.nextInt(1000);
            DhcpPacket request = received(message);
            String context = "seed %x, round %d".formatted(SEED, round);

            DhcpPacket reply = reply(request, configured, mtu, context);

            assertThat(reply.type()).as(context).isEqualTo(MessageType.ACK);
            assertThat(reply.yiaddr()).as(context).isEqualTo(ADDRESS);
            assertThat(reply.serverId()).as(context).isEqualTo(SERVER);
            assertThat(reply.options().get(51)).as(context).isEqualTo(new byte[] {0, 0, 0x0e, 0x10});
            assertThat(reply.options().get(58)).as(context).isEqualTo(new byte[] {0, 0, 0x07, 0x08});
            assertThat(reply.options().get(59)).as(context).isEqualTo(new byte[] {0, 0, 0x0c, 0x4e});
            assertThat(reply.clientId()).as(context).isEqualTo(request.clientId());
            assertThat(reply.options().get(82))
                    .as(context)
                    .isEqualTo(request.options().get(82));
            if (request.asksFor(1)) {
                assertThat(reply.options().get(1)).as(context).isEqualTo(configured.get(1));
            }
            assertThat(reply.options().contains(52)).as(context).isFalse();
        }
    }

    private static DhcpPacket reply(DhcpPacket request, OptionSet configured, int mtu, String context) {
        ReplyScope scope = new ReplyScope(configured, List.of(), OptionSet.EMPTY);
        OptionSet options = ReplyOptions.of(MessageType.ACK, request, scope, SERVER, TIMES);
        byte[] file = configured.get(67);
        BootHeader boot = new BootHeader(SERVER, NOTHING, file == null || file.length > 127 ? NOTHING : file);
        byte[] bytes = encode(Replies.of(MessageType.ACK, request, ADDRESS, boot, options, mtu));
        assertThat(bytes.length)
                .as(context)
                .isBetween(300, Math.max(576, Math.min(request.maxMessageSize(), mtu)) - 28);
        return (DhcpPacket) PacketDecoder.decodeReply(bytes);
    }

    private ClientMessage message() {
        ClientMessage message = ClientMessage.of(MessageType.REQUEST, random.nextInt(), CLIENT_MAC);
        if (random.nextInt(4) > 0) {
            List<Integer> codes = new ArrayList<>();
            for (int code = 1; code < 255; code++) {
                codes.add(code);
            }
            Collections.shuffle(codes, random);
            message.ask(codes.subList(0, 1 + random.nextInt(60)).stream()
                    .mapToInt(Integer::intValue)
                    .toArray());
        }
        if (random.nextBoolean()) {
            message.option(57, (byte) random.nextInt(7), (byte) random.nextInt());
        }
        if (random.nextBoolean()) {
            message.option(61, bytes(1 + random.nextInt(60)));
        }
        return random.nextBoolean() ? message : message.option(82, bytes(2 + random.nextInt(120)));
    }

    private OptionSet configured() {
        OptionSet.Builder options = OptionSet.builder().put(1, new byte[] {-1, -1, -1, 0});
        for (int i = random.nextInt(80); i > 0; i--) {
            OptionDefinition row = SETTABLE.get(random.nextInt(SETTABLE.size()));
            int length = random.nextInt(6) == 0 ? random.nextInt(1024) : random.nextInt(50);
            options.put(row.code(), row.code() == 1 ? new byte[] {-1, -1, -1, 0} : bytes(length));
        }
        return options.build();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
