package io.athena.dhcpd.ddns.rfc2136;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.athena.dhcpd.core.config.HostPort;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.DdnsConfig.ConflictPolicy;
import io.athena.dhcpd.ddns.DnsTarget.Rfc2136;
import io.athena.dhcpd.ddns.DnsTarget.TsigKey;
import io.athena.dhcpd.ddns.DnsZone;
import io.athena.dhcpd.ddns.update.Dhcid;
import io.athena.dhcpd.ddns.update.DnsFailure;
import io.athena.dhcpd.ddns.update.DnsFailure.Reach;
import io.athena.dhcpd.ddns.update.NameRecord;
import io.athena.dhcpd.ddns.update.Outcome;
import io.athena.dhcpd.ddns.update.PointerRecord;
import io.athena.dhcpd.ddns.update.UpdateRules;
import io.athena.dhcpd.ddns.update.ZoneEntry;
import io.athena.dhcpd.ddns.update.ZoneEntry.Type;
import io.athena.dhcpd.ddns.update.ZoneUpdater;
import io.athena.dhcpd.ddns.update.ZoneUpdaterContract;
import io.athena.dhcpd.ddns.zone.ReverseZone;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract against a real name server that takes DNS UPDATE. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class RealServerContract extends ZoneUpdaterContract {

    /**
     * A machine that builds and tests at once may be slow. Nothing is asked twice, or what is carried out already would
     * be answered as such; on loopback nothing gets lost.
     */
    static final Patience PATIENCE = new Patience(
            List.of(Duration.ofMinutes(2)), Duration.ofMinutes(2), Duration.ofMinutes(2), Duration.ofMinutes(2));

    private static final UpdateRules RULES = new UpdateRules(TTL, ConflictPolicy.SKIP, true);

    private final NameServer.Kind kind;
    private NameServer server;

    RealServerContract(NameServer.Kind kind) {
        this.kind = kind;
    }

    @BeforeAll
    void start() throws Exception {
        server = NameServer.start(kind);
    }

    @AfterAll
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    NameServer server() {
        return server;
    }

    @Override
    protected ZoneUpdater updater(String zone, UpdateRules rules) {
        return Rfc2136Updater.of(zone, server.target(), rules, TimeSource.system(), PATIENCE);
    }

    @Override
    protected void byHand(String zone, String owner, String type, String value) throws Exception {
        server.nsupdate("zone " + zone, "update add " + owner + " 300 " + type + " " + value);
    }

    @Override
    protected List<String> standing(String owner, String type) throws Exception {
        return server.dig(owner, type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hmac-md5", "hmac-sha1", "hmac-sha224", "hmac-sha256", "hmac-sha384", "hmac-sha512"})
    void anyAlgorithmSignsUpdatesQueriesAndLists(String algorithm) throws Exception {
        try (Rfc2136Updater zone = signedBy(NameServer.key("key-" + algorithm, algorithm, NameServer.SECRET))) {
            NameRecord record = new NameRecord(name, FIRST, ann);
            assertThat(zone.add(record)).isEqualTo(Outcome.DONE);
            assertThat(zone.look(name).addresses()).containsExactly(FIRST);
            assertThat(zone.list()).contains(new ZoneEntry(name, Type.A, "10.10.0.5"));
            assertThat(zone.remove(record)).isEqualTo(Outcome.DONE);
        }
    }

    @Test
    void anotherSecretIsRefusedAndTold() throws Exception {
        DnsFailure failure = refusal(NameServer.key("key-hmac-sha256", "hmac-sha256", "YW5vdGhlciBzZWNyZXQ="));
        assertThat(failure.reach()).isNotEqualTo(Reach.NAME);
        assertThat(failure).hasMessageContaining(anotherSecret());
        assertThat(failure).hasMessageNotContaining("YW5vdGhlciBzZWNyZXQ");
    }

    @Test
    void aKeyThatTheServerDoesNotKnowIsRefusedAndTold() throws Exception {
        DnsFailure failure = refusal(NameServer.key("nobody", "hmac-sha256", NameServer.SECRET));
        assertThat(failure.reach()).isNotEqualTo(Reach.NAME);
        assertThat(failure).hasMessageContaining(unknownKey());
    }

    @Test
    void aKeyOfAnotherAlgorithmIsRefusedAndTold() throws Exception {
        DnsFailure failure = refusal(NameServer.key("key-hmac-sha256", "hmac-sha512", NameServer.SECRET));
        assertThat(failure.reach()).isNotEqualTo(Reach.NAME);
        assertThat(failure).hasMessageContaining(anotherAlgorithm());
    }

    @Test
    void aKeyWithoutPermissionIsRefusedAndTold() throws Exception {
        DnsFailure failure = refusal(NameServer.key("stranger", "hmac-sha256", NameServer.SECRET));
        assertThat(failure).hasMessageContaining(withoutPermission());
        assertThat(failure).hasMessageContaining("'stranger'");
    }

    @Test
    void updatesWithoutSignatureAreRefusedAndTold() throws Exception {
        assertThat(refusal(null)).hasMessageContaining(withoutSignature());
    }

    @ParameterizedTest
    @ValueSource(longs = {-3600, 3600})
    void clocksThatDifferAreTold(long offset) throws Exception {
        Clocks time = new Clocks(TimeSource.system(), offset);
        try (Rfc2136Updater zone = Rfc2136Updater.of(forwardZone(), server.target(), RULES, time, PATIENCE)) {
            DnsFailure failure =
                    catchThrowableOfType(DnsFailure.class, () -> zone.add(new NameRecord(name, FIRST, ann)));
            assertThat(failure.reach()).isNotEqualTo(Reach.NAME);
            assertThat(failure).hasMessageContaining(differentClocks(offset));
        }
        assertThat(server.dig(name, "A")).isEmpty();
    }

    @Test
    void aZoneThatTakesNoUpdatesIsTold() throws Exception {
        try (Rfc2136Updater zone = of(NameServer.STATIC)) {
            DnsFailure failure = catchThrowableOfType(
                    DnsFailure.class, () -> zone.add(new NameRecord("a." + NameServer.STATIC, FIRST, ann)));
            assertThat(failure).hasMessageContaining("zone static.example.net on 127.0.0.1:");
            assertThat(failure).hasMessageContaining(closedZone());
            assertThat(catchThrowableOfType(DnsFailure.class, zone::list)).hasMessageContaining(closedList());
        }
    }

    @Test
    void aZoneThatTheServerDoesNotHaveIsTold() throws Exception {
        try (Rfc2136Updater zone = of("other.example.org")) {
            NameRecord record = new NameRecord("a.other.example.org", FIRST, ann);
            assertThat(catchThrowableOfType(DnsFailure.class, () -> zone.add(record)))
                    .hasMessageContaining(unknownZone());
            assertThatThrownBy(() -> zone.look("a.other.example.org")).isInstanceOf(DnsFailure.class);
            assertThatThrownBy(zone::list).isInstanceOf(DnsFailure.class);
        }
    }

    @Test
    void largeAnswersComeByTcp() throws Exception {
        try (Rfc2136Updater zone = of("big.example.net")) {
            assertThat(zone.look("many.big.example.net").addresses()).hasSize(90);
            assertThat(zone.list()).hasSize(590);
        }
    }

    @Test
    void pointersStandOnADelegationOfRfc2317() throws Exception {
        String delegated = "0/25.113.0.203.in-addr.arpa";
        DnsZone dnsZone = new DnsZone(delegated, server.target());
        String owner = ReverseZone.parse(dnsZone.zone())
                .flatMap(zone -> zone.owner(Ipv4.parse("203.0.113.5")))
                .orElseThrow();
        try (Rfc2136Updater zone = of(delegated)) {
            assertThat(zone.point(new PointerRecord(owner, name))).isEqualTo(Outcome.DONE);
            assertThat(server.dig("5.0/25.113.0.203.in-addr.arpa", "PTR")).containsExactly(name + ".");
            assertThat(zone.list()).contains(new ZoneEntry(owner, Type.PTR, name));
            assertThat(zone.unpoint(new PointerRecord(owner, name))).isEqualTo(Outcome.DONE);
            assertThat(zone.pointers(owner)).isEmpty();
        }
    }

    @Test
    void aServerThatWasAwayIsFoundAgain() throws Exception {
        try (Rfc2136Updater zone = of(forwardZone())) {
            server.stop();
            assertThatThrownBy(() -> zone.add(new NameRecord(name, FIRST, ann)))
                    .isInstanceOf(DnsFailure.class)
                    .hasMessageContaining("refuses connections");
            server.startAgain();
            assertThat(zone.add(new NameRecord(name, FIRST, ann))).isEqualTo(Outcome.DONE);
            assertThat(server.dig(name, "A")).containsExactly("10.10.0.5");
        }
    }

    /** A DHCID that was written as zone files have it, as other DHCP servers leave it behind. */
    @Test
    void aDhcidThatSomebodyElseWroteForThisClientIsOurs() throws Exception {
        byHand(forwardZone(), name, "A", "10.10.0.77");
        byHand(forwardZone(), name, "DHCID", Dhcid.of(ann, name).toBase64());
        try (Rfc2136Updater zone = of(forwardZone())) {
            assertThat(zone.add(new NameRecord(name, SECOND, bob))).isEqualTo(Outcome.FOREIGN);
            assertThat(zone.add(new NameRecord(name, FIRST, ann))).isEqualTo(Outcome.DONE);
            assertThat(server.dig(name, "A")).containsExactly("10.10.0.5");
        }
    }

    @Test
    void theServersOwnNameIsLookedUp() throws Exception {
        Rfc2136 byName = new Rfc2136(new HostPort("localhost", server.address().port()), NameServer.KEY);
        try (Rfc2136Updater zone = Rfc2136Updater.of(forwardZone(), byName, RULES, TimeSource.system(), PATIENCE)) {
            assertThat(zone.add(new NameRecord(name, FIRST, ann))).isEqualTo(Outcome.DONE);
        }
    }

    /** What is told where the server differs from BIND. */
    String unknownKey() {
        return "(BADKEY): the server does not know the key 'nobody' with hmac-sha256";
    }

    String withoutSignature() {
        return "(REFUSED): the server does not let unsigned messages update it";
    }

    String closedZone() {
        return "(REFUSED): the server does not let the key 'key-hmac-sha256' update it";
    }

    String closedList() {
        return "allow-transfer";
    }

    String anotherSecret() {
        return "(BADSIG): the secret of key 'key-hmac-sha256' differs on the server";
    }

    String anotherAlgorithm() {
        return "(BADKEY): the server does not know the key 'key-hmac-sha256' with hmac-sha512";
    }

    String withoutPermission() {
        return "(REFUSED): the server does not let the key 'stranger' update it (on BIND: allow-update or"
                + " update-policy)";
    }

    String differentClocks(long offset) {
        return "(BADTIME): the clock of the name server is 36";
    }

    String unknownZone() {
        return "is not one that the server has authority for, or is not its primary (NOTAUTH)";
    }

    private DnsFailure refusal(@Nullable TsigKey key) throws Exception {
        try (Rfc2136Updater zone = signedBy(key)) {
            DnsFailure failure =
                    catchThrowableOfType(DnsFailure.class, () -> zone.add(new NameRecord(name, FIRST, ann)));
            assertThat(server.dig(name, "A")).isEmpty();
            return failure;
        }
    }

    private Rfc2136Updater of(String zone) {
        return Rfc2136Updater.of(zone, server.target(), RULES, TimeSource.system(), PATIENCE);
    }

    private Rfc2136Updater signedBy(@Nullable TsigKey key) {
        Rfc2136 target = new Rfc2136(server.address(), key);
        return Rfc2136Updater.of(forwardZone(), target, RULES, TimeSource.system(), PATIENCE);
    }

    /** The machine's clocks, with a wall clock that is set wrong. */
    private record Clocks(TimeSource right, long offset) implements TimeSource {

        @Override
        public long epochSeconds() {
            return right.epochSeconds() + offset;
        }

        @Override
        public long nanoTime() {
            return right.nanoTime();
        }
    }
}
