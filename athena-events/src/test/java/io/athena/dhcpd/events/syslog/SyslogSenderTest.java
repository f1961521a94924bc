package io.athena.dhcpd.events.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.config.HostPort;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.store.Follower;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.events.HeldPort;
import io.athena.dhcpd.events.SyslogTarget;
import io.athena.dhcpd.events.SyslogTarget.Facility;
import io.athena.dhcpd.events.SyslogTarget.Identity;
import io.athena.dhcpd.events.SyslogTarget.Transport;
import io.athena.dhcpd.events.history.FakeLeases;
import io.athena.dhcpd.events.history.HistoryAgent;
import io.athena.dhcpd.events.history.Leases;
import io.athena.dhcpd.events.history.MemoryStore;
import io.athena.dhcpd.events.history.ScriptedTail;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(180)
class SyslogSenderTest {

    @TempDir
    private Path folder;

    private final Meters meters = new Meters();
    private final long now = TimeSource.system().epochSeconds();
    private final MemoryStore store = MemoryStore.begun(now);
    private final ScriptedTail tail = new ScriptedTail();
    private final HistoryAgent agent = new HistoryAgent(
            new Follower(store, tail, false), new FakeLeases(), Duration.ofDays(90), meters, TimeSource.system());
    private @Nullable SyslogSender sender;
    private int granted;

