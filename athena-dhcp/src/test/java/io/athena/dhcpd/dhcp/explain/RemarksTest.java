package io.athena.dhcpd.dhcp.explain;

import static io.athena.dhcpd.dhcp.explain.Lab.NOW;
import static io.athena.dhcpd.dhcp.explain.Lab.discover;
import static io.athena.dhcpd.dhcp.explain.Lab.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.engine.NameGround;
import io.athena.dhcpd.core.engine.NamePolicy.Name;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.dhcp.TestSeal;
import io.athena.dhcpd.dhcp.explain.Explanation.Ending;
import io.athena.dhcpd.dhcp.explain.Explanation.Remark;
import io.athena.dhcpd.dhcp.explain.ReplyFinding.OptionFinding;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is said of things that a client asks for beside an address, and of what it proves. */
class RemarksTest {

    private static final String KEY = "a key of sixteen bytes";

    /** The line numbers of the tests are those of this text. */
    private static final String CONFIG = """
            [server]
            interface = "eth0"
            [[subnet]]
            network = "10.0.0.0/24"
            rapid_commit = true
            auto_configure = 0
            [[subnet.pool]]
            range_start = "10.0.0.100"
            range_end = "10.0.0.101"
            [[subnet]]
            network = "10.1.0.0/24"
            ipv6_only_preferred = 1800
            [[subnet.pool]]
            range_start = "10.1.0.10"
            range_end = "10.1.0.10"
            match_subscriber_id = "gold-*"
            [[subnet.pool]]
            range_start = "10.1.0.20"
            range_end = "10.1.0.20"
            match_relay_id = "0x0a0b"
            [[subnet]]
            network = "10.2.0.0/24"
            [subnet.authentication]
            required = true
            [[subnet.authentication.key]]
            id = 1
            secret = "a key of sixteen bytes"
            [[subnet.pool]]
            range_start = "10.2.0.10"
            range_end = "10.2.0.20"
            [[subnet]]
            network = "10.3.0.0/24"
            rapid_commit = true
            [subnet.authentication]
            [[subnet.authentication.key]]
            id = 1
            secret = "a key of sixteen bytes"
            [[subnet.pool]]
            range_start = "10.3.0.10"
            range_end = "10.3.0.20"
            """;

    private final Lab lab = new Lab(CONFIG);

    // --- rapid commit, RFC 4039 ---------------------------------------------------------------------------------

    @Test
    void theNameInDnsIsToldWithItsGroundWhetherTheClientAsksForItOrNot() {
        Lab lab = new Lab(CONFIG).naming(new Name("pc.example.net", true, null, NameGround.CLIENT));
        assertThat(lab.explain(discover(1)).remarks())
                .contains(new Remark("name in DNS", "pc.example.net, because the client asks for it", 0));
        lab.naming(new Name("pc.example.net", false, null, NameGround.RESERVATION));
        assertThat(lab.explain(discover(1)).remarks())
                .contains(new Remark(
                        "name in DNS",
                        "pc.example.net, because its reservation says so; this server would keep its PTR record only",
                        0));
        lab.naming(Name.none(NameGround.NO_ZONE));
        assertThat(lab.explain(discover(1)).remarks())
                .contains(new Remark("name in DNS", "none, because [ddns] has no zone for the subnet", 0));
        assertThat(new Lab(CONFIG).explain(discover(1)).remarks())
                .extracting(Remark::about)
                .doesNotContain("name in DNS");
    }

    @Test
    void anAckToADiscoverNamesTheLineThatAllowsIt() {
        Explanation told = lab.explain(discover(1).option(80));
        ReplyFinding reply = Objects.requireNonNull(told.reply());
        assertThat(reply.type()).isEqualTo("ACK");
        assertThat(told.outcome().ending()).isEqualTo(Ending.ANSWERED);
        assertThat(told.outcome().written())
                .as("the lease is made durable first")
                .isTrue();
        assertThat(option(reply, 80)).isEqualTo(new OptionFinding(80, "Rapid Commit", "", "subnet 10.0.0.0/24", 5));
        assertThat(remark(told, "rapid commit"))
                .isEqualTo(new Remark(
                        "rapid commit", "asked for (option 80), and subnet 10.0.0.0/24 allows it: a lease at once", 5));
    }

