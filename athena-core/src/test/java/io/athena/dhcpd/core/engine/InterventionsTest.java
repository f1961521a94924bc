package io.athena.dhcpd.core.engine;

import static io.athena.dhcpd.core.engine.EngineFixture.HOUR;
import static io.athena.dhcpd.core.engine.EngineFixture.offered;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.engine.ConflictDesk.Outcome;
import io.athena.dhcpd.core.journal.Exclusion;
import io.athena.dhcpd.core.journal.RecordKind;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people do about addresses, on a disk that is late, fails or takes nothing. */
class InterventionsTest {

    private static final Ipv4 FIRST = Ipv4.parse("10.0.0.100");
    private static final Outcome DONE = new Outcome(true, "");
    private static final Outcome NOT_WRITTEN = new Outcome(false, "the lease store could not be written");

    private final EngineFixture net = new EngineFixture();
    private final ConflictRig rig = new ConflictRig(net);
    private final Interventions people = net.engine.records().interventions();
    private final List<Outcome> outcomes = new ArrayList<>();
    private int nextClient = 9;

    private Exclusion exclusion(String reason) {
        return new Exclusion(FIRST, reason, "root", net.now);
    }

    private void exclude(String reason) {
        people.exclude(exclusion(reason), outcomes::add);
    }

    private boolean isGiven() {
        return offered(net.client(nextClient++).discoverAsking("10.0.0.100")).equals(FIRST);
    }

    @AfterEach
    void nothingDisagrees() {
        new EngineAudit(net.engine).check();
    }

    @Test
    void anExcludedAddressIsGivenToNobodyAtOnceAndItsAnswerComesWhenItIsDurable() {
        exclude("printer");
        assertThat(outcomes).isEmpty();
        assertThat(isGiven()).isFalse();
        net.sync();
        assertThat(outcomes).containsExactly(DONE);
        assertThat(isGiven()).isFalse();
        assertThat(net.engine.records().view().at(FIRST).exclusion()).isEqualTo(exclusion("printer"));
        assertThat(net.engine.records().standing(net.now, -1).excluded()).containsExactly(exclusion("printer"));
    }

    @Test
    void anExclusionThatCannotBeWrittenIsTakenBack() {
        exclude("printer");
        net.failDisk();
        assertThat(outcomes).containsExactly(NOT_WRITTEN);
        assertThat(isGiven()).isTrue();
    }

    @Test
    void aNewReasonThatCannotBeWrittenLeavesTheOld() {
        exclude("printer");
        net.sync();
        exclude("scanner");
        net.failDisk();
        assertThat(net.engine.records().view().at(FIRST).exclusion()).isEqualTo(exclusion("printer"));
        assertThat(isGiven()).isFalse();
    }

    @Test
    void aJournalThatTakesNothingRefusesEveryWish() {
        rig.answered("10.0.0.101");
        exclude("printer");
        net.sync();
        outcomes.clear();
        net.journal.writable = false;
        people.include(FIRST, outcomes::add);
        people.clear(Ipv4.parse("10.0.0.101"), net.now, outcomes::add);
        people.exclude(new Exclusion(Ipv4.parse("10.0.0.102"), "x", "root", net.now), outcomes::add);
        assertThat(outcomes).containsExactly(NOT_WRITTEN, NOT_WRITTEN, NOT_WRITTEN);
        assertThat(rig.table().withheld()).isEqualTo(1);
        assertThat(offered(net.client(1).discover())).hasToString("10.0.0.102");
    }

    @Test
    void anExclusionIsUndoneWhenThatIsDurable() {
        exclude("printer");
        net.sync();
        people.include(FIRST, outcomes::add);
        assertThat(isGiven()).isFalse();
        net.sync();
        assertThat(outcomes).containsExactly(DONE, DONE);
        assertThat(isGiven()).isTrue();
        assertThat(net.journal.appended.get(1))
                .satisfies(entry -> assertThat(entry.kind()).isEqualTo(RecordKind.EXCLUSION))
                .satisfies(entry -> assertThat(entry.image()).isEmpty());
    }

    @Test
    void anUndoThatCannotBeWrittenUndoesNothing() {
        exclude("printer");
        net.sync();
        people.include(FIRST, outcomes::add);
        net.failDisk();
        assertThat(outcomes).containsExactly(DONE, NOT_WRITTEN);
        assertThat(isGiven()).isFalse();
    }

    @Test
    void whatIsNotThereCannotBeUndone() {
        people.include(FIRST, outcomes::add);
        people.clear(FIRST, net.now, outcomes::add);
        assertThat(outcomes)
                .containsExactly(
                        new Outcome(false, "10.0.0.100 is not excluded"),
                        new Outcome(false, "there is no conflict on 10.0.0.100"));
    }

