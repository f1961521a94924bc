package io.athena.dhcpd.dhcp.explain;

import static io.athena.dhcpd.dhcp.explain.Lab.NOW;
import static io.athena.dhcpd.dhcp.explain.Lab.discover;
import static io.athena.dhcpd.dhcp.explain.Lab.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.LeaseTimes;
import io.athena.dhcpd.dhcp.explain.Explanation.Ending;
import io.athena.dhcpd.dhcp.explain.Explanation.PoolFinding;
import io.athena.dhcpd.dhcp.explain.ReplyFinding.OptionFinding;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an explanation says of each kind of decision, against configurations whose lines are counted. */
class ExplainerTest {

    /** The line numbers of the tests are those of this text. */
    private static final String CONFIG = """
            [server]
            interface = "eth0"
            [defaults]
            domain_name = "default.example"
            ntp_servers = ["10.9.9.9"]
            [[class]]
            name = "phones"
            match_vendor_class = "Phone*"
            tftp_server = "boot.example"
            domain_name = "phones.example"
            [[subnet]]
            network = "10.0.0.0/24"
            routers = ["10.0.0.254"]
            lease_time = "2h"
            subnet_selection = true
            [[subnet.option]]
            code = 224
            value = "c0ffee"
            [[subnet.pool]]
            range_start = "10.0.0.50"
            range_end = "10.0.0.51"
            class = "phones"
            lease_time = "10m"
            [[subnet.pool]]
            range_start = "10.0.0.100"
            range_end = "10.0.0.102"
            dns_servers = ["10.0.0.53"]
            [[subnet.reservation]]
            mac = "02:00:00:00:00:07"
            ip = "10.0.0.7"
            hostname = "printer"
            [[subnet]]
            network = "10.1.0.0/24"
            [[subnet.pool]]
            range_start = "10.1.0.10"
            range_end = "10.1.0.20"
            """;

    private final Lab lab = new Lab(CONFIG);

    @Test
    void everyOptionOfTheReplyNamesTheLineThatSetsIt() {
        ReplyFinding reply = reply(lab.explain(discover(1)));
        assertThat(reply.type()).isEqualTo("OFFER");
        assertThat(reply.yiaddr()).isEqualTo("10.0.0.100");
        assertThat(reply.options())
                .extracting(OptionFinding::code, OptionFinding::value, OptionFinding::from, OptionFinding::line)
                .containsExactlyInAnyOrder(
                        tuple(53, "OFFER", "server", 0),
                        tuple(54, "10.0.0.1", "the server's address on eth0", 0),
                        tuple(51, "7200", "subnet 10.0.0.0/24", 14),
                        tuple(58, "3600", "half of the lease time", 0),
                        tuple(59, "6300", "seven eighths of the lease time", 0),
                        tuple(1, "255.255.255.0", "subnet 10.0.0.0/24", 12),
                        tuple(28, "10.0.0.255", "subnet 10.0.0.0/24", 12),
                        tuple(15, "default.example", "defaults", 4),
                        tuple(42, "10.9.9.9", "defaults", 5),
                        tuple(3, "10.0.0.254", "subnet 10.0.0.0/24", 13),
                        tuple(224, "c0ffee", "subnet 10.0.0.0/24", 18),
                        tuple(6, "10.0.0.53", "pool 10.0.0.100-10.0.0.102", 27));
    }

    @Test
    void aClassAndItsPoolBeatTheSubnet() {
        Explanation told = lab.explain(discover(1).option(60, text("Phone-3")));
        assertThat(told.classes()).singleElement().satisfies(phones -> {
            assertThat(phones.name()).isEqualTo("phones");
            assertThat(phones.line()).isEqualTo(6);
            assertThat(phones.member()).isTrue();
            assertThat(phones.patterns()).singleElement().satisfies(pattern -> {
                assertThat(pattern.key()).isEqualTo("match_vendor_class");
                assertThat(pattern.pattern()).isEqualTo("Phone*");
                assertThat(pattern.said()).isEqualTo("Phone-3");
            });
        });
        assertThat(source(told, 51)).isEqualTo("pool 10.0.0.50-10.0.0.51 23");
        assertThat(source(told, 66)).isEqualTo("class phones 9");
        assertThat(source(told, 15)).isEqualTo("class phones 10");
        assertThat(reply(told).fields())
                .extracting(ReplyFinding.FieldFinding::name, ReplyFinding.FieldFinding::line)
                .contains(tuple("sname", 9));
    }