    @Test
    void rapidCommitThatIsNotGivenIsToldWithTheReason() {
        Explanation plain =
                lab.explain(at("10.1.0.1", 1).option(82, subOption(6, "gold-7")).option(80));
        assertThat(Objects.requireNonNull(plain.reply()).type()).isEqualTo("OFFER");
        assertThat(remark(plain, "rapid commit").text())
                .isEqualTo("asked for (option 80), but subnet 10.1.0.0/24 does not allow it");
        assertThat(remark(plain, "rapid commit").line()).isEqualTo(10);

        Explanation signed = lab.explain(at("10.3.0.1", 1).option(80).option(90, TestSeal.REQUEST));
        assertThat(Objects.requireNonNull(signed.reply()).type()).isEqualTo("OFFER");
        assertThat(remark(signed, "rapid commit").text()).contains("given nothing before its proof");
    }

    @Test
    void anAddressThatWouldBeProbedFirstIsSaidToBe() {
        lab.probing();
        assertThat(remark(lab.explain(discover(1)), "probe").text()).contains("probes the address first");
        lab.lease(2, "10.0.0.101", LeaseState.ACTIVE, Lab.NOW + 600);
        assertThat(lab.explain(discover(2)).remarks())
                .as("its own lease needs no probe")
                .isEmpty();
    }

    @Test
    void whoDoesNotAskIsToldNothing() {
        assertThat(lab.explain(discover(1)).remarks()).isEmpty();
        assertThat(lab.explain(request(1).option(50, Ipv4.parse("10.0.0.100"))).remarks())
                .isEmpty();
    }

    @Test
    void optionsForClientsThatAskAreNotMissedByOthers() {
        ReplyFinding reply =
                Objects.requireNonNull(lab.explain(at("10.1.0.1", 1).option(82, subOption(6, "gold-7")))
                        .reply());
        assertThat(reply.leftOut()).singleElement().satisfies(left -> {
            assertThat(left.code()).isEqualTo(108);
            assertThat(left.from()).isEqualTo("the client does not ask for it");
        });
    }

    // --- clients that do without an address, RFC 8925 and 2563 ----------------------------------------------------

    @Test
    void anAddressThatIsOfferedAndNotHeldIsToldApart() {
        ClientMessage mostly =
                at("10.1.0.1", 1).option(82, subOption(6, "gold-7")).ask(1, 108);
        Explanation told = lab.explain(mostly);
        assertThat(Objects.requireNonNull(told.reply()).yiaddr()).isEqualTo("10.1.0.10");
        assertThat(remark(told, "IPv6 only"))
                .isEqualTo(new Remark(
                        "IPv6 only",
                        "the client can do without IPv4 (option 108), and subnet 10.1.0.0/24 lets it: its address"
                                + " is not held for it",
                        12));
        assertThat(remark(lab.explain(discover(1).ask(1, 108)), "IPv6 only").text())
                .contains("nothing sets ipv6_only_preferred");
    }

    @Test
    void anOfferWithoutAnAddressIsAnAnswerAndSaysWhy() {
        Explanation none = lab.explain(at("10.1.0.1", 1).ask(1, 108).option(80));
        assertThat(none.outcome().ending()).isEqualTo(Ending.ANSWERED);
        assertThat(none.outcome().reason()).isEqualTo("no_matching_pool");
        assertThat(none.outcome().text()).isEqualTo("an OFFER without an address would be sent: no matching pool");
        assertThat(Objects.requireNonNull(none.reply()).yiaddr()).isNull();
        assertThat(none.decision()).isNull();
        assertThat(remark(none, "IPv6 only").text()).endsWith("it needs no address");
        assertThat(remark(none, "rapid commit").text()).endsWith("there is no address to give");

        lab.lease(8, "10.0.0.100", LeaseState.ACTIVE, NOW + 50).lease(9, "10.0.0.101", LeaseState.ACTIVE, NOW + 50);
        Explanation full = lab.explain(discover(1).option(116, (byte) 1));
        assertThat(full.outcome().reason()).isEqualTo("no_free_address");
        assertThat(Objects.requireNonNull(full.reply()).yiaddr()).isNull();
        assertThat(remark(full, "no address"))
                .isEqualTo(new Remark(
                        "no address",
                        "the client asks whether it may make up an address (option 116), and subnet 10.0.0.0/24"
                                + " forbids it",
                        6));
        assertThat(option(full.reply(), 116).line()).isEqualTo(6);

        Explanation silent = lab.explain(at("10.1.0.1", 1).option(116, (byte) 1));
        assertThat(silent.outcome().ending()).isEqualTo(Ending.SILENT);
        assertThat(remark(silent, "no address").text()).contains("nothing forbids it");
    }

