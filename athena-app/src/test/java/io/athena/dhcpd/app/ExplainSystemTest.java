package io.athena.dhcpd.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import io.athena.dhcpd.dhcp.wire.Seal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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

    /** The same for the virtual network that is called red (sub-option 151, with 152). */
    private static final String OPTION_82_RED = "0504cb00710013009704007265649800";

    /** And for the subnet whose clients have to prove who they are. */
    private static final String OPTION_82_PROVING = "0504c61200001300";

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
            next_server = "192.0.2.9"
            sname = "boot-9"
            domain_name = "boot.example"
            [[class]]
            name = "cpe"
            match_vendor_class = "cpe*"
            vendor_specific = [{ code = 1, type = "string", value = "http://acs" }]
            vi_vendor_specific = [{ enterprise = 3561, code = 11, type = "string", value = "http://acs" }]
            file = ""
            [[subnet]]
            network = "203.0.113.0/24"
            vss = "red"
            rapid_commit = true
            tftp_server = "203.0.113.5"
            ipv6_only_preferred = 1800
            [[subnet.pool]]
            range_start = "203.0.113.10"
            range_end = "203.0.113.19"
            [[subnet]]
            network = "198.18.0.0/24"
            [subnet.authentication]
            required = true
            [[subnet.authentication.key]]
            id = 1
            secret = "a key of sixteen bytes"
            [[subnet.pool]]
            range_start = "198.18.0.10"
            range_end = "198.18.0.19"
            [defaults]
            file = "default.efi"
            routers = ["192.0.2.254"]
            static_routes = ["10.0.0.0/8 via 192.0.2.253"]
            domain_name = "example.net"
            [api]
            enabled = false
            """;

    private Path folder;
    private RelayedServer server;

    @BeforeAll
    void start(@TempDir Path given) throws Exception {
        folder = given;
        server = new RelayedServer(folder, MORE);
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
                message(MessageType.BOOTP, 7),
                message(MessageType.DISCOVER, 10).option(60, text("cpe-1")),
                message(MessageType.DISCOVER, 11).option(60, text("cpe-1")).ask(43, 125, 1),
                message(MessageType.DISCOVER, 12).option(80),
                red(MessageType.DISCOVER, 13),
                red(MessageType.DISCOVER, 14).option(80),
                red(MessageType.DISCOVER, 15).option(80).ask(1, 3, 108));
        for (ClientMessage message : messages) {
            String hex = HexFormat.of().formatHex(message.toBytes());
            JsonNode explained = explained(hex);
            JsonNode answered = answered(hex);
            assertThat(options(explained)).as(hex).isEqualTo(options(answered)).isNotEmpty();
            assertThat(fields(explained)).as(hex).isEqualTo(headerOf(answered));
            assertThat(explained.get("type").asString())
                    .isEqualTo(answered.get("type").asString());
            assertThat(explained.get("yiaddr").asString(null))
                    .isEqualTo(answered.get("yourAddress").asString(null));
        }
    }

    @Test
    @Order(2)
    void anOfferThatTheServerHoldsIsSeen() {
        // Again, since the offer of the test before may have run out.
        answered(hex(message(MessageType.DISCOVER, 6).option(50, Ipv4.parse("192.0.2.150"))));
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
    void explainingAProofLeavesTheCountersOfTheServerAsTheyAre() {
        String request = hex(proving(5));
        assertThat(explained(request).get("type").asString()).isEqualTo("ACK");
        assertThat(explained(request))
                .as("nor did the first explanation raise one")
                .isNotNull();
        assertThat(explain(hex(proving(9))).out()).contains("by key 1, counter 9");

        JsonNode answered = answered(request);
        assertThat(answered.get("type").asString()).as("9 was only explained").isEqualTo("ACK");
        Console again = explain(request);
        assertThat(again.exitCode()).isEqualTo(5);
        assertThat(again.out())
                .contains("its counter was used before: it is 5, and the one with the client's lease is 5")
                .contains("(replayed)");
        assertThat(answered(hex(proving(6))).get("type").asString()).isEqualTo("ACK");
        assertThat(explain(hex(at(OPTION_82_PROVING, MessageType.DISCOVER, 41))).out())
                .contains("(not_authenticated)");
    }

    @Test
    @Order(4)
    void explainingChangesNeitherTheServerNorAByteOfItsStore() throws Exception {
        String hex = HexFormat.of().formatHex(message(MessageType.DISCOVER, 30).toBytes());
        JsonNode once = explained(hex);
        assertThat(explained(hex)).as("the first explanation held no address").isEqualTo(once);
        server.process.signal("TERM");
        assertThat(server.process.exitCode()).isZero();

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

    private static ClientMessage proving(long counter) {
        return at(OPTION_82_PROVING, MessageType.REQUEST, 40)
                .option(50, Ipv4.parse("198.18.0.10"))
                .option(54, Ipv4.parse("127.0.0.1"))
                .seal(new KeyOne(counter));
    }

    /** Option 90 by the one key of the configuration (RFC 3118 section 5.2). */
    private record KeyOne(long counter) implements Seal {

        @Override
        public byte[] value() {
            return ByteBuffer.allocate(31)
                    .put(new byte[] {1, 1, 0})
                    .putLong(counter)
                    .putInt(1)
                    .array();
        }

        @Override
        public byte[] codeOver(ByteBuffer message) {
            try {
                Mac mac = Mac.getInstance("HmacMD5");
                mac.init(new SecretKeySpec(text("a key of sixteen bytes"), "HmacMD5"));
                mac.update(message);
                return mac.doFinal();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static ClientMessage red(MessageType type, int client) {
        return at(OPTION_82_RED, type, client);
    }

    private static ClientMessage message(MessageType type, int client) {
        return at(OPTION_82, type, client);
    }

    private static ClientMessage at(String option82, MessageType type, int client) {
        MacAddress mac = MacAddress.parse(String.format("02:00:00:00:00:%02d", client));
        return ClientMessage.of(type, 0x5000 + client, mac)
                .giaddr(RELAY)
                .option(82, HexFormat.of().parseHex(option82));
    }

    private static String hex(ClientMessage message) {
        return HexFormat.of().formatHex(message.toBytes());
    }

    private JsonNode answered(String hex) {
        Console probe = server.probe(RELAY.toString(), "--hex", hex, "--json");
        return JsonMapper.shared().readTree(probe.out()).get(0);
    }

    private Console explain(String hex) {
        return Console.run("explain", "--config", server.config.toString(), "--hex", hex);
    }

    private JsonNode explained(String hex) {
        Console told = Console.run("explain", "--config", server.config.toString(), "--hex", hex, "--json");
        JsonNode reply = JsonMapper.shared()
                .readTree(told.out())
                .get("explanations")
                .get(0)
                .get("reply");
        assertThat(reply).as(told.toString()).isNotNull();
        return reply;
    }

    private static Map<String, String> fields(JsonNode explained) {
        Map<String, String> fields = new TreeMap<>();
        explained
                .get("fields")
                .forEach(field -> fields.put(
                        field.get("name").asString(), field.get("value").asString()));
        return fields;
    }

    private static Map<String, String> headerOf(JsonNode answered) {
        Map<String, String> fields = new TreeMap<>();
        Map.of("siaddr", "nextServer", "sname", "serverName", "file", "bootFile")
                .forEach((name, key) -> {
                    if (!answered.get(key).isNull()) {
                        fields.put(name, answered.get(key).asString());
                    }
                });
        return fields;
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
