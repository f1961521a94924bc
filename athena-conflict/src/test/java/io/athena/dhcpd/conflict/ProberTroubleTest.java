package io.athena.dhcpd.conflict;

import static io.athena.dhcpd.conflict.ProbeRig.ETH0;
import static io.athena.dhcpd.conflict.ProbeRig.MAC0;
import static io.athena.dhcpd.conflict.ProbeRig.SQUATTER;
import static io.athena.dhcpd.conflict.ProbeRig.arpFrom;
import static io.athena.dhcpd.conflict.ProbeRig.config;
import static io.athena.dhcpd.conflict.ProbeRig.echoReply;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.athena.dhcpd.conflict.ConflictConfig.LogLevel;
import io.athena.dhcpd.core.engine.ProbeResult;
import io.athena.dhcpd.core.engine.ProbeResult.Method;
import io.athena.dhcpd.core.engine.ProbeResult.Outcome;
import io.athena.dhcpd.core.link.FakeProbeSocket;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Probes when the network, the kernel or the machine is not at its best. */
class ProberTroubleTest {

    private static final String LOCAL = "10.0.0.42";
    private static final String REMOTE = "192.0.2.42";
    private static final int EPERM = 1;
    private static final int ENODEV = 19;
    private static final int ENETDOWN = 100;
    private static final int ENETUNREACH = 101;
    private static final int ENOBUFS = 105;

    private final ProbeRig rig = new ProbeRig();

    @Test
    void silenceWhileTheKernelDroppedFramesIsATimeout() {
        rig.probe(LOCAL);
        rig.probe("10.1.0.42");
        rig.probe(REMOTE);
        rig.arp(ETH0).lose(1);
        rig.pass(500);

        assertThat(rig.outcomes()).as("on that socket").containsExactly(Outcome.TIMEOUT, Outcome.CLEAR, Outcome.CLEAR);
        rig.probe("10.0.0.43");
        rig.pass(500);
        assertThat(rig.outcomes()).as("sent after it").endsWith(Outcome.CLEAR);
        rig.probe(REMOTE);
        rig.sockets.echo().lose(7);
        rig.pass(500);
        assertThat(rig.outcomes()).endsWith(Outcome.TIMEOUT);
    }

    @Test
    void whatWasDroppedWhileNobodyWaitedIsNoLoss() {
        rig.probe(LOCAL);
        rig.pass(500);
        rig.arp(ETH0).lose(100);
        rig.pass(10);
        rig.probe("10.0.0.43");
        rig.pass(500);

        assertThat(rig.outcomes()).containsExactly(Outcome.CLEAR, Outcome.CLEAR);
    }

    @Test
    void anAnswerThatWaitsWhenThePausedProcessGoesOnCounts() {
        rig.probe(LOCAL);
        rig.probe(REMOTE);
        // While nobody looks at the sockets, so that they are found at the deadline and not before.
        rig.sockets.onAwait(nanos -> {
            rig.pause(60_000);
            rig.sockets.onAwait(again -> {});
        });
        rig.prober.turn();
        assertThat(rig.outcomes()).containsExactly(Outcome.CLEAR, Outcome.CLEAR);

        rig.probe("10.0.0.43");
        rig.probe("192.0.2.43");
        rig.pause(3_600_000);
        rig.arp(ETH0).arrive(arpFrom(SQUATTER, "10.0.0.43"));
        rig.sockets.echo().arrive(echoReply(rig.sockets.echo().sent().get(1)));
        rig.prober.turn();
        assertThat(rig.outcomes()).endsWith(Outcome.CONFLICT, Outcome.CONFLICT);
    }

    @Test
    void anAnswerThatArrivesAfterTheLastLookAndBeforeTheDeadlineCounts() {
        rig.probe(LOCAL);
        rig.prober.start(Ipv4.parse("10.0.0.43"), rig.heard::add);
        FakeProbeSocket eth0 = rig.arp(ETH0);
        // The wait is over and has seen nothing; then comes the answer, and a pause.
        eth0.onLook(() -> {
            eth0.arrive(arpFrom(SQUATTER, LOCAL));
            rig.pause(700);
        });
        rig.prober.turn();

        assertThat(rig.outcomes()).containsExactly(Outcome.CONFLICT);
    }

    @Test
    void whatCannotBeSentIsAnErrorAndTheNextProbeTriesAnotherSocket() {
        rig.probe(LOCAL);
        FakeProbeSocket first = rig.arp(ETH0);
        first.refuse(ENETDOWN);
        rig.probe("10.0.0.43");
        assertThat(rig.heard)
                .containsExactly(new ProbeResult(Ipv4.parse("10.0.0.43"), Method.ARP, Outcome.ERROR, null, 0));
        assertThat(first.isClosed()).isTrue();

        rig.probe("10.0.0.44");
        rig.pass(500);
        assertThat(rig.arp(ETH0)).isNotSameAs(first);
        assertThat(rig.outcomes())
                .as("whose socket is gone cannot have been answered")
                .containsExactly(Outcome.ERROR, Outcome.TIMEOUT, Outcome.CLEAR);
    }

