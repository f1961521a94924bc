package io.athena.dhcpd.app.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.PacketDecoder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

class ProbeCommandTest {

    private static final HexFormat HEX = HexFormat.of();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aLeaseIsTakenAndEveryOptionIsPrintedByName() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ProbeCommandTest::leases)) {
            assertThat(probe(server, "--requested-ip", "10.9.8.7")).isZero();

            DhcpPacket discover = server.packet(0);
            assertThat(discover.type()).isEqualTo(MessageType.DISCOVER);
            assertThat(discover.requestedAddress()).isEqualTo(Ipv4.parse("10.9.8.7"));
            DhcpPacket request = server.packet(1);
            assertThat(request.type()).isEqualTo(MessageType.REQUEST);
            assertThat(request.xid()).isEqualTo(discover.xid());
            assertThat(request.requestedAddress()).isEqualTo(Ipv4.parse("10.9.8.7"));
            assertThat(request.serverId()).isEqualTo(Ipv4.parse("127.0.0.1"));
        }
        assertThat(out.toString())
                .contains("OFFER from 127.0.0.1", "ACK from 127.0.0.1")
                .containsPattern("your address +10\\.9\\.8\\.7")
                .containsPattern("  3 Router +10\\.9\\.8\\.1")
                .containsPattern(" 51 IP Address Lease Time +3600")
                .containsPattern("200 Option 200 +c0ffee");
    }

    @Test
    void discoverOnlyTakesNoLease() throws Exception {
        try (ScriptedServer server = new ScriptedServer(bytes -> bytes.length == 1 ? bytes : leases(bytes))) {
            assertThat(probe(server, "--discover-only")).isZero();
            // The echo of a message after it shows that all before it has arrived.
            assertThat(probe(server, "--hex", "00")).isZero();
            assertThat(server.received()).hasSize(2);
        }
    }

    @Test
    void aRelayedMessageCarriesGiaddrAndOption82AndTakesTheReplyOnItsOwnPort() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ProbeCommandTest::leases)) {
            assertThat(probe(
                            server,
                            "--relay=127.0.0.1",
                            "--link=10.9.8.0",
                            "--circuit-id=ge-0/1",
                            "--remote-id=0xff01",
                            "--discover-only"))
                    .isZero();
            DhcpPacket discover = server.packet(0);
            assertThat(discover.giaddr()).isEqualTo(Ipv4.parse("127.0.0.1"));
            assertThat(discover.options().get(82))
                    .isEqualTo(HEX.parseHex("010667652d302f31" + "0202ff01" + "05040a090800" + "1300"));
        }
    }

    @Test
    void namedOptionsAndTheRequestListAreSent() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ProbeCommandTest::leases)) {
            probe(
                    server,
                    "--discover-only",
                    "--client-id=0x0102ff",
                    "--option=hostname=printer",
                    "--option=60=PXEClient",
                    "--request-list=routers,121");
            DhcpPacket discover = server.packet(0);
            assertThat(discover.clientId()).isEqualTo(HEX.parseHex("0102ff"));
            assertThat(discover.hostname()).isEqualTo("printer");
            assertThat(discover.vendorClass()).isEqualTo("PXEClient".getBytes(StandardCharsets.US_ASCII));
            assertThat(discover.parameterRequestList()).isEqualTo(new byte[] {3, 121});
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--renew,   REQUEST, 10.9.8.7, ''",
        "--reboot,  REQUEST, 0.0.0.0,  10.9.8.7",
        "--inform,  INFORM,  10.9.8.7, ''",
    })
    void eachActionSendsItsMessage(String action, MessageType type, String ciaddr, String requested) throws Exception {
        try (ScriptedServer server = new ScriptedServer(ProbeCommandTest::leases)) {
            assertThat(probe(server, action, "10.9.8.7")).isZero();
            DhcpPacket sent = server.packet(0);
            assertThat(sent.type()).isEqualTo(type);
            assertThat(sent.ciaddr()).hasToString(ciaddr);
            assertThat(sent.requestedAddress()).isEqualTo(requested.isEmpty() ? null : Ipv4.parse(requested));
            assertThat(sent.serverId()).isNull();
        }
    }

    @Test
    void aReleaseNamesTheServerAndExpectsNoAnswer() throws Exception {
        try (ScriptedServer server = new ScriptedServer(bytes -> bytes.length == 1 ? bytes : null)) {
            assertThat(probe(server, "--release", "10.9.8.7")).isZero();
            // The echo of a second message shows that the release before it has arrived.
            assertThat(probe(server, "--hex", "00")).isZero();
            DhcpPacket release = server.packet(0);
            assertThat(release.type()).isEqualTo(MessageType.RELEASE);
            assertThat(release.ciaddr()).isEqualTo(Ipv4.parse("10.9.8.7"));
            assertThat(release.serverId()).isEqualTo(Ipv4.parse("127.0.0.1"));
            assertThat(release.parameterRequestList()).isNull();
        }
    }

    @Test
    void aNakIsShownAndHasItsExitStatus() throws Exception {
        try (ScriptedServer server = new ScriptedServer(bytes -> reply(bytes, 6, "38026e6f"))) {
            assertThat(probe(server, "--reboot", "10.9.8.7")).isEqualTo(6);
        }
        assertThat(out.toString()).contains("NAK from").containsPattern(" 56 \\S.* no");
    }

    @Test
    void silenceEndsAfterTheTriesWithItsExitStatus() throws Exception {
        try (ScriptedServer server = new ScriptedServer(bytes -> bytes.length == 1 ? bytes : null)) {
            assertThat(probe(server, "--timeout", "1", "--tries", "2")).isEqualTo(5);
            assertThat(probe(server, "--hex", "00")).isZero();
            assertThat(server.received()).hasSize(3);
        }
        assertThat(err.toString()).contains("no answer; asked 2 times");
    }

    @Test
    void aReplyToSomebodyElseIsNotTakenForOurs() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer(bytes -> {
            byte[] offer = leases(bytes);
            if (asked.getAndIncrement() == 0) {
                offer[4] ^= 1;
                offer[19] = 99;
            }
            return offer;
        })) {
            assertThat(probe(server, "--discover-only", "--timeout", "1", "--tries", "60"))
                    .isZero();
        }
        assertThat(out.toString())
                .containsPattern("your address +10\\.9\\.8\\.7")
                .doesNotContain("10.9.8.99");
    }

    @Test
    void bytesAreSentAsTheyAreAndWhatComesBackIsShown() throws Exception {
        try (ScriptedServer server = new ScriptedServer(bytes -> new byte[] {(byte) 0xca, (byte) 0xfe})) {
            assertThat(probe(server, "--hex", "0x01 02:ff")).isZero();
            assertThat(server.received().get(0)).isEqualTo(HEX.parseHex("0102ff"));
        }
        assertThat(out.toString()).contains("2 bytes that are no DHCP reply", "cafe");
    }

    @Test
    void jsonListsTheReplies() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ProbeCommandTest::leases)) {
            assertThat(probe(server, "--json")).isZero();
        }
        var replies = JsonMapper.shared().readTree(out.toString());
        assertThat(replies).hasSize(2);
        assertThat(replies.get(1).get("type").asString()).isEqualTo("ACK");
        assertThat(replies.get(1).get("yourAddress").asString()).isEqualTo("10.9.8.7");
        assertThat(replies.get(1).get("options").get(1).get("name").asString()).isEqualTo("Server Identifier");
    }

    @Test
    void aServersTextDoesNotSteerTheTerminal() throws Exception {
        try (ScriptedServer server = new ScriptedServer(bytes -> reply(bytes, 2, "0f041b5b324a"))) {
            probe(server, "--discover-only");
        }
        assertThat(out.toString()).contains("OFFER").doesNotContain("\u001b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--discover-only | --interface NAME",
                "--server=10.0.0 | is not an IPv4 address",
                "--server=10.0.0.1 --mac=zz | zz",
                "--server=10.0.0.1 --link=10.0.0.1 | add --relay",
                "--server=10.0.0.1 --option=hostname | takes NAME=VALUE",
                "--server=10.0.0.1 --option=dns_servers=x | 'x' is not an IPv4 address",
                "--server=10.0.0.1 --request-list=colour | No option is called 'colour'",
                "--server=10.0.0.1 --hex=0 | even number of hex digits",
                "--server=10.0.0.1 --tries=0 | at least 1",
                "--server=10.0.0.1 --renew=10.0.0.2 --discover-only | mutually exclusive",
            })
    void aWrongCommandLineIsRefusedWithTheCure(String arguments, String text) {
        assertThat(run(arguments.strip().split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--interface=nosuch0 | there is no interface 'nosuch0'",
                "--server=127.0.0.1 --relay=192.0.2.1 | 192.0.2.1 is not an address of this machine",
            })
    void whatTheNetworkRefusesIsSaidInWords(String arguments, String text) {
        assertThat(run(arguments.strip().split(" "))).isEqualTo(1);
        assertThat(err.toString()).contains(text);
    }

    private int probe(ScriptedServer server, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--server=127.0.0.1", "--port=" + server.port(), "--client-port=0"));
        all.addAll(List.of(arguments));
        if (!all.contains("--timeout")) {
            all.add("--timeout=60");
        }
        return run(all.toArray(String[]::new));
    }

    private int run(String... arguments) {
        return new CommandLine(new ProbeCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    /** OFFERs and ACKs 10.9.8.7 with a router, a lease time and an option that no registry knows. */
    private static byte[] leases(byte[] message) {
        boolean discover = ((DhcpPacket) PacketDecoder.decode(message)).type() == MessageType.DISCOVER;
        return reply(message, discover ? 2 : 5, "330400000e10" + "03040a090801" + "c803c0ffee");
    }

    private static byte[] reply(byte[] message, int type, String options) {
        byte[] body = HEX.parseHex("3501%02x36047f000001%sff".formatted(type, options));
        byte[] reply = Arrays.copyOf(message, 300);
        Arrays.fill(reply, 240, 300, (byte) 0);
        reply[0] = 2;
        System.arraycopy(HEX.parseHex("0a090807"), 0, reply, 16, 4);
        System.arraycopy(body, 0, reply, 240, body.length);
        return reply;
    }
}
