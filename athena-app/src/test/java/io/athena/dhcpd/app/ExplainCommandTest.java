package io.athena.dhcpd.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sub-command, with a configuration and no server. */
class ExplainCommandTest {

    private static final MacAddress CLIENT = MacAddress.parse("02:00:00:00:00:01");

    @TempDir
    Path folder;

    private Path config;

    @BeforeEach
    void write() throws IOException {
        config = Files.writeString(folder.resolve("config.toml"), """
                [server]
                interface = "nosuch0"
                lease_db = "%s"

                [[class]]
                name = "boot"
                match_user_class = "iPXE"
                match_architecture = "7"

                [[subnet]]
                network = "10.0.0.0/24"
                routers = ["10.0.0.254"]

                [[subnet.pool]]
                range_start = "10.0.0.10"
                range_end = "10.0.0.19"
                class = "boot"

                [[subnet.pool]]
                range_start = "10.0.0.100"
                range_end = "10.0.0.199"

                [[subnet]]
                network = "10.1.0.0/24"
                vss = "red"
                rapid_commit = true

                [[subnet.pool]]
                range_start = "10.1.0.10"
                range_end = "10.1.0.19"
                match_subscriber_id = "gold-*"
                match_relay_id = "0x0a0b"
                """.formatted(folder.resolve("store")));
    }

    @Test
    void aMessageOfFlagsIsToldFromTheLinkToTheOptions() {
        Console told = explain(
                "--mac", "02:00:00:00:00:01", "--giaddr", "10.0.0.2", "--circuit-id", "eth0/1", "--ask", "routers");
        assertThat(told.exitCode()).as(told.toString()).isZero();
        assertThat(told.out())
                .contains(
                        "1. DISCOVER of 02:00:00:00:00:01 through relay agent 10.0.0.2",
                        "10.0.0.0/24, by the relay agent's address (giaddr) 10.0.0.2",
                        "(line 10)",
                        "boot (line 5): is not in it",
                        "match_user_class = \"iPXE\": the client says nothing, does not fit",
                        "10.0.0.10-10.0.0.19 (line 14): not for this client",
                        "10.0.0.100, because nobody ever had it",
                        "OFFER of 300 bytes to the relay agent, 10.0.0.2:67",
                        "  3 Router: 10.0.0.254  <- subnet 10.0.0.0/24 (line 12)",
                        "an answer would be sent",
                        "as if nobody had a lease");
    }

    @Test
    void theNameInDnsIsToldAsTheConfigurationDecidesIt() throws IOException {
        Files.writeString(config, """

                [ddns]
                enabled = true
                [ddns.forward]
                zone = "example.net"
                server = "127.0.0.1"
                """, StandardOpenOption.APPEND);
        assertThat(explain("--mac", "02:00:00:00:00:01", "--giaddr", "10.0.0.2", "--hostname", "Bob's PC")
                        .out())
                .contains("bob-s-pc.example.net, because the client asks for it");
        assertThat(explain("--mac", "02:00:00:00:00:01", "--giaddr", "10.0.0.2").out())
                .contains("dhcp-020000000001.example.net, because it is made of the client's address");
        assertThat(explain("--mac", "02:00:00:00:00:01", "--giaddr", "10.0.0.2", "--option", "81=0x080000")
                        .out())
                .contains("none, because the client wants no name in DNS");
    }

    @Test
    void theClassOfAClientIsFoundByWhatTheFlagsSay() {
        Console told =
                explain("--mac", "02:00:00:00:00:01", "--giaddr", "10.0.0.2", "--user-class", "iPXE", "--arch", "7");
        assertThat(told.out())
                .contains(
                        "boot (line 5): is in it",
                        "match_architecture = \"7\": the client says \"7\", fits",
                        "10.0.0.10, because nobody ever had it");
    }

    @Test
    void whatARelayAgentSaysAndRapidCommitAreToldFromFlags() {
        String[] flags = {
            "--mac",
            "02:00:00:00:00:01",
            "--giaddr",
            "10.1.0.2",
            "--vss",
            "red",
            "--subscriber-id",
            "gold-1",
            "--relay-id",
            "0x0a0b",
            "--rapid-commit"
        };
        Console told = explain(flags);
        assertThat(told.exitCode()).as(told.toString()).isZero();
        assertThat(told.out())
                .contains(
                        "match_subscriber_id = \"gold-*\": the client says \"gold-1\", fits",
                        "match_relay_id = \"0x0a0b\": the client says \"0x0a0b\", fits",
                        "rapid commit asked for (option 80), and subnet 10.1.0.0/24 allows it: a lease at once (line 26)",
                        "ACK of ",
                        "80 Rapid Commit:   <- subnet 10.1.0.0/24 (line 26)",
                        "without sub-option 152: its virtual network is served",
                        "the lease store would be written first");

        List<String> asJson = new ArrayList<>(List.of(flags));
        asJson.add("--json");
        JsonNode remark = JsonMapper.shared()
                .readTree(explain(asJson.toArray(String[]::new)).out())
                .get("explanations")
                .get(0)
                .get("remarks")
                .get(0);
        assertThat(remark.get("about").asString()).isEqualTo("rapid commit");
        assertThat(remark.get("line").asInt()).isEqualTo(26);
    }