    @Test
    void anAddressWithoutARouteIsAnErrorAndFullQueuesPass() {
        rig.probe(REMOTE);
        FakeProbeSocket echo = rig.sockets.echo();
        echo.refuse(ENOBUFS);
        rig.probe("192.0.2.43");
        assertThat(rig.outcomes()).containsExactly(Outcome.ERROR);
        assertThat(echo.isClosed()).isFalse();
        rig.pass(500);
        assertThat(rig.outcomes()).containsExactly(Outcome.ERROR, Outcome.CLEAR);

        echo.refuse(ENETUNREACH);
        rig.probe("192.0.2.44");
        assertThat(rig.outcomes()).endsWith(Outcome.ERROR);
        assertThat(rig.counted("icmp", Outcome.ERROR)).isEqualTo(2);
        echo.refuse(0);
        rig.probe(REMOTE);
        echo.refuse(ENETUNREACH);
        rig.probe("192.0.2.45");
        rig.pass(500);
        assertThat(rig.outcomes())
                .as("what has a route is not harmed by what has none")
                .endsWith(Outcome.ERROR, Outcome.CLEAR);
        assertThat(rig.sockets.echo()).isSameAs(echo);
    }

    @Test
    void aSocketThatCannotBeOpenedIsAnErrorUntilItCan() {
        rig.sockets.refuseOpening(ENODEV);
        assertThat(rig.probe(LOCAL)).isTrue();
        assertThat(rig.probe(REMOTE)).isTrue();
        assertThat(rig.outcomes()).containsExactly(Outcome.ERROR, Outcome.ERROR);

        rig.sockets.refuseOpening(0);
        rig.probe(LOCAL);
        rig.pass(500);
        assertThat(rig.outcomes()).endsWith(Outcome.CLEAR);
    }

    @Test
    void anInterfaceThatWentDownMeanwhileMayHaveMissedTheAnswer() {
        rig.probe(LOCAL);
        rig.arp(ETH0).befall(ENETDOWN);
        rig.pass(500);

        assertThat(rig.outcomes()).containsExactly(Outcome.TIMEOUT);
    }

    @Test
    void anInterfaceThatComesBackAsAnotherGetsAnotherSocket() {
        rig.probe(LOCAL);
        FakeProbeSocket first = rig.arp(ETH0);
        rig.pass(500);
        rig.interfaces.set(0, ProbeRig.ethernet("eth0", 9, MAC0, "10.0.0.1", "10.0.0.0/24"));
        rig.pass(1_000);
        assertThat(first.isClosed()).isTrue();

        rig.probe("10.0.0.43");
        assertThat(rig.arp(9).sent()).hasSize(1);
    }

    @Test
    void aSocketIsKeptWhileItsInterfaceIs() {
        for (int i = 2; i < 200; i++) {
            rig.probe("10.0.0." + i);
            rig.probe("192.0.2." + i);
            rig.pass(700);
        }

        assertThat(rig.sockets.opened()).hasSize(2).noneMatch(FakeProbeSocket::isClosed);
    }

    @Test
    void moreProbesThanCanBeUnderWayEndAtOnceAsTimeouts() {
        IntStream.range(0, OrderQueue.LIMIT).forEach(i -> rig.prober.start(new Ipv4(0x0a010100 + i), result -> {}));

        assertThat(rig.prober.start(Ipv4.parse(LOCAL), rig.heard::add)).isTrue();
        assertThat(rig.heard).containsExactly(new ProbeResult(Ipv4.parse(LOCAL), Method.ARP, Outcome.TIMEOUT, null, 0));
        for (int i = 0; i < 50; i++) {
            rig.prober.turn();
        }
        rig.pass(500);
        assertThat(rig.counted("arp", Outcome.CLEAR)).isEqualTo(OrderQueue.LIMIT);
        rig.probe(LOCAL);
        rig.pass(500);
        assertThat(rig.outcomes()).endsWith(Outcome.CLEAR);
    }

