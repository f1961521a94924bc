package io.athena.dhcpd.dhcp.wire;

import static io.athena.dhcpd.dhcp.wire.PacketFixtures.dropReason;
import static io.athena.dhcpd.dhcp.wire.PacketFixtures.hex;
import static io.athena.dhcpd.dhcp.wire.PacketFixtures.packet;
import static io.athena.dhcpd.dhcp.wire.PacketFixtures.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.lease.DropReason;
import org.junit.jupiter.api.Test;

class OptionAreasTest {

    private static final int SNAME = 44;
    private static final int FILE = 108;

    @Test
    void piecesOfOneOptionAreJoinedInTheOrderOptionsFileSname() {
        byte[] bytes = request("35 01 01 3d 01 aa 34 01 03 3d 01 bb ff");
        put(bytes, FILE, "3d 02 cc cd 0c 01 61 ff");
        put(bytes, SNAME, "3d 01 dd 3c 01 62 ff");

        DhcpPacket packet = packet(bytes);

        assertThat(packet.clientId()).isEqualTo(hex("aabbcccddd"));
        assertThat(packet.hostname()).isEqualTo("a");
        assertThat(packet.vendorClass()).containsExactly('b');
        assertThat(packet.file()).isEmpty();
        assertThat(packet.sname()).isEmpty();
    }

    @Test
    void onlyTheOverloadedFieldIsReadForOptions() {
        byte[] inFile = request("35 01 01 34 01 01 ff");
        put(inFile, FILE, "0c 01 61");
        put(inFile, SNAME, "0c 01 62");
        assertThat(packet(inFile).hostname()).isEqualTo("a");
        assertThat(packet(inFile).sname()).isEqualTo(hex("0c0162"));

        byte[] inSname = request("35 01 01 34 01 02 ff");
        put(inSname, FILE, "0c 01 61");
        put(inSname, SNAME, "0c 01 62");
        assertThat(packet(inSname).hostname()).isEqualTo("b");
        assertThat(packet(inSname).file()).isEqualTo(hex("0c0161"));
    }

    @Test
    void anOverloadInsideAnOverloadedFieldCountsForNothing() {
        byte[] bytes = request("35 01 01 34 01 02 ff");
        put(bytes, SNAME, "34 01 01 0c 01 62 ff");
        put(bytes, FILE, "0c 01 61 ff");

        assertThat(packet(bytes).hostname()).isEqualTo("b");
        assertThat(packet(bytes).options().contains(52)).isFalse();
    }

    @Test
    void aLengthThatOverrunsAnOverloadedFieldIsMalformed() {
        byte[] file = request("35 01 01 34 01 01 ff");
        put(file, FILE, "0c 7f");
        assertThat(dropReason(file)).isEqualTo(DropReason.TRUNCATED_OPTION);

        byte[] sname = request("35 01 01 34 01 02 ff");
        put(sname, SNAME, "0c 3f");
        assertThat(dropReason(sname)).isEqualTo(DropReason.TRUNCATED_OPTION);
    }

    @Test
    void aThousandTinyOptionsOfOneCodeAreOneValue() {
        DhcpPacket packet = packet(request("35 01 01" + "3d 01 ab".repeat(1000) + "ff"));

        assertThat(packet.clientId()).isEqualTo(hex("ab".repeat(1000)));
    }

    @Test
    void aLongIdentifierInTwoPiecesIsJoinedAroundOtherOptions() {
        DhcpPacket packet = packet(request("3d ff" + "01".repeat(255) + "35 01 03 3d 02 02 03 0c 00 3d 00 ff"));

        assertThat(packet.clientId()).isEqualTo(hex("01".repeat(255) + "0203"));
        assertThat(packet.options().codeAt(0)).isEqualTo(61);
        assertThat(packet.options().get(12)).isEmpty();
    }

    private static void put(byte[] bytes, int offset, String hex) {
        byte[] patch = hex(hex);
        System.arraycopy(patch, 0, bytes, offset, patch.length);
    }
}
