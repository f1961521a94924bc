package io.athena.dhcpd.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The classes that the page about configuration shows, served. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NetworkBootTest {

    private static final String POOLS = """
            [[subnet]]
            network = "127.0.0.0/8"
            [[subnet.pool]]
            range_start = "127.0.1.1"
            range_end = "127.0.1.50"
            [[subnet.reservation]]
            mac = "02:00:00:00:00:07"
            ip = "127.0.2.7"
            next_server = "127.0.0.5"
            sname = "boot1"
            file = "pxelinux.0"
            """;

    private RunningService service;

    @BeforeAll
    void serve(@TempDir Path folder) throws Exception {
        service = new RunningService(
                folder, POOLS + exampleWith("name = \"ipxe\"") + exampleWith("name = \"access-points\""));
    }

    @AfterAll
    void stop() {
        service.close();
    }

    /** The classes of the example. */
    private static String exampleWith(String line) throws Exception {
        Matcher block =
                Pattern.compile("(?s)```toml\n(.*?)```").matcher(Files.readString(Path.of("../docs/configuration.md")));
        while (block.find()) {
            if (block.group(1).contains(line)) {
                return block.group(1).substring(block.group(1).indexOf("[[class]]"));
            }
        }
        throw new AssertionError("the page has no example with " + line);
    }

    private DhcpPacket offer(String vendorClass, String userClass, int architecture, int... asked) throws Exception {
        ClientMessage discover = service.client
                .message(MessageType.DISCOVER, 1)
                .option(60, ascii(vendorClass))
                .option(93, (byte) 0, (byte) architecture)
                .option(97, HexFormat.of().parseHex("00" + "11".repeat(16)))
                .ask(asked);
        return service.client.exchange(
                userClass.isEmpty() ? discover : discover.option(77, ascii((char) userClass.length() + userClass)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            PXEClient:Arch:00000:UNDI:002001, '',    0,  10.10.0.5, undionly.kpxe
            PXEClient:Arch:00007:UNDI:003016, '',    7,  10.10.0.5, ipxe.efi
            PXEClient:Arch:00007:UNDI:003016, iPXE,  7,  10.10.0.5, http://boot.example.net/menu.ipxe
            HTTPClient:Arch:00016:UNDI:003001, '',   16, 0.0.0.0,   http://boot.example.net/ipxe.efi
            """)
    void everyFirmwareIsToldItsOwnFileInTheHeaderAndInOption67(
            String vendorClass, String userClass, int architecture, String nextServer, String file) throws Exception {
        DhcpPacket offer = offer(vendorClass, userClass, architecture, 1, 3, 43, 60, 66, 67, 97);

        assertThat(offer.siaddr()).hasToString(nextServer);
        assertThat(offer.file()).asString().isEqualTo(file);
        assertThat(offer.options().get(67)).asString().isEqualTo(file);
        assertThat(offer.options().get(97)).hasSize(17);
        assertThat(offer.options().contains(60)).isEqualTo(vendorClass.startsWith("HTTP"));
    }

    @Test
    void anOldRomThatAsksForNeitherFindsBothInTheHeader() throws Exception {
        DhcpPacket offer = offer("PXEClient:Arch:00000", "", 0, 1, 3);

        assertThat(offer.siaddr()).hasToString("10.10.0.5");
        assertThat(offer.file()).asString().isEqualTo("undionly.kpxe");
        assertThat(offer.options().contains(67)).isFalse();
        assertThat(offer.options().contains(97)).isFalse();
    }

    @Test
    void othersAreToldNothing() throws Exception {
        DhcpPacket offer = offer("MSFT 5.0", "", 7, 1, 43, 66, 67);

        assertThat(offer.siaddr()).hasToString("0.0.0.0");
        assertThat(offer.file()).isEmpty();
        assertThat(offer.options().contains(43)).isFalse();
    }

    @Test
    void aReservationHasFieldsOfItsOwn() throws Exception {
        DhcpPacket offer = service.client.exchange(
                service.client.message(MessageType.DISCOVER, 7).ask(1, 66, 67));

        assertThat(offer.siaddr()).hasToString("127.0.0.5");
        assertThat(offer.sname()).asString().isEqualTo("boot1");
        assertThat(offer.file()).asString().isEqualTo("pxelinux.0");
        assertThat(offer.options().contains(67)).as("fields are no options").isFalse();
    }

    @Test
    void eachVendorIsToldItsOwn() throws Exception {
        assertThat(offer("Cisco AP c1240", "", 0, 43).options().get(43))
                .isEqualTo(HexFormat.of().parseHex("f108" + "0a0a0008" + "0a0a0009"));
        assertThat(offer("dslforum.org", "", 0, 125).options().get(125))
                .isEqualTo(HexFormat.of()
                        .parseHex("00000de9" + "1e" + "0b16"
                                + HexFormat.of().formatHex(ascii("http://acs.example.net"))
                                + "0c04" + HexFormat.of().formatHex(ascii("gw-1"))));
    }
}