    @Test
    void aSubnetOfAnotherVirtualNetworkIsToldWithItsLine() {
        Console told = explain("--mac", "02:00:00:00:00:01", "--giaddr", "10.1.0.2", "--vss", "blue");
        assertThat(told.exitCode()).isEqualTo(5);
        assertThat(told.out())
                .contains("whose subnet is of the virtual network red (line 25), and the relay agent names blue");
    }

    @Test
    void anInterfaceOfAnotherMachineCanBeDescribed() {
        Console without = explain("--mac", "02:00:00:00:00:01");
        assertThat(without.exitCode()).isEqualTo(5);
        assertThat(without.out()).contains("(no_subnet)", "no interface nosuch0", "--interface-address");

        Console with = explain("--mac", "02:00:00:00:00:01", "--interface-address", "10.0.0.1/24");
        assertThat(with.exitCode()).as(with.toString()).isZero();
        assertThat(with.out())
                .contains("by an address of the interface 10.0.0.1", "10.0.0.1  <- the server's address on nosuch0");
    }

    @Test
    void theExitStatusTellsAnAnswerFromANakAndFromSilence() {
        assertThat(explain(
                                "--type",
                                "request",
                                "--mac",
                                "02:00:00:00:00:01",
                                "--giaddr",
                                "10.0.0.2",
                                "--requested-ip",
                                "172.16.0.1")
                        .exitCode())
                .isEqualTo(6);
        assertThat(explain("--mac", "02:00:00:00:00:01", "--giaddr", "172.16.0.1")
                        .exitCode())
                .isEqualTo(5);
    }

    @Test
    void aPayloadAPacketAndAFrameAreToldAlike() {
        byte[] payload = discover(1).giaddr(Ipv4.parse("10.0.0.2")).toBytes();
        byte[] packet = ip(payload, "0a000002", "0a000001", 67);
        byte[] frame = join(hex("ffffffffffff 020000000001 0800"), packet);
        for (byte[] bytes : List.of(payload, packet, frame)) {
            Console told = explain("--hex", HexFormat.of().formatHex(bytes));
            assertThat(told.exitCode()).as(told.toString()).isZero();
            assertThat(told.out()).contains("DISCOVER of 02:00:00:00:00:01", "from 10.0.0.2:67", "yiaddr 10.0.0.100");
        }
    }

    @Test
    void bytesThatTheDecoderRefusesAreToldWithTheReason() {
        Console told = explain("--hex", "0102");
        assertThat(told.exitCode()).isEqualTo(5);
        assertThat(told.out()).contains("it has 2 bytes", "(too_short)");
    }

    @Test
    void theDialogueOfACaptureIsPlayedInOrder() throws IOException {
        Ipv4 relay = Ipv4.parse("10.0.0.2");
        byte[] discover = discover(1).giaddr(relay).toBytes();
        byte[] other = discover(2).giaddr(relay).toBytes();
        byte[] request = ClientMessage.of(MessageType.REQUEST, 1, CLIENT)
                .giaddr(relay)
                .option(50, Ipv4.parse("10.0.0.100"))
                .option(54, Ipv4.parse("10.0.0.1"))
                .toBytes();
        byte[] reply = discover.clone();
        reply[0] = 2;
        List<byte[]> frames = new ArrayList<>();
        for (byte[] payload : List.of(discover, other, reply, request)) {
            frames.add(join(hex("020000000099 020000000001 8100 0064 0800"), ip(payload, "0a000002", "0a000001", 67)));
        }
        frames.add(hex("ffffffffffff 020000000001 0806 0001"));
        Path capture = pcap(frames);

        Console told = explain("--pcap", capture.toString(), "--interface-address", "10.0.0.1/24");
        assertThat(told.exitCode()).as(told.toString()).isZero();
        assertThat(told.out())
                .containsSubsequence(
                        "1. DISCOVER of 02:00:00:00:00:01",
                        "yiaddr 10.0.0.100",
                        "2. DISCOVER of 02:00:00:00:00:02",
                        "yiaddr 10.0.0.101",
                        "3. REQUEST of 02:00:00:00:00:01",
                        "10.0.0.100, because it was offered to the client",
                        "ACK of 300 bytes to the relay agent, 10.0.0.2:67",
                        "the lease store would be written first",
                        "3 messages of",
                        "1 packets of servers to relay agents were passed over",
                        "1 packets that are no DHCP to this server's port 67 were passed over");

        Console one = explain(
                "--pcap", capture.toString(), "--mac", "02:00:00:00:00:02", "--interface-address", "10.0.0.1/24");
        assertThat(one.out())
                .contains("1. DISCOVER of 02:00:00:00:00:02", "10.0.0.101")
                .doesNotContain("REQUEST of");
    }

