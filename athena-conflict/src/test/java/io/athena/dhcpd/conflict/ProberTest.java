package io.athena.dhcpd.conflict;

import static io.athena.dhcpd.conflict.ProbeRig.ETH0;
import static io.athena.dhcpd.conflict.ProbeRig.ETH1;
import static io.athena.dhcpd.conflict.ProbeRig.MAC0;
import static io.athena.dhcpd.conflict.ProbeRig.SQUATTER;
import static io.athena.dhcpd.conflict.ProbeRig.arpFrom;
import static io.athena.dhcpd.conflict.ProbeRig.config;
import static io.athena.dhcpd.conflict.ProbeRig.echoReply;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.conflict.ConflictConfig.LogLevel;
import io.athena.dhcpd.core.engine.ProbeResult;
import io.athena.dhcpd.core.engine.ProbeResult.Method;
import io.athena.dhcpd.core.engine.ProbeResult.Outcome;
import io.athena.dhcpd.core.link.FakeProbeSocket;
import io.athena.dhcpd.core.link.InterfaceState;
import io.athena.dhcpd.core.link.NamedInterface;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One probe and what becomes of it. */
class ProberTest {

    private static final String LOCAL = "10.0.0.42";
    private static final String REMOTE = "192.0.2.42";

    private final ProbeRig rig = new ProbeRig();

    @Test
    void anAttachedAddressIsAskedForByArpInTheNameOfTheServer() {
        assertThat(rig.probe(LOCAL)).isTrue();

        assertThat(rig.arp(ETH0).sent()).singleElement().satisfies(sent -> assertThat(
                        HexFormat.of().formatHex(sent.bytes()))
                .isEqualTo("ffffffffffff" + "020000000010" + "0806"
                        + "0001" + "0800" + "06" + "04" + "0001"
                        + "020000000010" + "0a000001" + "000000000000" + "0a00002a"));
        assertThat(rig.sockets.opened()).hasSize(1);
    }

    @Test
    void anAddressElsewhereIsAskedForByEcho() {
        assertThat(rig.probe(REMOTE)).isTrue();
        assertThat(rig.probe("192.0.2.43")).isTrue();

        List<FakeProbeSocket.Sent> sent = rig.sockets.echo().sent();
        assertThat(sent)
                .extracting(FakeProbeSocket.Sent::to)
                .containsExactly(Ipv4.parse(REMOTE), Ipv4.parse("192.0.2.43"));
        assertThat(HexFormat.of().formatHex(sent.get(0).bytes(), 4, 8)).isEqualTo("43210001");
        assertThat(HexFormat.of().formatHex(sent.get(1).bytes(), 4, 8)).isEqualTo("43210002");
        assertThat(HexFormat.of().formatHex(sent.get(0).bytes(), 8, 16))
                .as("tokens differ")
                .isNotEqualTo(HexFormat.of().formatHex(sent.get(1).bytes(), 8, 16));
    }

    @Test
    void anAddressElsewhereIsNotAskedForWhereEchoIsNotWanted() {
        rig.prober.reconfigure(config(true, 500, false, false, LogLevel.DEBUG));

        assertThat(rig.probe(REMOTE)).isFalse();
        assertThat(rig.probe(LOCAL)).isTrue();
    }

    /** The thread is at work before the server has looked at its interfaces. */
    @Test
    void whatWasNotAttachedAtStartIsAskedByArpAsSoonAsItIs() {
        List<NamedInterface> later = List.copyOf(rig.interfaces);
        rig.interfaces.clear();
        rig.prober.turn();
        rig.interfaces.addAll(later);
        rig.probe(LOCAL);

        assertThat(rig.arp(ETH0).sent()).hasSize(1);
    }

