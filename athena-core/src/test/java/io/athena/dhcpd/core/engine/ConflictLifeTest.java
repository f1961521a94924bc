package io.athena.dhcpd.core.engine;

import static io.athena.dhcpd.core.engine.ConflictRig.ASKING;
import static io.athena.dhcpd.core.engine.ConflictRig.SQUATTER;
import static io.athena.dhcpd.core.engine.EngineFixture.HOUR;
import static io.athena.dhcpd.core.engine.EngineFixture.offered;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.event.ConflictEvent;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The life of a conflict: found, held, given back, found again, until only a person ends it. */
class ConflictLifeTest {

    private static final String FIRST = "10.0.0.100";

    private final ConflictRig rig = new ConflictRig(new EngineFixture());

    private void everyHour(int conflicts) {
        for (int i = 0; i < conflicts; i++) {
            assertThat(rig.answered(FIRST)).isTrue();
            rig.net.sync();
            rig.pass(HOUR);
        }
    }

    private List<ConflictDesk.Outcome> clear() {
        List<ConflictDesk.Outcome> outcomes = new ArrayList<>();
        rig.net.engine.records().interventions().clear(Ipv4.parse(FIRST), rig.net.now, outcomes::add);
        return outcomes;
    }

    @Test
    void anAddressWhoseProbeIsAnsweredIsWithheldAndTheSquattersMacRemembered() {
        assertThat(rig.answered(FIRST)).isTrue();
        assertThat(rig.conflict(FIRST))
                .isEqualTo(new Conflict(
                        Ipv4.parse(FIRST),
                        ConflictRig.SUBNET,
                        Conflict.Method.ARP_PROBE,
                        SQUATTER,
                        rig.net.now,
                        rig.net.now + HOUR,
                        1,
                        false,
                        false));
        assertThat(offered(rig.net.client(1).discoverAsking(FIRST))).hasToString("10.0.0.101");
    }

    @Test
    void itIsToldWithTheClientThatWasToGetItOnceItsRecordIsDurable() {
        rig.answered(FIRST);
        assertThat(rig.net.told).isEmpty();
        rig.net.sync();
        ConflictEvent.Detected event = rig.only(ConflictEvent.Detected.class);
        assertThat(event.intendedFor()).isEqualTo(ASKING);
        assertThat(event.conflict()).isEqualTo(rig.conflict(FIRST));
        assertThat(event.lease()).isNull();
    }

    @Test
    void itIsToldAlsoWhereItsRecordWasLost() {
        rig.answered(FIRST);
        rig.net.failDisk();
        assertThat(rig.told()).containsExactly("conflict.detected");
        rig.net.journal.writable = false;
        rig.answered("10.0.0.101");
        assertThat(rig.told()).containsExactly("conflict.detected");
    }

    @Test
    void moreAnswersWhileItIsWithheldChangeNothing() {
        rig.answered(FIRST);
        Conflict first = rig.conflict(FIRST);
        rig.net.now += 60;
        assertThat(rig.answered(FIRST)).isTrue();
        assertThat(rig.conflict(FIRST)).isEqualTo(first);
        assertThat(rig.net.journal.appended).hasSize(1);
    }

    @Test
    void aDeclineIsToldWithTheClientThatDeclined() {
        Ipv4 address = rig.net.client(1).lease();
        rig.net.client(1).decline(address.toString());
        rig.net.sync();
        ConflictEvent.Declined event = rig.only(ConflictEvent.Declined.class);
        assertThat(event.client()).isEqualTo(rig.net.client(1).mac);
        assertThat(event.conflict().method()).isEqualTo(Conflict.Method.CLIENT_DECLINE);
        assertThat(event.lease().ip()).isEqualTo(address);
        assertThat(event.lease().mac()).isEqualTo(rig.net.client(1).mac);
        assertThat(event.lease().state()).isEqualTo(LeaseState.DECLINED);
        assertThat(rig.told()).containsExactly("conflict.decline");
    }

    @Test
    void theEndOfAHoldIsToldAlthoughNobodyAsksForTheAddressAndKeepsTheCount() {
        everyHour(1);
        rig.net.sync();
        ConflictEvent.Resolved event = rig.only(ConflictEvent.Resolved.class);
        assertThat(event.how()).isEqualTo(ConflictEvent.Resolution.HOLD_EXPIRED);
        assertThat(event.conflict().count()).isEqualTo(1);
        assertThat(event.conflict().resolved()).isTrue();
        assertThat(offered(rig.net.client(1).discoverAsking(FIRST))).hasToString(FIRST);
    }

    @Test
    void theThirdConflictIsPermanentAndToldAsSuchBesides() {
        everyHour(2);
        rig.net.sync();
        assertThat(rig.told())
                .containsExactly("conflict.detected", "conflict.resolved", "conflict.detected", "conflict.resolved");
        everyHour(1);
        rig.pass(1000 * HOUR);
        rig.net.sync();
        assertThat(rig.told()).containsExactly("conflict.detected", "conflict.permanent");
        assertThat(rig.conflict(FIRST).permanent()).isTrue();
        assertThat(offered(rig.net.client(1).discoverAsking(FIRST))).hasToString("10.0.0.101");
    }