    @Test
    void machinesGetTheSameAsJson() {
        Console told = explain("--mac", "02:00:00:00:00:01", "--giaddr", "10.0.0.2", "--json");
        JsonNode whole = JsonMapper.shared().readTree(told.out());
        JsonNode only = whole.get("explanations").get(0);
        assertThat(only.get("link").get("line").asInt()).isEqualTo(10);
        assertThat(only.get("outcome").get("ending").asString()).isEqualTo("answered");
        assertThat(only.get("reply").get("yiaddr").asString()).isEqualTo("10.0.0.100");
        assertThat(only.get("pools").get(0).get("never_used").asInt()).isEqualTo(10);
    }

    @Test
    void textOfTheClientDoesNotSteerTheTerminal() {
        Console told = explain("--mac", "02:00:00:00:00:01", "--giaddr", "10.0.0.2", "--hostname", "a\u001b[2Jb");
        assertThat(told.out()).contains("Host Name: 0x611b5b324a62").doesNotContain("\u001b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "|say which message",
                "--hex 01 --pcap x|give one",
                "--hex 0g|'g' after 1 hex digits",
                "--pcap /no/such/file|no file that can be read",
                "--mac 02:00:00:00:00:01 --interface eth9|none of server.interface",
                "--mac 02:00:00:00:00:01 --interface-address 10.0.0.1|no address such as",
                "--mac 02:00:00:00:00:01 --type offer|nothing that clients send",
                "--mac 02:00 --arch 7|",
                "--mac 02:00:00:00:00:01 --link-selection 10.0.0.0|add --giaddr",
                "--mac 02:00:00:00:00:01 --vss red|add --giaddr",
                "--mac 02:00:00:00:00:01 --giaddr 10.1.0.2 --vss 0x01|is neither a name",
                "--mac 02:00:00:00:00:01 --ask colours|No option is called 'colours'",
            })
    void aCommandLineThatIsWrongIsRefusedWithItsReason(String arguments, String message) {
        Console told = explain(arguments == null ? new String[0] : arguments.split(" "));
        assertThat(told.exitCode()).as(told.toString()).isEqualTo(ExitCode.USAGE);
        assertThat(told.err()).contains(message == null ? "" : message);
    }

    @Test
    void aDamagedCaptureFailsWithItsOffset() throws IOException {
        Path capture = Files.write(folder.resolve("bad.pcap"), hex("d4c3b2a1 0200"));
        Console told = explain("--pcap", capture.toString());
        assertThat(told.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(told.err()).contains("bad.pcap cannot be read: it ends inside a packet, at offset");
    }

    @Test
    void aConfigurationWithErrorsIsNotExplained() throws IOException {
        Files.writeString(config, "[server]\ncolour = 1\n");
        Console told = explain("--mac", "02:00:00:00:00:01");
        assertThat(told.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(told.err()).contains("line 2: server.colour", "See 'check'");
    }

    private Console explain(String... more) {
        List<String> arguments = new ArrayList<>(List.of("explain", "--config", config.toString()));
        arguments.addAll(List.of(more));
        return Console.run(arguments.toArray(String[]::new));
    }

    private static ClientMessage discover(int client) {
        return ClientMessage.of(MessageType.DISCOVER, client, MacAddress.parse("02:00:00:00:00:0" + client));
    }

    private static byte[] ip(byte[] payload, String from, String to, int port) {
        ByteBuffer packet = ByteBuffer.allocate(28 + payload.length);
        packet.put(hex("4500")).putShort((short) packet.capacity()).put(hex("00000000 40110000" + from + to));
        packet.putShort((short) port)
                .putShort((short) 67)
                .putShort((short) (8 + payload.length))
                .putShort((short) 0);
        return packet.put(payload).array();
    }

    private Path pcap(List<byte[]> frames) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(hex("d4c3b2a1 0200 0400 00000000 00000000 00000400 01000000"));
        int second = 100;
        for (byte[] frame : frames) {
            ByteBuffer header = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
            out.writeBytes(header.putInt(second++)
                    .putInt(0)
                    .putInt(frame.length)
                    .putInt(frame.length)
                    .array());
            out.writeBytes(frame);
        }
        return Files.write(folder.resolve("dora.pcap"), out.toByteArray());
    }

    private static byte[] join(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
