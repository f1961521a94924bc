package io.athena.dhcpd.core.engine;

import static io.athena.dhcpd.core.engine.EngineFixture.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.net.Ipv4;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody who answers for every address takes no more than a part of a pool. */
class ConflictBudgetTest {

    private static final Ipv4 START = Ipv4.parse("10.0.0.10");

    private final ConflictRig rig = new ConflictRig(EngineFixture.withPool("10.0.0.10", "10.0.0.209"));

    /** Answers for addresses one after the other; how many of them were recorded. */
    private static int storm(ConflictRig on, int from, int count) {
        int recorded = 0;
        for (int i = 0; i < count; i++) {
            recorded += on.answered(START.plus(from + i).toString()) ? 1 : 0;
        }
        return recorded;
    }

    @ParameterizedTest(name = "of the pool 10.0.0.10-{0} {1} are recorded")
    @CsvSource({"10.0.0.19, 8", "10.0.0.89, 8", "10.0.0.109, 10", "10.0.0.209, 20"})
    void aSubnetRecordsATenthOfItsAddressesAnHourAndAtLeastEight(String last, int most) {
        ConflictRig pool = new ConflictRig(EngineFixture.withPool("10.0.0.10", last));
        int size = Ipv4.parse(last).bits() - START.bits() + 1;
        assertThat(storm(pool, 0, size)).isEqualTo(most);
        assertThat(pool.table().withheld()).isEqualTo(most);
        assertThat(pool.net.alarms).hasSize(size - most).containsOnly(most);
    }

    @Test
    void whatIsNotRecordedIsNotJournalledEither() {
        storm(rig, 0, 200);
        assertThat(rig.net.journal.appended).hasSize(20);
        rig.net.sync();
        assertThat(rig.told()).hasSize(20).containsOnly("conflict.detected");
    }

    @Test
    void addressesThatAreWithheldAlreadyCostNothing() {
        assertThat(storm(rig, 0, 20)).isEqualTo(20);
        assertThat(storm(rig, 0, 20)).isEqualTo(20);
        assertThat(rig.net.alarms).isEmpty();
    }

    @Test
    void noHourWhereverItBeginsHoldsMore() {
        rig.pass(HOUR / 2);
        assertThat(storm(rig, 0, 10)).isEqualTo(10);
        rig.pass(HOUR / 2);
        assertThat(storm(rig, 20, 30)).isEqualTo(10);
        rig.pass(HOUR / 2 - 1);
        assertThat(storm(rig, 60, 1)).isZero();
        rig.pass(1);
        assertThat(storm(rig, 60, 30)).isEqualTo(10);
    }

    @Test
    void aRestartGivesNoFreshBudget() {
        storm(rig, 0, 20);
        ConflictRig again = rig.restarted(EngineFixture.withPool("10.0.0.10", "10.0.0.209"), 60);
        assertThat(storm(again, 50, 5)).isZero();
        again.pass(HOUR);
        assertThat(storm(again, 50, 5)).isEqualTo(5);
    }

    @Test
    void whatClientsDeclineIsNoAnswerToAProbe() {
        rig.net.client(1).decline(rig.net.client(1).lease().toString());
        assertThat(storm(rig, 50, 30)).isEqualTo(20);
    }
}