    @Test
    void onlyAPersonGivesAPermanentOneBackAndItsCountStartsAfresh() {
        everyHour(3);
        rig.told();
        List<ConflictDesk.Outcome> outcomes = clear();
        assertThat(outcomes).as("not before it is durable").isEmpty();
        rig.net.sync();
        assertThat(outcomes).containsExactly(new ConflictDesk.Outcome(true, ""));
        assertThat(rig.only(ConflictEvent.Resolved.class).how()).isEqualTo(ConflictEvent.Resolution.MANUAL_CLEAR);
        assertThat(rig.conflict(FIRST).count()).isZero();
        assertThat(offered(rig.net.client(1).discoverAsking(FIRST))).hasToString(FIRST);
        rig.told();
        everyHour(2);
        assertThat(rig.told()).contains("conflict.resolved").doesNotContain("conflict.permanent");
    }

    @Test
    void theCountOutlivesARestart() {
        everyHour(2);
        ConflictRig again = rig.restarted(new EngineFixture(), 60);
        again.answered(FIRST);
        again.net.sync();
        assertThat(again.told()).containsExactly("conflict.detected", "conflict.permanent");
        ConflictRig last = again.restarted(new EngineFixture(), 1000 * HOUR);
        last.pass(0);
        assertThat(last.conflict(FIRST).permanent()).isTrue();
        assertThat(offered(last.net.client(1).discover())).hasToString("10.0.0.101");
    }

    @Test
    void whatAPersonClearedStaysClearedAfterARestart() {
        everyHour(3);
        clear();
        ConflictRig again = rig.restarted(new EngineFixture(), 60);
        assertThat(again.conflict(FIRST).count()).isZero();
        assertThat(offered(again.net.client(1).discoverAsking(FIRST))).hasToString(FIRST);
    }

    @Test
    void aHoldThatEndedWhileTheServerWasDownIsToldAtTheFirstTurn() {
        rig.answered(FIRST);
        ConflictRig again = rig.restarted(new EngineFixture(), 2 * HOUR);
        again.pass(0);
        again.net.sync();
        assertThat(again.told()).containsExactly("conflict.resolved");
    }

    @Test
    void manyHoldsThatEndTogetherEndInSeveralTurns() {
        ConflictRig large = new ConflictRig(EngineFixture.withPool("10.0.0.10", "10.0.0.250"));
        for (int i = 10; i < 110; i++) {
            large.net.engine.records().quarantine(Ipv4.parse("10.0.0." + i), large.net.now);
        }
        large.net.now += 12 * HOUR;
        assertThat(large.net.engine.tick(large.net.now)).isTrue();
        assertThat(large.table().withheld()).isEqualTo(100 - 64);
        assertThat(large.net.engine.tick(large.net.now)).isFalse();
        assertThat(large.table().withheld()).isZero();
    }

    @Test
    void aReloadOfMaximumAndHoldAppliesToNewConflictsOnly() {
        rig.answered(FIRST);
        long until = rig.conflict(FIRST).holdUntil();
        rig.settings = new EngineSettings(60, false, 0, false, 10, 12 * HOUR, 1);
        rig.net.engine.reconfigure(
                EngineFixture.topology(List.of(), false).links().get(0), rig.settings);
        rig.pass(10);
        assertThat(rig.conflict(FIRST).holdUntil()).isEqualTo(until);
        assertThat(rig.conflict(FIRST).permanent()).isFalse();
        rig.pass(HOUR);
        assertThat(rig.conflict(FIRST).resolved()).isTrue();
        rig.answered("10.0.0.101");
        assertThat(rig.conflict("10.0.0.101").holdUntil()).isEqualTo(rig.net.now + 10);
        assertThat(rig.conflict("10.0.0.101").permanent()).isTrue();
    }

    @Test
    void damageIsNoConflictThatCountsOrIsTold() {
        for (int i = 0; i < 5; i++) {
            rig.net.engine.records().quarantine(Ipv4.parse(FIRST), rig.net.now);
            rig.net.sync();
            rig.pass(12 * HOUR);
        }
        assertThat(rig.conflict(FIRST).count()).isZero();
        rig.answered(FIRST);
        rig.net.engine.records().quarantine(Ipv4.parse(FIRST), rig.net.now);
        rig.net.sync();
        assertThat(rig.told()).containsExactly("conflict.detected");
        assertThat(rig.conflict(FIRST).responderMac()).as("kept").isEqualTo(SQUATTER);
        assertThat(rig.conflict(FIRST).holdUntil()).isEqualTo(rig.net.now + 12 * HOUR);
    }

    @Test
    void eachSubnetSaysHowManyOfItsAddressesAreInConflict() {
        rig.answered(FIRST);
        rig.net.engine.records().quarantine(Ipv4.parse("10.0.0.101"), rig.net.now);
        assertThat(rig.net.engine.records().stats().conflicts())
                .containsExactly(new LinkStats.SubnetConflicts("10.0.0.0/24", 1, 0));
        rig.pass(HOUR);
        everyHour(2);
        assertThat(rig.net.engine.records().stats().conflicts())
                .containsExactly(new LinkStats.SubnetConflicts("10.0.0.0/24", 1, 1));
        clear();
        rig.net.sync();
        assertThat(rig.net.engine.records().stats().conflicts())
                .containsExactly(new LinkStats.SubnetConflicts("10.0.0.0/24", 0, 0));
    }
}
