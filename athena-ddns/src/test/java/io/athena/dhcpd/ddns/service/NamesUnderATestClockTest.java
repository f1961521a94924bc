package io.athena.dhcpd.ddns.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.TomlConfig;
import io.athena.dhcpd.core.engine.Answer;
import io.athena.dhcpd.core.engine.CommitQueue;
import io.athena.dhcpd.core.engine.EngineSettings;
import io.athena.dhcpd.core.engine.LeaseEngine;
import io.athena.dhcpd.core.engine.Search;
import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.lease.Wishes;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.store.LeaseStore;
import io.athena.dhcpd.core.store.StoreSettings;
import io.athena.dhcpd.core.subnet.TopologyCompiler;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.DdnsSection;
import io.athena.dhcpd.ddns.reconcile.FakeLeases;
import io.athena.dhcpd.ddns.rfc2136.NameServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The lease engine under a clock that the test moves, a real store behind it, and BIND as the judge. */
@Timeout(180)
class NamesUnderATestClockTest {

    private static final Ipv4 SERVER = Ipv4.parse("10.10.0.1");
    private static final String LAPTOP = "laptop.office.example.net";
    private static final long HOUR = 3600;

    @TempDir
    private Path folder;

    private final CommitQueue commits = new CommitQueue(() -> {});
    private long now = FakeLeases.NOW;
    private int xid = 1;
    private NameServer dns;
    private LeaseStore store;
    private AthenaConfig config;
    private DdnsService names;
    private LeaseEngine engine;

    @BeforeEach
    void start() throws Exception {
        dns = NameServer.start(NameServer.Kind.BIND);
        String target = """
                server = "%s"
                tsig_name = "key-hmac-sha256"
                tsig_secret = "%s"
                """.formatted(dns.address(), NameServer.SECRET);
        Path file = folder.resolve("config.toml");
        Files.writeString(file, """
                [server]
                lease_db = "%s"
                interface = "lo"
                [ddns]
                enabled = true
                [ddns.forward]
                zone = "office.example.net"
                %s
                [ddns.reverse]
                zone = "10.10.in-addr.arpa"
                %s
                [[subnet]]
                network = "10.10.0.0/24"
                lease_time = "1h"
                [[subnet.pool]]
                range_start = "10.10.0.100"
                range_end = "10.10.0.110"
                """.formatted(folder.resolve("store"), target, target));
        AthenaConfig config = Objects.requireNonNull(
                TomlConfig.load(file, List.of(new DdnsSection())).config());
        run(config);
    }

    private void run(AthenaConfig config) throws Exception {
        this.config = config;
        StoreSettings settings = StoreSettings.DEFAULT.withFollowers(Set.of(DdnsService.FOLLOWER));
        store = LeaseStore.open(folder.resolve("store"), settings, new Meters(), TimeSource.system());
        store.journal().listen(commits);
        names = new DdnsService(config, new Meters(), TimeSource.system());
        List<byte[]> before = new ArrayList<>();
        names.learnFrom(store.recovered()).forEachLease((address, image) -> before.add(image));
        names.start(store, new FakeLeases());
        engine = new LeaseEngine(
                TopologyCompiler.compile(config, List.of(SERVER)).links().get(0),
                store.journal(),
                commits,
                names.policy(),
                new EngineSettings(60, false, 0, false, HOUR, HOUR, 3));
        for (byte[] image : before) {
            engine.records().load(LeaseCodec.decode(image).ip(), image);
        }
        engine.records().loaded();
    }

    @AfterEach
    void stop() throws Exception {
        end();
        dns.close();
    }

    private void end() throws Exception {
        names.close(Duration.ofSeconds(1));
        store.close();
    }

