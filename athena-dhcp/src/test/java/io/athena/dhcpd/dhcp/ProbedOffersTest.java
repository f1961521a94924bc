package io.athena.dhcpd.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.engine.ConflictProbe;
import io.athena.dhcpd.core.engine.NamePolicy;
import io.athena.dhcpd.core.engine.ProbeResult;
import io.athena.dhcpd.core.engine.ProbeResult.Method;
import io.athena.dhcpd.core.engine.ProbeResult.Outcome;
import io.athena.dhcpd.core.engine.ProbeRules;
import io.athena.dhcpd.core.event.EventPublisher;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service with probes that the test answers. */
class ProbedOffersTest {

    private static final String SUBNET = """
            [[subnet]]
            network = "127.0.0.0/8"
              [[subnet.pool]]
              range_start = "127.1.0.1"
              range_end = "127.1.15.254"
            """;
    private static final MacAddress SQUATTER = MacAddress.parse("02:ff:00:00:00:99");

    /** Probes wait here until the test ends them. */
    private static final class HeldProbes implements ConflictProbe {
        final BlockingQueue<Ipv4> started = new LinkedBlockingQueue<>();
        final Set<Ipv4> squatted = ConcurrentHashMap.newKeySet();
        final BlockingQueue<Map.Entry<Ipv4, MacAddress>> announced = new LinkedBlockingQueue<>();
        private final Map<Ipv4, Consumer<ProbeResult>> waiting = new ConcurrentHashMap<>();
        private volatile Consumer<ProbeResult> late = result -> {};
        private volatile boolean open;

        @Override
        public boolean start(Ipv4 address, Consumer<ProbeResult> done) {
            waiting.put(address, done);
            started.add(address);
            if (open) {
                end(address);
            }
            return true;
        }

        @Override
        public void announce(Ipv4 address, MacAddress holder) {
            announced.add(Map.entry(address, holder));
        }

        @Override
        public void onLateAnswer(Consumer<ProbeResult> listener) {
            late = listener;
        }

        /** From now on every probe ends at once, as those do that have waited. */
        void openGate() {
            open = true;
            waiting.keySet().forEach(this::end);
        }

        void answerLate(Ipv4 address) {
            late.accept(result(address, Outcome.CONFLICT, SQUATTER));
        }

        private void end(Ipv4 address) {
            Consumer<ProbeResult> done = waiting.remove(address);
            if (done != null) {
                done.accept(
                        squatted.contains(address)
                                ? result(address, Outcome.CONFLICT, SQUATTER)
                                : result(address, Outcome.CLEAR, null));
            }
        }

        private static ProbeResult result(Ipv4 address, Outcome outcome, @Nullable MacAddress by) {
            return new ProbeResult(address, Method.ARP, outcome, by, TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    @TempDir
    Path folder;

    private final HeldProbes probes = new HeldProbes();
    private Surroundings surroundings;

    @BeforeEach
    void probeEveryAddress() {
        ProbeRules rules = new ProbeRules(true, 1, 3, 500, 10, false);
        surroundings = Surroundings.USUAL
                .ruledBy(new ConflictRules(Duration.ofHours(1), 3, rules))
                .beside(new Companions(probes, EventPublisher.NONE, NamePolicy.NONE));
    }

    @Test
    void anOfferLeavesOnlyWhenItsProbeHasEndedAndTheLaneServesOthersMeanwhile() throws Exception {
        try (RunningService service = new RunningService(folder, SUBNET, surroundings)) {
            probes.squatted.add(Ipv4.parse("127.1.0.1"));
            service.client.send(service.client.message(MessageType.DISCOVER, 1).toBytes());
            assertThat(probes.started.poll(60, TimeUnit.SECONDS)).hasToString("127.1.0.1");
            DhcpPacket inform = service.client.exchange(
                    service.client.message(MessageType.INFORM, 2).ciaddr(Ipv4.parse("127.0.0.1")));
            assertThat(inform.type()).isEqualTo(MessageType.ACK);
            probes.openGate();
            DhcpPacket offer = service.client.receive();
            assertThat(offer.type()).isEqualTo(MessageType.OFFER);
            assertThat(offer.yiaddr()).isNotEqualTo(Ipv4.parse("127.1.0.1"));
            assertThat(service.meters.counter(DhcpMeter.OFFERS, "waited").sum()).isEqualTo(1);
        }
    }

    @Test
    void aThousandDiscoversAtOnceGetAnOfferEachOfAnAddressOfTheirOwn() throws Exception {
        try (RunningService service = new RunningService(folder, SUBNET, surroundings)) {
            for (int i = 1; i <= 40; i++) {
                probes.squatted.add(Ipv4.parse("127.1.0.1").plus(i * 7));
            }
            for (int client = 1; client <= 1_000; client++) {
                service.client.send(
                        service.client.message(MessageType.DISCOVER, client).toBytes());
            }
            assertThat(probes.started.poll(60, TimeUnit.SECONDS)).isNotNull();
            probes.openGate();
            Set<Ipv4> offered = new HashSet<>();
            for (int i = 0; i < 1_000; i++) {
                DhcpPacket offer = service.client.receive();
                assertThat(offer).as("OFFER %s", i).isNotNull();
                offered.add(offer.yiaddr());
            }
            assertThat(offered).hasSize(1_000).doesNotContainAnyElementsOf(probes.squatted);
        }
    }

    @Test
    void aLateAnswerMakesTheRequestFailAndTheNextOfferAnother() throws Exception {
        try (RunningService service = new RunningService(folder, SUBNET, surroundings)) {
            probes.openGate();
            DhcpPacket offer = service.client.exchange(service.client.message(MessageType.DISCOVER, 1));
            probes.answerLate(offer.yiaddr());
            DhcpPacket nak = service.client.exchange(service.client
                    .message(MessageType.REQUEST, 1)
                    .option(50, offer.yiaddr())
                    .option(54, offer.serverId()));
            assertThat(nak.type()).isEqualTo(MessageType.NAK);
            assertThat(service.client.lease(1)).isNotEqualTo(offer.yiaddr());
        }
    }

    @Test
    void aNewLeaseIsAnnouncedAndARenewalIsNot() throws Exception {
        try (RunningService service = new RunningService(folder, SUBNET, surroundings)) {
            probes.openGate();
            Ipv4 address = service.client.lease(1);
            assertThat(probes.announced.poll(60, TimeUnit.SECONDS))
                    .isEqualTo(Map.entry(address, LoopbackClient.mac(1)));
            service.client.renew(1, address);
            service.client.lease(2);
            assertThat(probes.announced.poll(60, TimeUnit.SECONDS).getValue()).isEqualTo(LoopbackClient.mac(2));
        }
    }
}