    @Test
    void wishesOnOneAddressWaitForEachOther() {
        exclude("printer");
        people.include(FIRST, outcomes::add);
        exclude("scanner");
        assertThat(net.journal.appended).hasSize(1);
        net.sync();
        net.sync();
        assertThat(outcomes).containsExactly(DONE, DONE);
        net.sync();
        assertThat(outcomes).containsExactly(DONE, DONE, DONE);
        assertThat(net.engine.records().view().at(FIRST).exclusion()).isEqualTo(exclusion("scanner"));
    }

    @Test
    void theHolderOfAnExcludedAddressIsSentAwayWhenItAsksNextAndItsLeaseStaysUntilThen() {
        Ipv4 address = net.client(1).lease();
        exclude("printer");
        net.sync();
        assertThat(net.activeAddresses()).containsExactly(address.toString());
        assertThat(net.client(1).renew(address.toString())).isEqualTo(new Answer.Refused(DropReason.ADDRESS_UNUSABLE));
        assertThat(net.client(1).lease()).hasToString("10.0.0.101");
        assertThat(net.activeAddresses()).containsExactly("10.0.0.101");
    }

    @Test
    void theEndOfAConflictDoesNotEndAnExclusion() {
        rig.answered("10.0.0.100");
        exclude("printer");
        net.sync();
        rig.pass(HOUR);
        assertThat(rig.conflict("10.0.0.100").resolved()).isTrue();
        assertThat(isGiven()).isFalse();
        people.include(FIRST, outcomes::add);
        net.sync();
        assertThat(isGiven()).isTrue();
    }

    @Test
    void theEndOfAnExclusionDoesNotEndAConflict() {
        rig.answered("10.0.0.100");
        exclude("printer");
        net.sync();
        people.include(FIRST, outcomes::add);
        net.sync();
        assertThat(isGiven()).isFalse();
        rig.pass(HOUR);
        assertThat(isGiven()).isTrue();
    }

    @Test
    void aConflictIsClearedOnlyWhenThatIsDurable() {
        rig.answered("10.0.0.100");
        net.sync();
        people.clear(FIRST, net.now, outcomes::add);
        assertThat(isGiven()).isFalse();
        net.failDisk();
        assertThat(outcomes).containsExactly(NOT_WRITTEN);
        assertThat(rig.conflict("10.0.0.100").count()).isEqualTo(1);
        assertThat(isGiven()).isFalse();
    }

    @Test
    void aHoldThatEndsWhileItIsBeingClearedIsForgottenAllTheSame() {
        rig.answered("10.0.0.100");
        net.sync();
        people.clear(FIRST, net.now, outcomes::add);
        rig.pass(HOUR);
        net.sync();
        assertThat(outcomes).isEmpty();
        net.sync();
        assertThat(outcomes).containsExactly(DONE);
        assertThat(rig.conflict("10.0.0.100").count()).isZero();
        assertThat(rig.restarted(new EngineFixture(), 1).conflict("10.0.0.100").count())
                .isZero();
    }

    @Test
    void whatIsFoundAnewWhileItIsBeingClearedStaysWithheld() {
        rig.answered("10.0.0.100");
        net.sync();
        people.clear(FIRST, net.now, outcomes::add);
        net.engine.records().quarantine(FIRST, net.now);
        net.sync();
        assertThat(outcomes).containsExactly(new Outcome(false, "10.0.0.100 was found in use again meanwhile"));
        assertThat(isGiven()).isFalse();
    }

    @Test
    void anExclusionMovesWithItsAddressToAnotherEngine() {
        exclude("printer");
        net.sync();
        EngineFixture other = new EngineFixture();
        net.engine.records().export((address, image) -> {}, conflict -> {}, other.engine.records()::load);
        assertThat(offered(other.client(1).discover())).hasToString("10.0.0.101");
    }

    @Test
    void pagesFollowTheAddressesAndEndWithTheLast() {
        rig.answered("10.0.0.103");
        rig.answered("10.0.0.101");
        exclude("printer");
        people.exclude(new Exclusion(Ipv4.parse("10.0.0.101"), "x", "root", net.now), outcomes::add);
        people.exclude(new Exclusion(Ipv4.parse("10.0.0.102"), "x", "root", net.now), outcomes::add);
        LinkView view = net.engine.records().view();
        List<String> seen = new ArrayList<>();
        long next = 0;
        while (next != ConflictDesk.END) {
            ConflictDesk.Page page = view.conflicts(new Ipv4((int) next), 1);
            page.conflicts().forEach(conflict -> seen.add(conflict.ip() + " in use"));
            page.exclusions().forEach(exclusion -> seen.add(exclusion.ip() + " excluded"));
            assertThat(page.next() == ConflictDesk.END || page.next() > next).isTrue();
            next = page.next();
        }
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "10.0.0.100 excluded",
                        "10.0.0.101 in use",
                        "10.0.0.101 excluded",
                        "10.0.0.102 excluded",
                        "10.0.0.103 in use");
    }
}
