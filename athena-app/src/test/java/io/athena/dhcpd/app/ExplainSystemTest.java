package io.athena.dhcpd.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is explained is what the started server then does, and explaining it changes nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExplainSystemTest {

    private static final Ipv4 RELAY = Ipv4.parse("127.0.0.2");

    /** Sub-option 5 for the subnet, sub-option 19 so that the reply comes to any port. */
    private static final String OPTION_82 = "0504c00002001300";

    private static final String MORE = """
            [[subnet.pool]]
            range_start = "192.0.2.10"
            range_end = "192.0.2.19"
            class = "boot"
            lease_time = "1h"
            [[subnet.reservation]]
            mac = "02:00:00:00:00:07"
            ip = "192.0.2.7"
            hostname = "printer"
            dns_servers = ["192.0.2.53", "192.0.2.54"]
            [[class]]
            name = "boot"
            match_user_class = "iPXE"
            bootfile = "boot.efi"
            domain_name = "boot.example"
            [defaults]
            routers = ["192.0.2.254"]
            static_routes = ["10.0.0.0/8 via 192.0.2.253"]
            domain_name = "example.net"
            [api]
            enabled = false
            """;

    private Path folder;
    private int port;
    private Path config;
    private ServerProcess server;

    @BeforeAll
    void start(@TempDir Path given) throws Exception {
        folder = given;
        port = ServerProcess.freeUdpPort();
        config = ServerProcess.config(folder, port, MORE);
        server = ServerProcess.serving(config);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    @Order(1)
    void theReplyOfTheServerIsTheOneThatWasExplained() {
        List<ClientMessage> messages = List.of(
                message(MessageType.DISCOVER, 1),
                message(MessageType.DISCOVER, 2).ask(1, 3, 15),
                message(MessageType.DISCOVER, 3).ask(121, 3, 249, 15),
                message(MessageType.DISCOVER, 4).option(77, text("iPXE")),
                message(MessageType.DISCOVER, 7).option(61, text("a printer")),
                message(MessageType.DISCOVER, 5).option(51, (byte) 0, (byte) 0, (byte) 0, (byte) 120),
                message(MessageType.DISCOVER, 6).option(50, Ipv4.parse("192.0.2.150")),
                message(MessageType.DISCOVER, 8)
                        .option(57, (byte) 2, (byte) 64)
                        .option(81, HexFormat.of().parseHex("000000")),
                message(MessageType.REQUEST, 2)
                        .option(50, Ipv4.parse("192.0.2.101"))
                        .option(54, Ipv4.parse("127.0.0.1")),
                message(MessageType.REQUEST, 1)
                        .option(50, Ipv4.parse("192.0.2.7"))
                        .option(54, Ipv4.parse("127.0.0.1")),
                message(MessageType.REQUEST, 9).option(50, Ipv4.parse("198.51.100.1")),
                message(MessageType.BOOTP, 7));
        for (ClientMessage message : messages) {
            String hex = HexFormat.of().formatHex(message.toBytes());
            JsonNode explained = explained(hex);
            JsonNode answered = answered(hex);
            assertThat(options(explained)).as(hex).isEqualTo(options(answered)).isNotEmpty();
            assertThat(explained.get("type").asString())
                    .isEqualTo(answered.get("type").asString());
            assertThat(explained.get("yiaddr").asString(null))
                    .isEqualTo(answered.get("yourAddress").asString(null));
        }
    }

    @Test
    @Order(2)
    void anOfferThatTheServerHoldsIsSeen() {
        answered(HexFormat.of().formatHex(message(MessageType.DISCOVER, 20).toBytes()));
        String wanted = HexFormat.of()
                .formatHex(message(MessageType.DISCOVER, 21)
                        .option(50, Ipv4.parse("192.0.2.150"))
                        .toBytes());
        Console told = explain(wanted);
        assertThat(told.out())
                .contains("those of the running server")
                .contains("192.0.2.150, asked for (option 50)", "held for hardware address 02:00:00:00:00:06");
    }

    @Test
    @Order(3)
    void explainingChangesNeitherTheServerNorAByteOfItsStore() throws Exception {
        String hex = HexFormat.of().formatHex(message(MessageType.DISCOVER, 30).toBytes());
        JsonNode once = explained(hex);
        assertThat(explained(hex)).as("the first explanation held no address").isEqualTo(once);
        server.signal("TERM");
        assertThat(server.exitCode()).isZero();

        Map<String, String> before = contents();
        assertThat(before).isNotEmpty();
        Console offline = explain(hex);
        assertThat(offline.exitCode()).as(offline.toString()).isZero();
        assertThat(offline.out()).contains("no server runs", "yiaddr");
        assertThat(explain(HexFormat.of()
                                .formatHex(message(MessageType.REQUEST, 2)
                                        .option(50, Ipv4.parse("192.0.2.101"))
                                        .toBytes()))
                        .out())
                .as("the lease of the store is known")
                .contains("because the client has it on record", "the lease store would be written first");
        assertThat(contents()).isEqualTo(before);
    }

    private static ClientMessage message(MessageType type, int client) {
        MacAddress mac = MacAddress.parse(String.format("02:00:00:00:00:%02d", client));
        return ClientMessage.of(type, 0x5000 + client, mac)
                .giaddr(RELAY)
                .option(82, HexFormat.of().parseHex(OPTION_82));
    }

    private JsonNode answered(String hex) {
        Console probe = Console.run(
                "probe",
                "--server",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--client-port",
                "0",
                "--relay",
                RELAY.toString(),
                "--hex",
                hex,
                "--json");
        assertThat(probe.exitCode()).as(probe.toString()).isZero();
        return JsonMapper.shared().readTree(probe.out()).get(0);
    }

    private Console explain(String hex) {
        return Console.run("explain", "--config", config.toString(), "--hex", hex);
    }

    private JsonNode explained(String hex) {
        Console told = Console.run("explain", "--config", config.toString(), "--hex", hex, "--json");
        JsonNode reply = JsonMapper.shared()
                .readTree(told.out())
                .get("explanations")
                .get(0)
                .get("reply");
        assertThat(reply).as(told.toString()).isNotNull();
        return reply;
    }

    private static List<String> options(JsonNode reply) {
        List<String> options = new ArrayList<>();
        reply.get("options")
                .forEach(option -> options.add(
                        option.get("code").asInt() + "=" + option.get("value").asString()));
        return options;
    }

    /** Every file of the store with its time and its bytes. */
    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder.resolve("store"))) {
            for (Path file : files.toList()) {
                String bytes = Files.isRegularFile(file)
                        ? HexFormat.of().formatHex(Files.readAllBytes(file)).hashCode() + " " + Files.size(file)
                        : "folder";
                contents.put(file.toString(), bytes + " " + Files.getLastModifiedTime(file));
            }
        }
        return contents;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