    private ClientRequest message(int client, MessageType type, Ipv4 ciaddr, @Nullable Ipv4 asked, String hostname) {
        MacAddress mac = MacAddress.of(1, new byte[] {2, 0, 0, 0, 0, (byte) client});
        boolean selecting = type == MessageType.REQUEST && asked != null;
        return new ClientRequest(
                type,
                xid++,
                ClientKey.ofHardware(mac),
                mac,
                null,
                ciaddr,
                asked,
                selecting ? SERVER : null,
                selecting,
                -1,
                Wishes.NONE,
                hostname,
                null,
                null,
                null,
                null,
                RelayInfo.NONE);
    }

    private Ipv4 lease(int client, String hostname) {
        Answer offer = engine.offer(message(client, MessageType.DISCOVER, Ipv4.ANY, null, hostname), Search.NEW, now);
        Ipv4 address = ((Answer.Offered) offer).assignment().address();
        settled(engine.confirm(message(client, MessageType.REQUEST, Ipv4.ANY, address, hostname), now));
        return address;
    }

    private void renew(int client, Ipv4 address, String hostname) {
        settled(engine.confirm(message(client, MessageType.REQUEST, address, null, hostname), now));
    }

    private void settled(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Committing.class);
        while (!commits.settle()) {
            assertThat(Thread.currentThread().isInterrupted()).as("out of time").isFalse();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private void pass(long seconds) {
        now += seconds;
        while (engine.tick(now)) {
            continue;
        }
    }

    private void dnsSays(String name, String type, String... values) throws Exception {
        while (!dns.dig(name, type).equals(List.of(values))) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    @Test
    void aNameAppearsFollowsItsClientAndVanishesWhenTheLeaseTimeIsOver() throws Exception {
        Ipv4 address = lease(1, "laptop");
        String pointer = address.toString().replaceAll("(.*)\\.(.*)\\.(.*)\\.(.*)", "$4.$3.$2.$1") + ".in-addr.arpa";
        dnsSays(LAPTOP, "A", address.toString());
        dnsSays(pointer, "PTR", LAPTOP + ".");

        pass(HOUR / 2);
        renew(1, address, "notebook");
        dnsSays("notebook.office.example.net", "A", address.toString());
        dnsSays(LAPTOP, "A");
        dnsSays(LAPTOP, "DHCID");

        pass(HOUR - 1);
        dnsSays("notebook.office.example.net", "A", address.toString());
        pass(1);
        dnsSays("notebook.office.example.net", "A");
        dnsSays("notebook.office.example.net", "DHCID");
        dnsSays(pointer, "PTR");
        assertThat(names.status().orElseThrow().conflicts()).isZero();
    }

    @Test
    void aNameThatExpiredGoesToTheNextClientThatAsksForIt() throws Exception {
        Ipv4 first = lease(1, "laptop");
        dnsSays(LAPTOP, "A", first.toString());
        pass(HOUR);
        dnsSays(LAPTOP, "A");
        Ipv4 second = lease(2, "laptop");
        assertThat(second).isNotEqualTo(first);
        dnsSays(LAPTOP, "A", second.toString());
    }

    @Test
    void whatALeaseOfBeforeIsCalledIsNobodyElsesFromTheFirstPacketOn() throws Exception {
        Ipv4 first = lease(1, "laptop");
        dnsSays(LAPTOP, "A", first.toString());
        end();
        run(config);
        Ipv4 second = lease(2, "laptop");
        dnsSays("dhcp-020000000002.office.example.net", "A", second.toString());
        dnsSays(LAPTOP, "A", first.toString());
        assertThat(names.status().orElseThrow().conflicts()).isZero();
    }

    @Test
    void aForeignRecordOfThatNameOutlivesTheLease() throws Exception {
        dns.nsupdate("update add " + LAPTOP + " 300 A 192.0.2.7");
        lease(1, "laptop");
        while (names.status().orElseThrow().conflicts() == 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        pass(HOUR);
        while (names.status().orElseThrow().conflicts() != 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        assertThat(dns.dig(LAPTOP, "A")).containsExactly("192.0.2.7");
    }
}