    @Test
    void poolsAreToldInTheOrderInWhichTheyAreTriedWithWhatBecameOfThem() {
        assertThat(verdicts(lab.explain(discover(1))))
                .containsExactly(
                        "19 10.0.0.50-10.0.0.51: not for this client", "24 10.0.0.100-10.0.0.102: gives 10.0.0.100");
        lab.lease(2, "10.0.0.50", LeaseState.ACTIVE, NOW + 100).lease(3, "10.0.0.51", LeaseState.ACTIVE, NOW + 100);
        assertThat(verdicts(lab.explain(discover(1).option(60, text("Phone-3")))))
                .containsExactly("19 10.0.0.50-10.0.0.51: exhausted", "24 10.0.0.100-10.0.0.102: gives 10.0.0.100");
    }

    @Test
    void theRuleThatFindsTheLinkIsNamed() {
        Ipv4 relay = Ipv4.parse("10.1.0.5");
        assertThat(lab.explain(discover(1)).link())
                .satisfies(link -> assertThat(link.rule()).isEqualTo("an address of the interface"))
                .satisfies(link -> assertThat(link.line()).isEqualTo(11));
        assertThat(lab.explain(discover(1).giaddr(relay)).link())
                .satisfies(link -> assertThat(link.rule()).contains("giaddr"))
                .satisfies(link -> assertThat(link.subnet()).isEqualTo("10.1.0.0/24"))
                .satisfies(link -> assertThat(link.line()).isEqualTo(32));
        byte[] selection = {5, 4, 10, 0, 0, 0};
        assertThat(lab.explain(discover(1).giaddr(relay).option(82, selection)).link())
                .satisfies(link -> assertThat(link.rule()).contains("sub-option 5"))
                .satisfies(link -> assertThat(link.by()).isEqualTo("10.0.0.0"));
        assertThat(lab.explain(discover(1).giaddr(relay).option(118, Ipv4.parse("10.0.0.0")))
                        .link())
                .satisfies(link -> assertThat(link.rule()).isEqualTo("option 118"));
        assertThat(lab.explain(request(1).ciaddr(Ipv4.parse("10.1.0.10"))).link())
                .satisfies(link -> assertThat(link.rule()).contains("ciaddr"));
    }

    @Test
    void aClientOnNoSubnetIsToldWhichAddressWasLookedAt() {
        Explanation told = lab.explain(discover(1).giaddr(Ipv4.parse("172.16.0.1")));
        assertThat(told.outcome().ending()).isEqualTo(Ending.SILENT);
        assertThat(told.outcome().reason()).isEqualTo("no_subnet");
        assertThat(told.outcome().text()).contains("giaddr", "172.16.0.1", "no configured subnet");
        assertThat(told.reply()).isNull();
    }

    @Test
    void theGroundOfAnOfferIsTheRuleThatChoseTheAddress() {
        assertThat(ground(lab.explain(discover(7)))).isEqualTo("10.0.0.7 RESERVED");
        assertThat(ground(lab.explain(discover(1)))).isEqualTo("10.0.0.100 NEVER_USED");
        assertThat(ground(lab.explain(discover(1).option(50, Ipv4.parse("10.0.0.102")))))
                .isEqualTo("10.0.0.102 ASKED_FOR");
        lab.lease(1, "10.0.0.101", LeaseState.ACTIVE, NOW + 50);
        assertThat(ground(lab.explain(discover(1)))).isEqualTo("10.0.0.101 OWN_LEASE");
        lab.lease(2, "10.0.0.102", LeaseState.RELEASED, NOW - 20);
        assertThat(ground(lab.explain(discover(2)))).isEqualTo("10.0.0.102 FORMER_LEASE");
        lab.lease(3, "10.0.0.100", LeaseState.RELEASED, NOW - 30);
        assertThat(ground(lab.explain(discover(4)))).isEqualTo("10.0.0.100 LONGEST_ENDED");
        lab.offer(5, "10.0.0.100");
        assertThat(ground(lab.explain(discover(5)))).isEqualTo("10.0.0.100 OFFERED_BEFORE");
        assertThat(ground(lab.explain(discover(4)))).isEqualTo("10.0.0.102 LONGEST_ENDED");
    }