    @Test
    void theNarrowestNetworkIsAsked() {
        rig.interfaces.add(
                ProbeRig.ethernet("eth2", 4, MacAddress.parse("02:00:00:00:00:12"), "10.1.7.1", "10.1.7.0/24"));

        rig.probe("10.1.7.9");
        rig.probe("10.1.8.9");

        assertThat(rig.arp(4).sent()).hasSize(1);
        assertThat(rig.arp(ETH1).sent()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "down, false, false, 02:00:00:00:00:13",
        "loopback, true, true, 02:00:00:00:00:13",
        "without a hardware address, true, false, ",
    })
    void anInterfaceThatCannotBeAskedIsNot(String what, boolean up, boolean loopback, String mac) {
        rig.interfaces.clear();
        InterfaceState asIs =
                ProbeRig.ethernet("eth0", ETH0, MAC0, "10.0.0.1", "10.0.0.0/24").state();
        rig.interfaces.add(new NamedInterface(
                "eth0",
                new InterfaceState(
                        ETH0, mac == null ? null : MacAddress.parse(mac), asIs.addresses(), 1500, up, loopback)));

        rig.probe(LOCAL);

        assertThat(rig.sockets.echo().sent()).as(what).hasSize(1);
    }

    @Test
    void silenceUntilTheDeadlineIsClearAndNotBefore() {
        rig.probe(LOCAL);
        rig.pass(499);
        assertThat(rig.heard).isEmpty();
        rig.pass(1);

        assertThat(rig.heard)
                .containsExactly(new ProbeResult(Ipv4.parse(LOCAL), Method.ARP, Outcome.CLEAR, null, 500_000_000));
        rig.pass(10_000);
        assertThat(rig.heard).hasSize(1);
    }

    @Test
    void aReplyEndsTheProbeAtOnceAndNamesTheResponder() {
        rig.probe(LOCAL);
        rig.arp(ETH0).arrive(arpFrom(SQUATTER, LOCAL));
        rig.pass(3);

        assertThat(rig.heard)
                .containsExactly(new ProbeResult(Ipv4.parse(LOCAL), Method.ARP, Outcome.CONFLICT, SQUATTER, 3_000_000));
        rig.arp(ETH0).arrive(arpFrom(SQUATTER, LOCAL));
        rig.pass(10_000);
        assertThat(rig.heard).hasSize(1);
        assertThat(rig.late).isEmpty();
    }

    /** RFC 5227 section 2.1.1. */
    @Test
    void aRequestInTheNameOfTheAddressShowsThatSomebodyHasIt() {
        rig.probe(LOCAL);
        byte[] request = arpFrom(SQUATTER, LOCAL);
        request[21] = 1;
        rig.arp(ETH0).arrive(request);
        rig.pass(1);

        assertThat(rig.outcomes()).containsExactly(Outcome.CONFLICT);
    }

    @Test
    void anEchoReplyEndsTheProbeWithoutAMac() {
        rig.probe(REMOTE);
        rig.sockets.echo().arrive(echoReply(rig.sockets.echo().sent().get(0)));
        rig.pass(40);

        assertThat(rig.heard)
                .containsExactly(new ProbeResult(Ipv4.parse(REMOTE), Method.ICMP, Outcome.CONFLICT, null, 40_000_000));
    }

    @Test
    void aReplyAboutAnotherAddressIsNoAnswer() {
        rig.probe(LOCAL);
        rig.arp(ETH0).arrive(arpFrom(SQUATTER, "10.0.0.43"));
        rig.arp(ETH0).arrive(arpFrom(SQUATTER, "0.0.0.0"));
        rig.pass(500);

        assertThat(rig.outcomes()).containsExactly(Outcome.CLEAR);
        assertThat(rig.late).isEmpty();
    }

    @Test
    void aReplyOnAnotherInterfaceIsNoAnswer() {
        rig.probe(LOCAL);
        rig.probe("10.1.0.42");
        rig.arp(ETH1).arrive(arpFrom(SQUATTER, LOCAL));
        rig.pass(500);

        assertThat(rig.outcomes()).containsExactly(Outcome.CLEAR, Outcome.CLEAR);
    }

    @Test
    void whatTheServerSendsItselfIsNoAnswer() {
        rig.probe(LOCAL);
        rig.arp(ETH0).arrive(arpFrom(MAC0, LOCAL));
        byte[] reflectedAnnouncement = arpFrom(SQUATTER, LOCAL);
        System.arraycopy(MAC0.toBytes(), 0, reflectedAnnouncement, 6, 6);
        rig.arp(ETH0).arrive(reflectedAnnouncement);
        rig.pass(500);

        assertThat(rig.outcomes()).containsExactly(Outcome.CLEAR);
    }