    @Test
    void anAnswerThatComesTooLateIsToldOnce() {
        rig.probe(LOCAL);
        rig.probe(REMOTE);
        rig.pass(500);
        rig.pass(2_000);
        rig.arp(ETH0).arrive(arpFrom(SQUATTER, LOCAL));
        rig.arp(ETH0).arrive(arpFrom(SQUATTER, LOCAL));
        rig.sockets.echo().arrive(echoReply(rig.sockets.echo().sent().get(0)));
        rig.pass(500);

        assertThat(rig.outcomes()).containsExactly(Outcome.CLEAR, Outcome.CLEAR);
        assertThat(rig.late)
                .containsExactlyInAnyOrder(
                        new ProbeResult(Ipv4.parse(LOCAL), Method.ARP, Outcome.CONFLICT, SQUATTER, 3_000_000_000L),
                        new ProbeResult(Ipv4.parse(REMOTE), Method.ICMP, Outcome.CONFLICT, null, 3_000_000_000L));
    }

    @Test
    void whatAClientAnnouncesAfterItsProbeIsNoLateAnswer() {
        rig.probe(LOCAL);
        rig.pass(500);
        byte[] announcement = arpFrom(SQUATTER, LOCAL);
        announcement[21] = 1;
        rig.arp(ETH0).arrive(announcement);
        rig.pass(1);
        assertThat(rig.late).isEmpty();

        rig.arp(ETH0).arrive(arpFrom(SQUATTER, LOCAL));
        rig.pass(1);
        assertThat(rig.late).as("a reply still is").hasSize(1);
    }

    @Test
    void anAnswerAfterAMinuteIsNobodys() {
        rig.probe(LOCAL);
        rig.pass(500);
        rig.pass(59_500);
        rig.pass(1_000);
        rig.arp(ETH0).arrive(arpFrom(SQUATTER, LOCAL));
        rig.pass(0);

        assertThat(rig.late).isEmpty();
    }

    @Test
    void whoAsksAgainGetsTheAnswerHimself() {
        rig.probe(LOCAL);
        rig.pass(500);
        rig.probe(LOCAL);
        rig.arp(ETH0).arrive(arpFrom(SQUATTER, LOCAL));
        rig.pass(10);

        assertThat(rig.outcomes()).containsExactly(Outcome.CLEAR, Outcome.CONFLICT);
        assertThat(rig.late).isEmpty();
    }

    @Test
    void onlySoManyProbesAreRememberedForLateAnswers() {
        for (int i = 0; i < 66_000; i++) {
            rig.prober.start(new Ipv4(0x0a010002 + i % 65_000 + (i < 65_000 ? 0 : 0x500000)), result -> {});
            if (i % 500 == 0) {
                rig.pass(20);
            }
        }
        for (int i = 0; i < 5; i++) {
            rig.pass(500);
        }
        rig.arp(ProbeRig.ETH1).arrive(arpFrom(SQUATTER, "10.1.0.2"));
        rig.arp(ProbeRig.ETH1).arrive(arpFrom(SQUATTER, "10.1.200.2"));
        rig.pass(1);

        assertThat(rig.late).extracting(ProbeResult::address).containsExactly(Ipv4.parse("10.1.200.2"));
    }

    @Test
    void withoutThePrivilegeNothingIsProbedAndThatIsSaidOnce() {
        try (LogLines lines = new LogLines(Prober.class)) {
            ProbeRig unprivileged = new ProbeRig(config(true, 500, true, true, LogLevel.DEBUG), EPERM);

            assertThat(unprivileged.probe(LOCAL)).isFalse();
            assertThat(unprivileged.probe(REMOTE)).isFalse();
            unprivileged.prober.announce(Ipv4.parse(LOCAL), SQUATTER);
            unprivileged.prober.reconfigure(config(true, 400, false, true, LogLevel.DEBUG));
            unprivileged.pass(1_000);

            assertThat(unprivileged.prober.problem()).contains("CAP_NET_RAW");
            assertThat(unprivileged.sockets.opened()).isEmpty();
            assertThat(lines.of(Level.ERROR)).singleElement().asString().contains("CAP_NET_RAW");

            unprivileged.prober.reconfigure(config(false, 400, false, true, LogLevel.DEBUG));
            assertThat(unprivileged.prober.problem()).as("nobody wants probes").isEmpty();
        }
    }

    @Test
    void closingEndsWhatIsUnderWayWithoutAFinding() {
        rig.probe(LOCAL);
        rig.prober.start(Ipv4.parse(REMOTE), rig.heard::add);
        rig.prober.close();
        rig.prober.close();

        assertThat(rig.outcomes()).containsExactlyInAnyOrder(Outcome.TIMEOUT, Outcome.TIMEOUT);
        assertThat(rig.prober.start(Ipv4.parse(LOCAL), rig.heard::add)).isFalse();
        rig.prober.reconfigure(config(true, 500, false, true, LogLevel.DEBUG));
        assertThat(rig.prober.start(Ipv4.parse(LOCAL), rig.heard::add)).isFalse();
        assertThat(rig.sockets.opened()).allMatch(FakeProbeSocket::isClosed);
        assertThat(rig.sockets.isClosed()).isTrue();
    }
}