    @Test
    void whatStandsInTheWayOfAnAddressIsSaid() {
        lab.lease(1, "10.0.0.100", LeaseState.ACTIVE, NOW + 50)
                .withheld("10.0.0.101")
                .offer(2, "10.0.0.102");
        Explanation full = lab.explain(discover(3).option(50, Ipv4.parse("10.0.0.101")));
        assertThat(full.outcome().reason()).isEqualTo("no_free_address");
        assertThat(full.pools()).last().satisfies(pool -> {
            assertThat(pool.verdict()).isEqualTo("exhausted");
            assertThat(pool.size()).isEqualTo(3);
        });
        assertThat(full.addresses()).singleElement().satisfies(asked -> {
            assertThat(asked.roles()).containsExactly("asked for (option 50)");
            assertThat(asked.facts())
                    .contains("in the pool 10.0.0.100-10.0.0.102 (line 24)")
                    .anyMatch(fact -> fact.startsWith("withheld until "));
        });
        assertThat(facts(lab.explain(discover(3).option(50, Ipv4.parse("10.0.0.102")))))
                .contains("held for hardware address 02:00:00:00:00:02 until");
        assertThat(facts(lab.explain(discover(3).option(50, Ipv4.parse("10.0.0.7")))))
                .contains("reserved for somebody else (line 28)");
        assertThat(facts(lab.explain(discover(3).option(50, Ipv4.parse("10.0.0.254")))))
                .contains("a router's");
    }

    @Test
    void whoExcludedAnAddressAndWhyIsSaid() {
        lab.excluded("10.0.0.101", "a printer lives here");
        assertThat(facts(lab.explain(discover(3).option(50, Ipv4.parse("10.0.0.101")))))
                .contains("excluded by root since ")
                .contains(": a printer lives here");
        assertThat(selecting(3, "10.0.0.101")).isEqualTo("address_unusable 10.0.0.101 WITHHELD");
    }

    @Test
    void theGroundOfANakIsToldApartBeyondItsReason() {
        lab.lease(1, "10.0.0.100", LeaseState.ACTIVE, NOW + 50)
                .withheld("10.0.0.101")
                .offer(2, "10.0.0.102");
        assertThat(selecting(3, "10.0.0.100")).isEqualTo("not_your_address 10.0.0.100 LEASED_TO_ANOTHER");
        assertThat(selecting(3, "10.0.0.101")).isEqualTo("address_unusable 10.0.0.101 WITHHELD");
        assertThat(selecting(3, "10.0.0.102")).isEqualTo("not_your_address 10.0.0.102 OFFERED_TO_ANOTHER");
        assertThat(selecting(3, "10.0.0.50")).isEqualTo("not_your_address 10.0.0.50 NOT_FOR_THIS_CLIENT");
        assertThat(selecting(7, "10.0.0.102")).isEqualTo("not_your_address 10.0.0.102 RESERVED_ELSEWHERE");
        assertThat(selecting(3, "10.0.0.254")).isEqualTo("address_unusable 10.0.0.254 NOT_FOR_CLIENTS");
        assertThat(selecting(3, "10.0.0.200")).isEqualTo("not_ours 10.0.0.200 OUTSIDE_POOLS");
        assertThat(selecting(3, "172.16.0.1")).isEqualTo("wrong_network 172.16.0.1 OFF_LINK");
    }

    @Test
    void aGrantSaysWhetherItRestsOnAnOfferARecordOrNothing() {
        lab.offer(2, "10.0.0.102").lease(1, "10.0.0.100", LeaseState.ACTIVE, NOW + 50);
        assertThat(selecting(2, "10.0.0.102")).isEqualTo("null 10.0.0.102 OFFERED");
        assertThat(selecting(1, "10.0.0.100")).isEqualTo("null 10.0.0.100 HELD");
        assertThat(selecting(7, "10.0.0.7")).isEqualTo("null 10.0.0.7 RESERVED");
        assertThat(selecting(3, "10.0.0.101")).isEqualTo("null 10.0.0.101 CHOSEN_WITHOUT_RECORD");
        Explanation reboot = lab.explain(request(3).option(50, Ipv4.parse("10.0.0.101")));
        assertThat(reboot.outcome().reason()).isEqualTo("no_record");
        assertThat(ground(reboot)).isEqualTo("10.0.0.101 WITHOUT_RECORD");
    }