    @AfterEach
    void end() throws InterruptedException {
        if (sender != null) {
            sender.close();
        }
        agent.close();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void everyEntryArrivesInOrder(Transport transport) throws Exception {
        try (SyslogReceiver receiver = receiver(transport, 0, "localhost")) {
            send(transport, receiver.port(), null);
            grant(3);
            for (int i = 1; i <= 3; i++) {
                assertThat(receiver.next())
                        .startsWith("<134>1 ")
                        .contains(" granted [lease@32473 ", "\"host-" + i + "\"");
            }
            awaitQueueEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void aReceiverThatWasAwayIsToldEverythingWhenItIsBack(Transport transport) throws Exception {
        certificates(transport);
        try (HeldPort held = new HeldPort()) {
            int port = transport == Transport.UDP ? unusedDatagramPort() : held.number();
            send(transport, port, null);
            grant(5);
            while (sender.problem().isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            assertThat(sender.problem()).contains("localhost:" + port);
            try (SyslogReceiver receiver = receiver(transport, port, "localhost")) {
                assertThat(names(receiver, 5)).containsExactly("host-1", "host-2", "host-3", "host-4", "host-5");
                awaitQueueEmpty();
                assertThat(sender.problem()).isEmpty();
            }
        }
    }

    @Test
    void whatAReceiverTookAndLostByClosingIsToldAgain() throws Exception {
        try (HeldPort port = new HeldPort()) {
            try (SyslogReceiver receiver = receiver(Transport.TCP, port.number(), "localhost")) {
                send(Transport.TCP, port.number(), null);
                grant(1);
                receiver.next();
                awaitQueueEmpty();
            }
            grant(4);
            while (sender.problem().isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            try (SyslogReceiver receiver = receiver(Transport.TCP, port.number(), "localhost")) {
                assertThat(names(receiver, 4)).containsExactly("host-2", "host-3", "host-4", "host-5");
            }
        }
    }

    @Test
    void aReceiverThatReadsNothingStopsNeitherTheHistoryNorTheEnd() throws Exception {
        try (SyslogReceiver receiver = receiver(Transport.TCP, 0, "localhost")) {
            receiver.turnDeaf();
            send(Transport.TCP, receiver.port(), null);
            for (int i = 0; i < 20; i++) {
                grant(1_000);
            }
            assertThat(store.told()).hasSize(20_000);
            sender.close();
        }
    }

    @Test
    void anUntoldEntryIsToldByTheNextSender() throws Exception {
        try (HeldPort port = new HeldPort()) {
            send(Transport.TCP, port.number(), null);
            grant(2);
            sender.close();
            try (SyslogReceiver receiver = receiver(Transport.TCP, port.number(), "localhost")) {
                sender = sender(target(Transport.TCP, port.number(), null));
                agent.tell(sender::wake);
                sender.start();
                assertThat(names(receiver, 2)).containsExactly("host-1", "host-2");
            }
        }
    }

    @Test
    void aReceiverOfAnotherNameIsNotBelieved() throws Exception {
        try (SyslogReceiver receiver = receiver(Transport.TLS, 0, "elsewhere.example")) {
            send(Transport.TLS, receiver.port(), null);
            grant(1);
            while (!sender.problem().contains("name matching localhost")) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            assertThat(receiver.isEmpty()).isTrue();
            assertThat(counted("failed")).isPositive();
            assertThat(meters.gauges().entrySet())
                    .anyMatch(gauge -> gauge.getKey().meter() == DhcpMeter.HISTORY_SYSLOG_FAILING
                            && gauge.getValue().getAsLong() > 0);
        }
    }

    @Test
    void aCertificateOfOurOwnIsShown() throws Exception {
        TestCertificates certificates = new TestCertificates(folder);
        certificates.receiver("receiver", "localhost");
        certificates.receiver("own", "athena.example");
        certificates.receiver("another", "athena.example");
        try (SyslogReceiver receiver = SyslogReceiver.strictTls(certificates.trusting("receiver", "own"))) {
            send(
                    Transport.TLS,
                    receiver.port(),
                    new Identity(certificates.certificate("another"), certificates.key("another")));
            // A refusal may come late, and is noticed with the next message then.
            while (sender.problem().isEmpty()) {
                grant(1);
                TimeUnit.MILLISECONDS.sleep(5);
            }
            assertThat(receiver.isEmpty()).isTrue();
            sender.close();
            Identity own = new Identity(certificates.certificate("own"), certificates.key("own"));
            sender = sender(target(Transport.TLS, receiver.port(), own));
            sender.start();
            assertThat(receiver.next()).contains("hostname=\"host-");
        }
    }

    private void send(Transport transport, int port, @Nullable Identity identity) throws Exception {
        SyslogTarget target = target(transport, port, identity);
        SyslogSender started = sender(target);
        sender = started;
        agent.tell(started::wake);
        agent.start();
        started.start();
    }

    private SyslogTarget target(Transport transport, int port, @Nullable Identity identity) throws Exception {
        return new SyslogTarget(
                new HostPort("localhost", port),
                transport,
                Facility.LOCAL0,
                "lease@32473",
                transport == Transport.TLS ? new TestCertificates(folder).certificate("receiver") : null,
                identity);
    }

    private SyslogSender sender(SyslogTarget target) {
        return new SyslogSender(target, "node-1", agent.queue(), meters, TimeSource.system());
    }

    private void certificates(Transport transport) throws Exception {
        if (transport == Transport.TLS) {
            new TestCertificates(folder).receiver("receiver", "localhost");
        }
    }

    private SyslogReceiver receiver(Transport transport, int port, String name) throws Exception {
        return switch (transport) {
            case UDP -> SyslogReceiver.udp(port);
            case TCP -> SyslogReceiver.tcp(port);
            case TLS -> SyslogReceiver.tls(port, tls(name));
        };
    }

    private SSLContext tls(String name) throws Exception {
        TestCertificates certificates = new TestCertificates(folder);
        return folder.resolve("receiver.p12").toFile().exists()
                ? certificates.existing("receiver")
                : certificates.receiver("receiver", name);
    }

    /** One that the system gives to nobody by itself, unlike the one that it would give to us. */
    private static int unusedDatagramPort() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 30_000);
            try (DatagramSocket socket = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // Somebody has it: another one.
                assertThat(port).isPositive();
            }
        }
    }

    /** So many clients get an address each, and that is written. */
    private void grant(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            granted++;
            Ipv4 ip = new Ipv4(Leases.IP.bits() + granted);
            Lease lease = Leases.held(ip, "a", "host-" + granted, now, now + 1000, now);
            tail.write(lease, null);
        }
        agent.upToDate().get(60, TimeUnit.SECONDS);
    }

    /** The host names of the messages until so many different ones have come. */
    private static List<String> names(SyslogReceiver receiver, int count) throws InterruptedException {
        TreeSet<String> names = new TreeSet<>();
        while (names.size() < count) {
            String message = receiver.next();
            int at = message.indexOf("hostname=\"") + "hostname=\"".length();
            names.add(message.substring(at, message.indexOf('"', at)));
        }
        return new ArrayList<>(names);
    }

    private void awaitQueueEmpty() throws Exception {
        while (!agent.queue().next(1).isEmpty()) {
            agent.upToDate().get(60, TimeUnit.SECONDS);
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(counted("sent")).isPositive();
    }

    private long counted(String result) {
        return meters.counter(DhcpMeter.HISTORY_SYSLOG_MESSAGES, result).sum();
    }
}
