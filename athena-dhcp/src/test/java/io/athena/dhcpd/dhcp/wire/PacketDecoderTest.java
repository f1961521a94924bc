package io.athena.dhcpd.dhcp.wire;

import static io.athena.dhcpd.dhcp.wire.PacketFixtures.CLIENT_MAC;
import static io.athena.dhcpd.dhcp.wire.PacketFixtures.capturedDiscover;
import static io.athena.dhcpd.dhcp.wire.PacketFixtures.discoverWith;
import static io.athena.dhcpd.dhcp.wire.PacketFixtures.dropReason;
import static io.athena.dhcpd.dhcp.wire.PacketFixtures.hex;
import static io.athena.dhcpd.dhcp.wire.PacketFixtures.packet;
import static io.athena.dhcpd.dhcp.wire.PacketFixtures.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketDecoderTest {

    @Test
    void everyFieldOfACapturedDiscoverIsRead() {
        DhcpPacket packet = packet(capturedDiscover());

        assertThat(packet.type()).isEqualTo(MessageType.DISCOVER);
        assertThat(packet.op()).isEqualTo(1);
        assertThat(packet.htype()).isEqualTo(1);
        assertThat(packet.hlen()).isEqualTo(6);
        assertThat(packet.chaddr()).isEqualTo(CLIENT_MAC);
        assertThat(packet.xid()).isEqualTo(0x3d1d);
        assertThat(packet.broadcast()).isFalse();
        assertThat(packet.clientId()).isEqualTo(hex("01000b8201fc42"));
        assertThat(packet.requestedAddress()).isEqualTo(Ipv4.ANY);
        assertThat(packet.parameterRequestList()).containsExactly(1, 3, 6, 42);
        assertThat(packet.asksFor(42)).isTrue();
        assertThat(packet.asksFor(43)).isFalse();
        assertThat(packet.maxMessageSize()).isEqualTo(576);
        assertThat(packet.options().size()).isEqualTo(4);
    }

    @Test
    void headerFieldsStandWhereFigureOneOfRfc2131PutsThem() {
        byte[] bytes = request("35 01 03 ff");
        System.arraycopy(
                hex("01 06 10 03 a1b2c3d4 0102 8000 0a000001 0a000002 0a000003 0a000004" + "ab".repeat(16)),
                0,
                bytes,
                0,
                44);
        System.arraycopy("boothost".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, bytes, 44, 8);
        System.arraycopy("/pxelinux.0".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, bytes, 108, 11);

        DhcpPacket packet = packet(bytes);

        assertThat(packet.chaddr()).isEqualTo(MacAddress.of(6, hex("ab".repeat(16))));
        assertThat(packet.hops()).isEqualTo(3);
        assertThat(packet.xid()).isEqualTo(0xa1b2c3d4);
        assertThat(packet.secs()).isEqualTo(0x0102);
        assertThat(packet.flags()).isEqualTo(0x8000);
        assertThat(packet.broadcast()).isTrue();
        assertThat(packet.ciaddr()).isEqualTo(Ipv4.parse("10.0.0.1"));
        assertThat(packet.yiaddr()).isEqualTo(Ipv4.parse("10.0.0.2"));
        assertThat(packet.siaddr()).isEqualTo(Ipv4.parse("10.0.0.3"));
        assertThat(packet.giaddr()).isEqualTo(Ipv4.parse("10.0.0.4"));
        assertThat(packet.sname()).asString().isEqualTo("boothost");
        assertThat(packet.file()).asString().isEqualTo("/pxelinux.0");
    }

    @Test
    void theDatagramIsCopiedAndItsBufferLeftAsItWas() {
        ByteBuf buffer = Unpooled.directBuffer().writeZero(7).writeBytes(capturedDiscover());
        buffer.readerIndex(7);

        DhcpPacket packet = (DhcpPacket) PacketDecoder.decode(buffer);
        buffer.setZero(0, buffer.capacity());

        assertThat(packet.clientId()).isEqualTo(hex("01000b8201fc42"));
        assertThat(buffer.refCnt()).isEqualTo(1);
        buffer.release();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 43, 235, 236, 239})
    void aDatagramWithoutRoomForTheCookieIsTooShort(int length) {
        assertThat(dropReason(Arrays.copyOf(capturedDiscover(), length))).isEqualTo(DropReason.TOO_SHORT);
    }

    @ParameterizedTest
    @ValueSource(ints = {4097, 9000, 65507})
    void aDatagramBeyondTheLimitIsTooLongInEitherForm(int length) {
        byte[] datagram = Arrays.copyOf(capturedDiscover(), length);

        assertThat(dropReason(datagram)).isEqualTo(DropReason.TOO_LONG);
        assertThat(PacketDecoder.decode(Unpooled.wrappedBuffer(datagram)))
                .isEqualTo(new Malformed(DropReason.TOO_LONG));
    }

    @ParameterizedTest(name = "bytes {1} at {0}: {2}")
    @CsvSource({
        "0, 02, NOT_A_REQUEST",
        "0, 00, NOT_A_REQUEST",
        "2, 11, BAD_HARDWARE_LENGTH",
        "2, ff, BAD_HARDWARE_LENGTH",
        "2, 00, BAD_HARDWARE_LENGTH",
        "236, 63825362, BAD_COOKIE",
        "236, 00000000, BAD_COOKIE",
        "242, 00, BAD_MESSAGE_TYPE",
        "242, 09, BAD_MESSAGE_TYPE",
        "242, ff, BAD_MESSAGE_TYPE",
        "242, 02, SERVER_MESSAGE",
        "242, 05, SERVER_MESSAGE",
        "242, 06, SERVER_MESSAGE",
        "242, 0d, SERVER_MESSAGE",
    })
    void aPacketThatCannotBeBelievedHasAReason(int offset, String bytes, DropReason reason) {
        assertThat(dropReason(discoverWith(offset, bytes))).isEqualTo(reason);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "35 00 ff, BAD_MESSAGE_TYPE",
        "35 02 01 01 ff, BAD_MESSAGE_TYPE",
        "35 01 01 35 01 03 ff, BAD_MESSAGE_TYPE",
        "35 01 01 3d, TRUNCATED_OPTION",
        "35 01 01 3d 08 01 02, TRUNCATED_OPTION",
        "35 01 01 3d ff 01 02, TRUNCATED_OPTION",
    })
    void optionsThatCannotBeBelievedHaveAReason(String options, DropReason reason) {
        assertThat(dropReason(request(options))).isEqualTo(reason);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "35 01 01",
                "35 01 01 ff 3d ff ff",
                "00 00 00 35 01 01 00 00 ff",
                "35 01 01 39 00 ff",
                "35 01 01 39 02 00 00 ff",
                "35 01 01 39 02 00 01 ff",
                "35 01 01 3d 00 ff",
                "35 01 01 32 03 0a 00 00 ff",
                "35 01 01 32 05 0a 00 00 01 02 ff",
                "35 01 01 36 02 0a 00 ff",
                "35 01 01 33 01 ff ff",
                "35 01 01 37 00 ff",
                "35 01 01 3c 00 ff",
                "35 01 01 34 01 00 ff",
                "35 01 01 34 01 04 ff",
                "35 01 01 34 01 ff ff",
                "35 01 01 34 02 01 01 ff",
                "35 01 01 e0 03 01 02 03 ff",
            })
    void anOddOptionIsAsIfItWereAbsent(String options) {
        DhcpPacket packet = packet(request(options));

        assertThat(packet.type()).isEqualTo(MessageType.DISCOVER);
        assertThat(packet.clientId()).isNull();
        assertThat(packet.requestedAddress()).isNull();
        assertThat(packet.serverId()).isNull();
        assertThat(packet.subnetSelection()).isNull();
        assertThat(packet.requestedLeaseTime()).isEqualTo(-1);
        assertThat(packet.parameterRequestList()).isNull();
        assertThat(packet.vendorClass()).isNull();
        assertThat(packet.userClass()).isNull();
        assertThat(packet.hostname()).isNull();
        assertThat(packet.maxMessageSize()).isEqualTo(576);
        assertThat(packet.options().contains(52)).isFalse();
    }

    @Test
    void optionsOfTheRightFormAreRead() {
        DhcpPacket packet = packet(request("35 01 03 39 02 05 dc 33 04 ff ff ff ff 36 04 0a 00 00 01 76 04 0a 01 00 00"
                + "50 00 0c 06 6c 61 70 74 6f 70 3c 02 41 42 4d 03 02 69 50 ff"));

        assertThat(packet.type()).isEqualTo(MessageType.REQUEST);
        assertThat(packet.maxMessageSize()).isEqualTo(1500);
        assertThat(packet.requestedLeaseTime()).isEqualTo(0xffffffffL);
        assertThat(packet.serverId()).isEqualTo(Ipv4.parse("10.0.0.1"));
        assertThat(packet.subnetSelection()).isEqualTo(Ipv4.parse("10.1.0.0"));
        assertThat(packet.rapidCommit()).isTrue();
        assertThat(packet.hostname()).isEqualTo("laptop");
        assertThat(packet.vendorClass()).asString().isEqualTo("AB");
        assertThat(packet.userClass()).containsExactly(2, 'i', 'P');
    }

    @Test
    void aPacketWithoutOption53IsBootp() {
        assertThat(packet(request("ff")).type()).isEqualTo(MessageType.BOOTP);
        assertThat(packet(request("")).isBootp()).isTrue();
        assertThat(packet(request("00 00 00 00")).isBootp()).isTrue();
    }

    @Test
    void bootpWithoutACookieIsServedWhenItsVendorAreaIsEmpty() {
        byte[] plain = Arrays.copyOf(capturedDiscover(), 300);
        Arrays.fill(plain, 236, 300, (byte) 0);

        DhcpPacket packet = packet(plain);

        assertThat(packet.isBootp()).isTrue();
        assertThat(packet.options().isEmpty()).isTrue();
        Arrays.fill(plain, 28, 34, (byte) 0);
        assertThat(dropReason(plain)).isEqualTo(DropReason.BAD_HARDWARE_ADDRESS);
        plain[1] = 32;
        plain[2] = 0;
        assertThat(dropReason(plain)).isEqualTo(DropReason.NO_IDENTITY);
    }

    @Test
    void onInfinibandTheClientIdentifierAloneTellsWhoItIs() {
        byte[] infiniband = discoverWith(1, "20 00");

        assertThat(packet(infiniband).chaddr()).isNull();
        assertThat(packet(infiniband).hlen()).isZero();
        assertThat(packet(infiniband).htype()).isEqualTo(32);
        byte[] nobody = request("35 01 01 ff");
        nobody[1] = 32;
        nobody[2] = 0;
        assertThat(dropReason(nobody)).isEqualTo(DropReason.NO_IDENTITY);
    }

    @ParameterizedTest
    @ValueSource(bytes = {0, -1})
    void anAddressOfAllZeroesOrAllOnesTellsNobodyApartWithoutAnIdentifier(byte every) {
        byte[] nobody = request("35 01 01 ff");
        Arrays.fill(nobody, 28, 34, every);
        assertThat(dropReason(nobody)).isEqualTo(DropReason.BAD_HARDWARE_ADDRESS);
        byte[] identified = request("35 01 01 3d 02 00 01 ff");
        Arrays.fill(identified, 28, 34, every);
        assertThat(packet(identified).clientId()).containsExactly(0, 1);
    }

    @Test
    void aMadeUpAddressWithTheGroupBitIsServed() {
        byte[] madeUp = request("35 01 01 ff");
        madeUp[28] |= 1;
        assertThat(packet(madeUp).chaddr().isEthernetUnicast()).isFalse();
    }

    @Test
    void hardwareThatIsNotEthernetNeedsAnAddressOrAnIdentifier() {
        byte[] zero = request("35 01 01 3d 02 00 01 ff");
        zero[1] = 6;
        Arrays.fill(zero, 28, 44, (byte) 0);
        assertThat(packet(zero).clientId()).containsExactly(0, 1);
        byte[] nobody = request("35 01 01 ff");
        nobody[1] = 6;
        Arrays.fill(nobody, 28, 44, (byte) 0);
        assertThat(dropReason(nobody)).isEqualTo(DropReason.BAD_HARDWARE_ADDRESS);
        byte[] shortAddress = request("35 01 01 ff");
        shortAddress[2] = 5;
        assertThat(packet(shortAddress).hlen()).isEqualTo(5);
    }

    @Test
    void aCapturedOfferIsDecodedAsAReplyOnly() {
        byte[] offer = request("35 01 02 01 04 ff ff ff 00 3a 04 00 00 07 08 3b 04 00 00 0c 4e 33 04 00 00 0e 10"
                + "36 04 c0 a8 00 01 ff");
        offer[0] = 2;

        DhcpPacket decoded = (DhcpPacket) PacketDecoder.decodeReply(offer);

        assertThat(decoded.type()).isEqualTo(MessageType.OFFER);
        assertThat(decoded.requestedLeaseTime()).isEqualTo(3600);
        assertThat(decoded.serverId()).isEqualTo(Ipv4.parse("192.168.0.1"));
        assertThat(dropReason(offer)).isEqualTo(DropReason.NOT_A_REQUEST);
        assertThat(PacketDecoder.decodeReply(capturedDiscover())).isEqualTo(new Malformed(DropReason.NOT_A_REQUEST));
    }
}