    @Test
    void aMacThatTheInterfaceWasGivenSinceIsItsOwnToo() {
        rig.probe(LOCAL);
        MacAddress changed = MacAddress.parse("02:00:00:00:00:77");
        rig.interfaces.set(0, ProbeRig.ethernet("eth0", ETH0, changed, "10.0.0.1", "10.0.0.0/24"));
        rig.pass(500);

        rig.probe("10.0.0.43");
        rig.arp(ETH0).arrive(arpFrom(changed, "10.0.0.43"));
        rig.pass(500);

        assertThat(rig.outcomes()).containsExactly(Outcome.CLEAR, Outcome.CLEAR);
        assertThat(HexFormat.of().formatHex(rig.arp(ETH0).sent().get(1).bytes(), 6, 12))
                .isEqualTo("020000000077");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "another source, 15",
        "another identifier, 25",
        "another sequence, 27",
        "another token, 28",
        "another end of the token, 35"
    })
    void anEchoReplyThatIsNotQuiteTheAnswerIsNone(String what, int at) {
        rig.probe(REMOTE);
        byte[] reply = echoReply(rig.sockets.echo().sent().get(0));
        reply[at] ^= 1;
        rig.sockets.echo().arrive(reply);
        rig.pass(500);

        assertThat(rig.outcomes()).as(what).containsExactly(Outcome.CLEAR);
        assertThat(rig.late).isEmpty();
    }

    @Test
    void nonsenseIsNoAnswer() {
        rig.probe(LOCAL);
        rig.probe(REMOTE);
        Random random = new Random(6);
        for (int i = 0; i < 2_000; i++) {
            byte[] nonsense = new byte[random.nextInt(130)];
            random.nextBytes(nonsense);
            rig.arp(ETH0).arrive(nonsense);
            rig.sockets.echo().arrive(nonsense);
        }
        rig.pass(500);

        assertThat(rig.outcomes()).containsExactly(Outcome.CLEAR, Outcome.CLEAR);
    }

    @Test
    void twoProbesOfOneAddressAreBothAnswered() {
        rig.probe(LOCAL);
        rig.probe(LOCAL);
        rig.arp(ETH0).arrive(arpFrom(SQUATTER, LOCAL));
        rig.pass(1);
        assertThat(rig.outcomes()).containsExactly(Outcome.CONFLICT, Outcome.CONFLICT);

        rig.probe("10.0.0.43");
        rig.pass(100);
        rig.probe("10.0.0.43");
        rig.pass(400);
        assertThat(rig.outcomes()).endsWith(Outcome.CONFLICT, Outcome.CLEAR).hasSize(3);
        rig.pass(100);
        assertThat(rig.outcomes()).endsWith(Outcome.CLEAR, Outcome.CLEAR).hasSize(4);
    }

    @Test
    void fiveThousandProbesInFlightNeverTakeEachOthersAnswers() {
        List<String> addresses = IntStream.range(0, 5_000)
                .mapToObj(i -> (i % 2 == 0 ? "10.1." : "198.51.") + i / 250 + "." + (i % 250 + 2))
                .toList();
        addresses.forEach(ip -> rig.prober.start(Ipv4.parse(ip), rig.heard::add));
        for (int i = 0; i < 20; i++) {
            rig.prober.turn();
        }
        assertThat(rig.arp(ETH1).sent().size() + rig.sockets.echo().sent().size())
                .isEqualTo(5_000);
        List<byte[]> arp = new ArrayList<>();
        List<Ipv4> squatted = new ArrayList<>();
        for (String ip : addresses) {
            if (ip.startsWith("10.1.") && ip.endsWith("7")) {
                arp.add(arpFrom(SQUATTER, ip));
                squatted.add(Ipv4.parse(ip));
            }
        }
        List<byte[]> echo = new ArrayList<>();
        for (FakeProbeSocket.Sent sent : rig.sockets.echo().sent()) {
            if (sent.to() != null && sent.to().bits() % 3 == 0) {
                echo.add(echoReply(sent));
                squatted.add(sent.to());
            }
        }
        Random random = new Random(42);
        Collections.shuffle(arp, random);
        Collections.shuffle(echo, random);
        arp.forEach(frame -> rig.arp(ETH1).arrive(frame));
        echo.forEach(packet -> rig.sockets.echo().arrive(packet));
        rig.pass(100);
        assertThat(rig.heard)
                .allMatch(result -> result.outcome() == Outcome.CONFLICT)
                .extracting(ProbeResult::address)
                .containsExactlyInAnyOrderElementsOf(squatted);
        rig.pass(400);

        assertThat(rig.heard).hasSize(5_000);
        assertThat(rig.heard.stream().filter(result -> result.outcome() == Outcome.CLEAR))
                .hasSize(5_000 - squatted.size());
        assertThat(rig.heard).extracting(ProbeResult::address).doesNotHaveDuplicates();
    }

    @Test
    void aListenerMayStartTheNextProbe() {
        rig.prober.start(Ipv4.parse(LOCAL), first -> rig.prober.start(Ipv4.parse("10.0.0.43"), rig.heard::add));
        rig.prober.turn();
        rig.pass(500);
        rig.pass(0);
        rig.pass(500);

        assertThat(rig.heard).extracting(ProbeResult::address).containsExactly(Ipv4.parse("10.0.0.43"));
    }

    @Test
    void aListenerThatFailsHarmsNobodyElse() {
        rig.prober.start(Ipv4.parse(LOCAL), result -> {
            throw new IllegalStateException("a listener that fails");
        });
        rig.probe("10.0.0.43");
        rig.pass(500);

        assertThat(rig.outcomes()).containsExactly(Outcome.CLEAR);
    }

    @Test
    void anotherTimeoutHoldsForTheNextProbe() {
        rig.probe(LOCAL);
        rig.prober.reconfigure(config(true, 100, false, true, LogLevel.DEBUG));
        rig.probe("10.0.0.43");
        rig.pass(100);
        assertThat(rig.heard).extracting(ProbeResult::address).containsExactly(Ipv4.parse("10.0.0.43"));
        rig.pass(400);

        assertThat(rig.heard).hasSize(2);
    }

    @Test
    void switchedOffNothingIsProbedAndTheSocketsAreGivenBack() {
        rig.probe(LOCAL);
        rig.prober.reconfigure(config(false, 500, false, true, LogLevel.DEBUG));
        assertThat(rig.probe("10.0.0.43")).isFalse();
        rig.pass(1_000);
        assertThat(rig.heard).hasSize(1);
        assertThat(rig.sockets.opened()).allMatch(FakeProbeSocket::isClosed);

        rig.prober.reconfigure(config(true, 500, false, true, LogLevel.DEBUG));
        assertThat(rig.probe("10.0.0.43")).isTrue();
        assertThat(rig.sockets.opened()).hasSize(2);
    }

    @Test
    void theSleepEndsWithTheFirstDeadline() {
        List<Long> sleeps = new ArrayList<>();
        rig.probe(LOCAL);
        rig.pass(200);
        rig.sockets.onAwait(sleeps::add);
        rig.prober.turn();
        assertThat(sleeps).containsExactly(300_000_000L);

        rig.prober.start(Ipv4.parse("10.0.0.43"), rig.heard::add);
        rig.prober.turn();
        assertThat(sleeps).as("an order that waits").endsWith(0L);
    }

    @Test
    void whoeverSleepsIsWokenOnce() {
        rig.sockets.onAwait(nanos -> {
            rig.prober.start(Ipv4.parse(LOCAL), rig.heard::add);
            rig.prober.start(Ipv4.parse("10.0.0.43"), rig.heard::add);
        });
        rig.prober.turn();
        assertThat(rig.sockets.wakes()).isEqualTo(1);

        rig.sockets.onAwait(nanos -> {});
        rig.prober.start(Ipv4.parse("10.0.0.44"), rig.heard::add);
        assertThat(rig.sockets.wakes()).as("nobody sleeps").isEqualTo(1);
    }
}
