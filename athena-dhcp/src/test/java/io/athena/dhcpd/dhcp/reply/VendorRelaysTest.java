package io.athena.dhcpd.dhcp.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.HexText;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.PacketFixtures;
import io.athena.dhcpd.dhcp.wire.RelayAgentInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What relay agents of several vendors send, put together from their documentation; {@code lab/wire.sh} sends it too. */
class VendorRelaysTest {

    private static final Ipv4 GIADDR = Ipv4.parse("10.73.0.1");

    private record Row(
            String name,
            String network,
            byte[] option82,
            @Nullable String circuitId,
            @Nullable String remoteId) {

        static Row of(String line) {
            String[] columns = line.split(" *\\| *");
            return new Row(
                    columns[0],
                    columns[1],
                    PacketFixtures.hex(columns[2]),
                    unlessNone(columns[3]),
                    unlessNone(columns[4]));
        }

        private static @Nullable String unlessNone(String column) {
            return column.equals("-") ? null : column;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() throws IOException {
        return Files.readAllLines(Path.of("..", "lab", "relays.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(Row::of);
    }

    private static DhcpPacket received(Row row) {
        return PacketFixtures.received(ClientMessage.of(MessageType.DISCOVER, 7, PacketFixtures.CLIENT_MAC)
                .giaddr(GIADDR)
                .option(82, row.option82));
    }

    private static @Nullable String text(byte @Nullable [] id) {
        return id == null ? null : HexText.of(id);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void itsIdsAreReadAsTheConfigurationWritesThem(Row row) {
        DhcpPacket packet = received(row);
        RelayInfo relay = RelayAgentInfo.parse(packet.options().get(82), packet.giaddr(), 67);
        assertThat(text(relay.circuitId())).isEqualTo(row.circuitId);
        assertThat(text(relay.remoteId())).isEqualTo(row.remoteId);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void itComesBackLastByteForByte(Row row) {
        OptionSet reply = ReplyOptions.of(
                MessageType.OFFER,
                received(row),
                new ReplyScope(OptionSet.EMPTY, List.of(), OptionSet.EMPTY),
                GIADDR,
                null);
        assertThat(reply.codeAt(reply.size() - 1)).isEqualTo(82);
        assertThat(reply.get(82)).isEqualTo(row.option82);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatSaysWhereTheClientIsIsFoundUnderEitherVendorsNumbers(Row row) {
        RelayInfo relay = RelayAgentInfo.parse(row.option82, GIADDR, 67);
        boolean inVrf = row.network.equals("74");
        assertThat(relay.linkSelection()).isEqualTo(inVrf ? Ipv4.parse("10.74.0.0") : null);
        assertThat(relay.serverIdOverride()).isEqualTo(inVrf ? Ipv4.parse("10.74.0.1") : null);
        assertThat(relay.vpn() == null ? null : relay.vpn().toString()).isEqualTo(inVrf ? "blue" : null);
    }
}