    @Test
    void whatOneMessageChangesTheNextOneFinds() {
        Explainer explainer = lab.explainer();
        Explanation offer = Lab.explain(explainer, discover(1), 0);
        assertThat(offer.outcome().written()).isFalse();
        assertThat(reply(Lab.explain(explainer, discover(2), 0)).yiaddr()).isEqualTo("10.0.0.101");

        ClientMessage request = request(1).option(50, Ipv4.parse("10.0.0.100")).option(54, Lab.SERVER);
        Explanation ack = Lab.explain(explainer, request, 1);
        assertThat(reply(ack).type()).isEqualTo("ACK");
        assertThat(ground(ack)).endsWith("OFFERED");
        assertThat(ack.outcome().written())
                .as("the lease is made durable first")
                .isTrue();

        Explanation again = Lab.explain(explainer, request, 2);
        assertThat(ground(again)).endsWith("ANSWERED_BEFORE");
        assertThat(again.outcome().written()).isFalse();
        assertThat(source(again, 51)).startsWith("what is left of the lease");

        Explanation renewal = Lab.explain(explainer, request(1).xid(9).ciaddr(Ipv4.parse("10.0.0.100")), 3600);
        assertThat(ground(renewal)).endsWith("HELD");
        assertThat(reply(renewal).way()).isEqualTo("by unicast");

        Explanation late = Lab.explain(explainer, discover(1), 90_000);
        assertThat(ground(late)).as("time passes between messages").isEqualTo("10.0.0.100 FORMER_LEASE");
    }

    @Test
    void nothingIsChangedInWhatTheExplanationStartsFrom() {
        lab.lease(1, "10.0.0.100", LeaseState.ACTIVE, NOW + 50);
        Explainer first = lab.explainer();
        Lab.explain(first, ClientMessage.of(MessageType.RELEASE, 1, Lab.mac(1)).ciaddr(Ipv4.parse("10.0.0.100")), 0);
        assertThat(ground(Lab.explain(first, discover(1), 0))).endsWith("FORMER_LEASE");
        assertThat(ground(lab.explain(discover(1)))).endsWith("OWN_LEASE");
    }

    @Test
    void shorterTimesAreTheClientsWish() {
        Explanation told = lab.explain(discover(1).option(51, (byte) 0, (byte) 0, (byte) 0x0e, (byte) 0x10));
        assertThat(source(told, 51)).startsWith("the client asks for a shorter time");
    }

    @Test
    void whatIsConfiguredAndNotSentIsListedWithItsReasonAndLine() {
        ReplyFinding reply = reply(lab.explain(discover(1).ask(3, 15)));
        assertThat(reply.options())
                .extracting(OptionFinding::code)
                .contains(3, 15)
                .doesNotContain(42);
        assertThat(reply.leftOut())
                .filteredOn(left -> left.code() == 42)
                .singleElement()
                .satisfies(left -> assertThat(left.from()).isEqualTo("the client does not ask for it"))
                .satisfies(left -> assertThat(left.line()).isEqualTo(5));
    }

    @Test
    void echoesAndTheWayOfTheReplyAreTold() {
        ClientMessage relayed = discover(1)
                .giaddr(Ipv4.parse("10.0.0.2"))
                .option(82, (byte) 1, (byte) 2, (byte) 0, (byte) 7)
                .option(61, (byte) 1, (byte) 2);
        Explanation told = lab.explain(relayed);
        assertThat(source(told, 82)).startsWith("as the client or its relay agent sent it");
        assertThat(source(told, 61)).startsWith("as the client");
        assertThat(reply(told).to()).isEqualTo("10.0.0.2:67");
        assertThat(reply(told).way()).isEqualTo("to the relay agent");
        assertThat(told.link()).satisfies(link -> assertThat(link.identity()).isEqualTo("client identifier 0x0102"));

        assertThat(reply(lab.explain(discover(1))).way()).isEqualTo("in a frame to 02:00:00:00:00:01, without ARP");
        assertThat(reply(lab.explain(discover(1).broadcast(true))).to()).isEqualTo("255.255.255.255:68");
    }

    @Test
    void aMessageThatCannotBeBelievedIsToldWithItsOffset() {
        byte[] sound = discover(1).toBytes();
        byte[] truncated = Arrays.copyOf(sound, 245);
        truncated[243] = 12;
        truncated[244] = 9;
        assertThat(malformed(truncated)).contains("the option at offset 243 (code 12) reaches past its end");
        assertThat(malformed(Arrays.copyOf(sound, 100))).contains("100 bytes");
        sound[0] = 2;
        assertThat(malformed(sound)).contains("op at offset 0 is 2");
    }

    @Test
    void aBootpClientIsToldWhyThePoolIsNotForIt() {
        Explanation told = lab.explain(ClientMessage.of(MessageType.BOOTP, 1, Lab.mac(1)));
        assertThat(told.outcome().reason()).isEqualTo("no_bootp_binding");
        assertThat(verdicts(told)).contains("24 10.0.0.100-10.0.0.102: not for BOOTP clients");
        Explanation reserved = lab.explain(ClientMessage.of(MessageType.BOOTP, 1, Lab.mac(7)));
        assertThat(reply(reserved).yiaddr()).isEqualTo("10.0.0.7");
        assertThat(reserved.reservation()).isEqualTo(new Explanation.ReservationFinding("10.0.0.7", 28));
    }