    // --- what relay agents say -----------------------------------------------------------------------------------

    @Test
    void patternsOnSubscriberAndRelayAgentAreToldWithWhatWasSaid() {
        Explanation gold = lab.explain(at("10.1.0.1", 1).option(82, subOption(6, "gold-7")));
        assertThat(gold.pools().get(1).patterns()).singleElement().satisfies(pattern -> {
            assertThat(pattern.key()).isEqualTo("match_subscriber_id");
            assertThat(pattern.said()).isEqualTo("gold-7");
            assertThat(pattern.fits()).isTrue();
        });
        Explanation relay = lab.explain(at("10.1.0.1", 1).option(82, (byte) 12, (byte) 2, (byte) 10, (byte) 11));
        assertThat(relay.pools())
                .filteredOn(pool -> pool.line() == 17)
                .singleElement()
                .satisfies(pool -> {
                    assertThat(pool.verdict()).isEqualTo("gives 10.1.0.20");
                    assertThat(pool.patterns().get(0).said()).isEqualTo("0x0a0b");
                });
    }

    @Test
    void aSubnetOfAnotherVirtualNetworkIsNamedWithItsLine() {
        Lab red = new Lab("""
                [server]
                interface = "eth0"
                [[subnet]]
                network = "10.0.0.0/24"
                vss = "red"
                [[subnet.pool]]
                range_start = "10.0.0.100"
                range_end = "10.0.0.101"
                [[subnet]]
                network = "10.1.0.0/24"
                [[subnet.pool]]
                range_start = "10.1.0.100"
                range_end = "10.1.0.101"
                """);
        byte[] inRed = HexFormat.of().parseHex("9704" + "00" + "726564" + "9800");
        byte[] inBlue = HexFormat.of().parseHex("9705" + "00" + "626c7565");

        Explanation served = red.explain(at("10.0.0.2", 1).option(82, inRed));
        assertThat(option(Objects.requireNonNull(served.reply()), 82).from()).contains("without sub-option 152");

        Explanation other = red.explain(at("10.0.0.2", 1).option(82, inBlue));
        assertThat(other.outcome().reason()).isEqualTo("no_subnet");
        assertThat(other.outcome().text())
                .isEqualTo("the relay agent's address (giaddr) is 10.0.0.2, whose subnet is of the virtual network"
                        + " red (line 5), and the relay agent names blue (sub-option 151)");
        assertThat(red.explain(at("10.0.0.2", 1)).outcome().text()).endsWith("names none (sub-option 151)");
        assertThat(red.explain(at("10.1.0.2", 1).option(82, inRed)).outcome().text())
                .contains("of no virtual network, and the relay agent names red");
    }

    @Test
    void aLeasequeryIsNotSaidToBeRefused() {
        Explanation told = lab.explain(ClientMessage.of(MessageType.LEASEQUERY, 1, Lab.mac(1))
                .giaddr(Ipv4.parse("10.0.0.2"))
                .ciaddr(Ipv4.parse("10.0.0.100")));
        assertThat(told.outcome().text()).startsWith("leasequeries are not explained");
        assertThat(told.outcome().reason()).isNull();
    }

    // --- proofs, RFC 3118 ----------------------------------------------------------------------------------------

    @Test
    void whoProvesNothingWhereItIsRequiredIsToldTheLineThatRequiresIt() {
        Explanation told = lab.explain(at("10.2.0.1", 1));
        assertThat(told.outcome().reason()).isEqualTo("not_authenticated");
        assertThat(told.outcome().ending()).isEqualTo(Ending.SILENT);
        assertThat(Objects.requireNonNull(told.link()).identity())
                .as("nothing was looked up for it")
                .isNull();
        assertThat(remark(told, "proof").text()).startsWith("none that counts here");
        assertThat(remark(told, "proof").line()).isEqualTo(24);
    }

