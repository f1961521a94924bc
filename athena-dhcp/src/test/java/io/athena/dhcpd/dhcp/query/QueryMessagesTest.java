package io.athena.dhcpd.dhcp.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.engine.LeaseTrait;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.PacketDecoder;
import io.athena.dhcpd.dhcp.wire.PacketWriter;
import io.athena.dhcpd.dhcp.wire.Reply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a query means, and the bytes of the answers. */
class QueryMessagesTest {

    private static final long NOW = 0x6c000000L;
    private static final Ipv4 SERVER = Ipv4.parse("10.0.0.1");
    private static final Ipv4 ADDRESS = Ipv4.parse("10.0.0.100");
    private static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:07");

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    // --- keys ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        // ciaddr, chaddr, 61, 82: as a datagram, in bulk
        "10.0.0.9, ,, , address 10.0.0.9, everything",
        "0.0.0.0, 02:00:00:00:00:07,, , mac 02:00:00:00:00:07, mac 02:00:00:00:00:07",
        "0.0.0.0, 00:00:00:00:00:00, 01aa, , id 01aa, id 01aa",
        "0.0.0.0, , 01aa, , id 01aa, id 01aa",
        "0.0.0.0, , , 0203616263, remote 616263, remote 616263",
        "0.0.0.0, , , 01020a0b0203616263, remote 616263, remote 616263",
        "0.0.0.0, , , 0c02beef, none, relay beef",
        "0.0.0.0, , , 0c02beef0203616263, remote 616263, none",
        "10.0.0.9, , , 0203616263, address 10.0.0.9, remote 616263",
        "10.0.0.9, 02:00:00:00:00:07,, , none, mac 02:00:00:00:00:07",
        "0.0.0.0, 02:00:00:00:00:07, 01aa, , none, none",
        "0.0.0.0, , 01aa, 0203616263, id 01aa, none",
        "0.0.0.0, , , 02016102020b0c, remote 0b0c, remote 0b0c",
        "0.0.0.0, , , 02036162630105, none, everything",
        "0.0.0.0, , , 0200, none, everything",
        "0.0.0.0, , , 02ff61, none, everything",
        "0.0.0.0, , , 02, none, everything",
        "0.0.0.0, , , , none, everything",
    })
    void aQueryIsAboutOneThing(
            String ciaddr,
            @Nullable String chaddr,
            @Nullable String clientId,
            @Nullable String option82,
            String datagram,
            String bulk) {
        ClientMessage message = ClientMessage.of(
                        MessageType.LEASEQUERY, 1, chaddr == null ? null : MacAddress.parse(chaddr))
                .ciaddr(Ipv4.parse(ciaddr));
        if (clientId != null) {
            message.option(61, bytes(clientId));
        }
        if (option82 != null) {
            message.option(82, bytes(option82));
        }
        DhcpPacket query = (DhcpPacket) PacketDecoder.decode(message.toBytes());
        assertThat(text(QueryKey.ofDatagram(query))).isEqualTo(datagram);
        assertThat(text(QueryKey.ofBulk(query))).isEqualTo(bulk);
    }

    private static String text(@Nullable QueryKey key) {
        HexFormat hex = HexFormat.of();
        if (key instanceof QueryKey.ByAddress one) {
            return "address " + one.address();
        }
        if (key instanceof QueryKey.ByRelayId relay) {
            return "relay " + hex.formatHex(relay.id());
        }
        if (key instanceof QueryKey.ByTrait byTrait) {
            return switch (byTrait.trait().getClass().getSimpleName()) {
                case "Hardware" -> "mac " + ((LeaseTrait.Hardware) byTrait.trait()).mac();
                case "ClientIdentifier" -> "id " + hex.formatHex(((LeaseTrait.ClientIdentifier) byTrait.trait()).id());
                default -> "remote " + hex.formatHex(((LeaseTrait.RemoteId) byTrait.trait()).id());
            };
        }
        return key == null ? "none" : "everything";
    }

    // --- answers ------------------------------------------------------------------------------------------------

    private static Lease lease(LeaseState state, long expiry) {
        return new Lease(
                ADDRESS,
                state,
                ClientKey.ofHardware(MAC),
                MAC,
                bytes("01aa"),
                "pc",
                null,
                NOW - 0x100,
                expiry,
                Cidr.parse("10.0.0.0/24"),
                null,
                SERVER,
                bytes("0203616263"),
                null,
                bytes("616263"),
                null,
                NOW - 0x10,
                NOW - 0x10,
                null);
    }

    private static Binding binding(Lease lease) {
        BindingState state = BindingState.of(lease, NOW);
        return new Binding(ADDRESS, state, state == BindingState.ACTIVE ? lease.start() : NOW - 0x10, lease, null);
    }

    private static QueryOptions asking(int... codes) {
        DhcpPacket query = (DhcpPacket) PacketDecoder.decode(
                ClientMessage.of(MessageType.LEASEQUERY, 1, MAC).ask(codes).toBytes());
        return QueryOptions.overTcp(query);
    }

    /** From the magic cookie to END. */
    private static String options(Reply reply) {
        ByteBuf out = Unpooled.buffer();
        PacketWriter.write(reply, out);
        String hex = ByteBufUtil.hexDump(out, 240, out.readableBytes() - 240);
        return hex.replaceAll("ff0*$", "ff");
    }

    private static String header(Reply reply) {
        ByteBuf out = Unpooled.buffer();
        PacketWriter.write(reply, out);
        return ByteBufUtil.hexDump(out, 0, 44);
    }

    @Test
    void anActiveBindingOverTcpInBytes() {
        Reply reply = QueryReplies.binding(
                0x01020304,
                binding(lease(LeaseState.ACTIVE, NOW + 0x200)),
                asking(51, 61, 82, 91, 153, 156, 157, 12),
                SERVER,
                NOW);
        assertThat(header(reply))
                .isEqualTo("02010600" + "01020304" + "00000000" + "0a000064" + "00000000".repeat(3) + "020000000007"
                        + "00".repeat(10));
        assertThat(options(reply))
                .isEqualTo("35010d" + "36040a000001" + "98046c000000" + "330400000200" + "3d0201aa" + "5b0400000010"
                        + "990400000100" + "9c0102" + "9d0100" + "0c027063" + "52050203616263" + "ff");
    }

    @Test
    void anEndedBindingTellsItsStateAndSinceWhenAndNoTimeThatIsLeft() {
        Reply reply = QueryReplies.binding(
                7, binding(lease(LeaseState.RELEASED, NOW - 0x10)), asking(51, 58, 59, 156, 153, 12), null, NOW);
        assertThat(options(reply)).isEqualTo("35010b" + "98046c000000" + "9c0104" + "990400000010" + "ff");
    }

    @Test
    void anAddressThatNeverHadALeaseIsAvailable() {
        Reply reply = QueryReplies.binding(7, Binding.unused(ADDRESS), asking(51, 61, 82, 91, 153, 156), null, NOW);
        assertThat(header(reply)).startsWith("02000000" + "00000007" + "00000000" + "0a000064");
        assertThat(options(reply)).isEqualTo("35010b" + "98046c000000" + "9c0101" + "ff");
    }

    @Test
    void aLeaseWithoutEndHasAllTheTimeThereIs() {
        Reply reply = QueryReplies.binding(7, binding(lease(LeaseState.ACTIVE, Lease.FOREVER)), asking(51), null, NOW);
        assertThat(options(reply)).isEqualTo("35010d" + "98046c000000" + "3304ffffffff" + "ff");
    }

    @Test
    void aLeaseWhoseTimeIsOverIsExpiredReapedOrNot() {
        assertThat(BindingState.of(lease(LeaseState.ACTIVE, NOW), NOW)).isEqualTo(BindingState.EXPIRED);
        assertThat(BindingState.of(lease(LeaseState.EXPIRED, NOW - 1), NOW)).isEqualTo(BindingState.EXPIRED);
        assertThat(BindingState.of(lease(LeaseState.DECLINED, NOW), NOW)).isEqualTo(BindingState.ABANDONED);
        assertThat(BindingState.of(lease(LeaseState.FREE, NOW), NOW)).isEqualTo(BindingState.AVAILABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCESS, 35010fff",
        "UNSPEC_FAIL, 35010f9703012121ff",
        "QUERY_TERMINATED, 35010f9703022121ff",
        "MALFORMED_QUERY, 35010f9703032121ff",
        "NOT_ALLOWED, 35010f9703042121ff",
    })
    void theEndOfAQueryInBytes(QueryStatus status, String expected) {
        assertThat(options(QueryReplies.done(7, status, "!!", null))).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(
            value = QueryStatus.class,
            names = {"DATA_MISSING", "CONNECTION_ACTIVE", "CATCH_UP_COMPLETE"})
    void aStatusInBytes(QueryStatus status) {
        assertThat(options(QueryReplies.status(7, status, "", SERVER, NOW)))
                .isEqualTo("350111" + "36040a000001" + "98046c000000" + "97010" + status.code() + "ff");
    }

    @Test
    void dhcptlsInBytes() {
        assertThat(options(QueryReplies.tls(7, true))).isEqualTo("350112ff");
        assertThat(options(QueryReplies.tls(7, false)))
                .startsWith("350112" + "9715" + "08")
                .endsWith("ff");
    }

    @Test
    void anEmptyAnswerSaysWhoGaveIt() {
        assertThat(QueryReplies.done(7, QueryStatus.SUCCESS, "", SERVER).options())
                .isEqualTo(OptionSet.builder().put(54, SERVER.toBytes()).build());
    }

    @Test
    void moreAddressesThanAskedForAreNeverTold() {
        DhcpPacket query = (DhcpPacket) PacketDecoder.decode(ClientMessage.of(MessageType.LEASEQUERY, 1, MAC)
                .giaddr(SERVER)
                .ask(92)
                .toBytes());
        Binding active = binding(lease(LeaseState.ACTIVE, NOW + 9));
        Reply one = QueryReplies.active(query, active, List.of(ADDRESS, SERVER), SERVER, NOW, 1500);
        assertThat(options(one)).isEqualTo("35010d" + "36040a000001" + "5c080a0000640a000001" + "ff");
        Reply none = QueryReplies.active(query, active, List.of(), SERVER, NOW, 1500);
        assertThat(options(none)).isEqualTo("35010d" + "36040a000001" + "ff");
    }
}