    @Test
    void theHostnameOfAReservationHasItsLine() {
        assertThat(source(lab.explain(discover(7)), 12)).isEqualTo("reservation 31");
    }

    @Test
    void anInformIsToldByItsOwnAddress() {
        Explanation told =
                lab.explain(ClientMessage.of(MessageType.INFORM, 1, Lab.mac(1)).ciaddr(Ipv4.parse("10.0.0.9")));
        assertThat(reply(told).type()).isEqualTo("ACK");
        assertThat(reply(told).options())
                .extracting(OptionFinding::code)
                .contains(3)
                .doesNotContain(51, 58, 59);
        assertThat(source(told, 3)).isEqualTo("subnet 10.0.0.0/24 13");
    }

    /** Every set of places where a lease time can stand; the line that is named says the time that is granted. */
    @ParameterizedTest
    @MethodSource("placesOfALeaseTime")
    void theLineOfTheLeaseTimeIsThatOfTheInnermostSection(List<String> places) {
        String config = leaseTimes(places);
        ReplyFinding reply = reply(new Lab(config).explain(discover(7).option(60, text("Phone"))));
        OptionFinding time = reply.options().stream()
                .filter(option -> option.code() == 51)
                .findFirst()
                .orElseThrow();
        if (places.isEmpty()) {
            assertThat(time.line()).isZero();
            assertThat(time.value()).isEqualTo("43200");
        } else {
            String line = config.lines().toList().get(time.line() - 1);
            assertThat(line).isEqualTo("lease_time = \"" + time.value() + "s\"");
        }
    }

    static Stream<List<String>> placesOfALeaseTime() {
        List<String> places =
                List.of("[defaults]", "[[subnet]]", "[[class]]", "[[subnet.pool]]", "[[subnet.reservation]]");
        return IntStream.range(0, 1 << places.size()).mapToObj(set -> places.stream()
                .filter(place -> (set >> places.indexOf(place) & 1) == 1)
                .toList());
    }

    private static String leaseTimes(List<String> places) {
        String config = """
                [server]
                interface = "eth0"
                [defaults]
                [[class]]
                name = "phones"
                match_vendor_class = "Phone*"
                domain_name = "phones.example"
                [[subnet]]
                network = "10.0.0.0/24"
                [[subnet.pool]]
                range_start = "10.0.0.1"
                range_end = "10.0.0.20"
                [[subnet.reservation]]
                mac = "02:00:00:00:00:07"
                ip = "10.0.0.7"
                """;
        for (String place : places) {
            String time = "lease_time = \"" + (1000 + places.indexOf(place)) + "s\"\n";
            config = config.replace(place + "\n", place + "\n" + time);
        }
        return config;
    }

    @Test
    void timesWithoutEndAreSaid() {
        lab.lease(1, "10.0.0.100", LeaseState.ACTIVE, LeaseTimes.FOREVER);
        assertThat(facts(lab.explain(discover(1)))).contains("leased to this client for ever");
    }

    private String selecting(int client, String address) {
        Explanation told =
                lab.explain(request(client).option(50, Ipv4.parse(address)).option(54, Lab.SERVER));
        return told.outcome().reason() + " " + ground(told);
    }

    private String malformed(byte[] datagram) {
        Explanation told = lab.explainer().explain(new Arrival(datagram, Ipv4.ANY, 68, "eth0", 0));
        assertThat(told.outcome().ending()).isEqualTo(Ending.SILENT);
        return told.outcome().text();
    }

    private static ReplyFinding reply(Explanation told) {
        return Objects.requireNonNull(told.reply(), () -> told.toString());
    }

    private static String ground(Explanation told) {
        return told.decision() == null
                ? "none"
                : told.decision().address() + " " + told.decision().ground();
    }

    private static String source(Explanation told, int code) {
        return reply(told).options().stream()
                .filter(option -> option.code() == code)
                .map(option -> option.from() + " " + option.line())
                .findFirst()
                .orElse("not sent");
    }

    private static String facts(Explanation told) {
        return told.addresses().stream()
                .flatMap(address -> address.facts().stream())
                .reduce("", (all, fact) -> all + fact + "\n");
    }

    private static List<String> verdicts(Explanation told) {
        return told.pools().stream()
                .map((PoolFinding pool) -> pool.line() + " " + pool.range() + ": " + pool.verdict())
                .toList();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