    @Test
    void aSignedAnswerNamesItsKeyAndAProofItsCounter() {
        Explainer explainer = lab.explainer();
        Explanation offer = Lab.explain(explainer, at("10.2.0.1", 1).option(90, TestSeal.REQUEST), 0);
        assertThat(remark(offer, "proof").text()).contains("asks for an answer that is signed");
        assertThat(option(Objects.requireNonNull(offer.reply()), 90).from()).isEqualTo("signed with key 1");
        assertThat(option(offer.reply(), 90).line()).isEqualTo(25);

        Explanation ack = Lab.explain(explainer, chosen().seal(seal(5)), 1);
        assertThat(Objects.requireNonNull(ack.reply()).type()).isEqualTo("ACK");
        assertThat(remark(ack, "proof")).isEqualTo(new Remark("proof", "by key 1, counter 5", 25));

        Explanation again = Lab.explain(explainer, chosen().seal(seal(5)), 2);
        assertThat(again.outcome().reason()).isEqualTo("replayed");
        assertThat(remark(again, "proof").text())
                .isEqualTo("the code is right, but its counter was used before: it is 5, and the one with the"
                        + " client's lease is 5");
    }

    @Test
    void aProofThatFailsIsToldWithWhatIsWrong() {
        Explanation wrong = lab.explain(chosen().seal(new TestSeal(1, "some other key of a client", 5)));
        assertThat(wrong.outcome().reason()).isEqualTo("bad_authentication");
        assertThat(remark(wrong, "proof").text()).startsWith("the code is not what key 1 gives");
        assertThat(remark(wrong, "proof").line()).isEqualTo(25);

        Explanation unknown = lab.explain(chosen().seal(new TestSeal(4, KEY, 5)));
        assertThat(remark(unknown, "proof").text()).isEqualTo("it names key 4, and this client has none of this id");

        Explanation elsewhere = lab.explain(request(1)
                .giaddr(Ipv4.parse("10.2.0.1"))
                .option(50, Ipv4.parse("10.2.0.10"))
                .option(54, Ipv4.parse("192.0.2.1"))
                .seal(new TestSeal(4, KEY, 5)));
        assertThat(elsewhere.outcome().reason()).isEqualTo("other_server");
        assertThat(remark(elsewhere, "proof").text()).startsWith("none for this server");
    }

    @Test
    void whereNobodyHasToProveAnythingThatIsSaid() {
        Explanation optional = lab.explain(at("10.3.0.1", 1));
        assertThat(remark(optional, "proof").text()).isEqualTo("none, and nobody has to");
        assertThat(remark(optional, "proof").line()).isEqualTo(34);
        Explanation ignored = lab.explain(discover(1).option(90, TestSeal.REQUEST));
        assertThat(remark(ignored, "proof").text()).contains("no subnet of the link has [subnet.authentication]");
    }

    @Test
    void explainingAProofRaisesNoCounterOutsideTheExplanation() {
        ClientMessage proof = chosen().seal(seal(5));
        for (int time = 0; time < 3; time++) {
            Explainer fresh = lab.explainer();
            assertThat(Lab.explain(fresh, proof, 0).outcome().reason()).isNull();
            assertThat(Lab.explain(fresh, proof, 0).outcome().reason()).isEqualTo("replayed");
        }
    }

    @Test
    void noRemarkSaysASecret() {
        assertThat(lab.explain(chosen().seal(seal(5))).toString()).doesNotContain(KEY);
        assertThat(lab.explain(chosen().seal(new TestSeal(1, "some other key of a client", 5)))
                        .toString())
                .doesNotContain(KEY);
    }

    private static ClientMessage at(String giaddr, int client) {
        return ClientMessage.of(MessageType.DISCOVER, 0x1000 + client, Lab.mac(client))
                .giaddr(Ipv4.parse(giaddr));
    }

    private static ClientMessage chosen() {
        return request(1)
                .giaddr(Ipv4.parse("10.2.0.1"))
                .option(50, Ipv4.parse("10.2.0.10"))
                .option(54, Lab.SERVER);
    }

    private static TestSeal seal(long counter) {
        return new TestSeal(1, KEY, counter);
    }

    private static byte[] subOption(int code, String value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(code);
        out.write(value.length());
        out.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private static Remark remark(Explanation told, String about) {
        return told.remarks().stream()
                .filter(remark -> remark.about().equals(about))
                .findFirst()
                .orElseThrow(() -> new AssertionError(told));
    }

    private static OptionFinding option(ReplyFinding reply, int code) {
        return reply.options().stream()
                .filter(option -> option.code() == code)
                .findFirst()
                .orElseThrow();
    }
}
