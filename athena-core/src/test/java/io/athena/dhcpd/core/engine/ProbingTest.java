package io.athena.dhcpd.core.engine;

import static io.athena.dhcpd.core.engine.ProbedLink.SEQUENTIAL;
import static io.athena.dhcpd.core.engine.ProbedLink.SQUATTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.engine.ProbedLink.Exchange;
import io.athena.dhcpd.core.engine.ProofObserver.Proof;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ProbingTest {

    private static final ProbeRules UNCACHED = new ProbeRules(true, 1, 3, 500, 0, false);

    private final ProbedLink link = new ProbedLink(UNCACHED, "10.0.0.100", "10.0.0.109");

    private static Conflict conflictOf(ProbedLink link, String address) {
        return link.net.engine.records().view().at(Ipv4.parse(address)).conflict();
    }

    @Nested
    class BeforeAnOffer {

        @Test
        void anOfferWaitsUntilAProbeStaysUnanswered() {
            Exchange first = link.discover(1);
            assertThat(first.waits()).isTrue();
            assertThat(link.underWay).containsExactly(Ipv4.parse("10.0.0.100"));
            link.clear("10.0.0.100");
            assertThat(first.offered()).isEqualTo("10.0.0.100");
            assertThat(link.given).containsExactly(Proof.WAITED);
        }

        @Test
        void anAddressInUseIsSkippedAndItsUserNoted() {
            Exchange first = link.discover(1);
            link.answer("10.0.0.100", SQUATTER);
            assertThat(first.waits()).isTrue();
            link.clear("10.0.0.101");
            assertThat(first.offered()).isEqualTo("10.0.0.101");
            assertThat(conflictOf(link, "10.0.0.100").responderMac()).isEqualTo(SQUATTER);
            assertThat(conflictOf(link, "10.0.0.100").method()).isEqualTo(Conflict.Method.ARP_PROBE);
        }

        @Test
        void aSecondClientIsNeverToldTheAddressThatIsProbedForTheFirst() {
            Exchange first = link.discover(1);
            Exchange second = link.discover(2);
            link.clearAll();
            assertThat(first.offered()).isNotEqualTo(second.offered());
        }

        @Test
        void aRetransmittedDiscoverJoinsTheProbeThatIsUnderWay() {
            Exchange first = link.discover(1);
            Exchange again = link.discover(1);
            assertThat(link.started).hasSize(1);
            link.clearAll();
            assertThat(again.offered()).isEqualTo(first.offered());
        }

        @Test
        void copiesOfOneMessageWaitInBoundedNumber() {
            List<Exchange> copies = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                copies.add(link.discover(1));
            }
            assertThat(copies.get(3).waits()).isTrue();
            assertThat(copies.get(4).answer()).isEqualTo(new Answer.Silent(DropReason.TOO_MANY_WAITING));
        }

        @Test
        void aClientsOwnLiveLeaseIsNotProbed() {
            Exchange first = link.discover(1);
            link.clearAll();
            link.net.client(1).select(Ipv4.parse(first.offered()));
            link.net.sync();
            link.started.clear();
            assertThat(link.discover(1).offered()).isEqualTo("10.0.0.100");
            assertThat(link.started).isEmpty();
            assertThat(link.given).endsWith(Proof.EXEMPT);
        }

        @Test
        void anEndedLeaseIsProbedBeforeItsClientGetsItBack() {
            Exchange first = link.discover(1);
            link.clearAll();
            link.net.client(1).select(Ipv4.parse(first.offered()));
            link.net.sync();
            link.net.client(1).release("10.0.0.100");
            assertThat(link.discover(1).waits()).isTrue();
            assertThat(link.probes("10.0.0.100")).isTrue();
        }

        @Test
        void theOneWhoAsksMayAnswerForTheAddressItself() {
            Exchange first = link.discover(1);
            link.answer("10.0.0.100", link.net.client(1).mac);
            assertThat(first.offered()).isEqualTo("10.0.0.100");
            assertThat(conflictOf(link, "10.0.0.100")).isNull();
        }

        @Test
        void bootpAnswersAreProbedToo() {
            Exchange first = link.bootp(1);
            assertThat(first.waits()).isTrue();
            link.answer("10.0.0.100", SQUATTER);
            link.clear("10.0.0.101");
            assertThat(first.answer()).isInstanceOf(Answer.Committing.class);
            link.net.sync();
            assertThat(link.net.activeAddresses()).containsExactly("10.0.0.101");
        }

        @Test
        void anAddressThatCannotBeProbedIsOfferedAtOnce() {
            link.impossible.add(Ipv4.parse("10.0.0.100"));
            assertThat(link.discover(1).offered()).isEqualTo("10.0.0.100");
            assertThat(link.given).containsExactly(Proof.IMPOSSIBLE);
        }

        @Test
        void aProbeThatCannotBeSentHoldsNobodyUp() {
            Exchange first = link.discover(1);
            link.end("10.0.0.100", ProbeResult.Outcome.ERROR, null);
            assertThat(first.offered()).isEqualTo("10.0.0.100");
            assertThat(link.given).containsExactly(Proof.IMPOSSIBLE);
        }

        @Test
        void aProbeThatCouldNotBeCompletedIsRepeated() {
            Exchange first = link.discover(1);
            link.end("10.0.0.100", ProbeResult.Outcome.TIMEOUT, null);
            assertThat(link.probes("10.0.0.100")).isTrue();
            link.clear("10.0.0.100");
            assertThat(first.offered()).isEqualTo("10.0.0.100");
        }

        @Test
        void noMoreProbesThanConfiguredDelayOneMessage() {
            Exchange first = link.discover(1);
            link.answer("10.0.0.100", SQUATTER);
            link.answer("10.0.0.101", SQUATTER);
            link.answer("10.0.0.102", SQUATTER);
            assertThat(first.offered()).isEqualTo("10.0.0.103");
            assertThat(link.given).containsExactly(Proof.UNPROVEN);
        }

        @Test
        void aReservedAddressIsProbedOnlyWhereThatIsConfigured() {
            var reserved =
                    EngineFixture.reservation("10.0.0.9", link.net.client(1).mac.toString());
            ProbedLink trusting = new ProbedLink(UNCACHED, "10.0.0.100", "10.0.0.109", reserved);
            assertThat(trusting.discover(1).offered()).isEqualTo("10.0.0.9");
            ProbedLink careful =
                    new ProbedLink(new ProbeRules(true, 1, 3, 500, 0, true), "10.0.0.100", "10.0.0.109", reserved);
            Exchange first = careful.discover(1);
            careful.answer("10.0.0.9", SQUATTER);
            careful.clearAll();
            assertThat(first.offered()).isEqualTo("10.0.0.100");
        }
    }

    @Nested
    class AProofThatIsKept {

        private final ProbedLink cached = new ProbedLink(SEQUENTIAL, "10.0.0.100", "10.0.0.109");

        @Test
        void savesTheNextProbeOfTheSameAddressForItsTime() {
            cached.discover(1);
            cached.clearAll();
            cached.started.clear();
            assertThat(cached.discover(1).offered()).isEqualTo("10.0.0.100");
            cached.net.now += 10;
            assertThat(cached.discover(1).waits()).isTrue();
        }

        @Test
        void endsWithADecline() {
            cached.discover(1);
            cached.clearAll();
            assertThat(cached.net.client(1).decline("10.0.0.100")).isInstanceOf(Answer.Noted.class);
            assertThat(cached.discover(2).waits())
                    .as("nothing of the pool is proven any more")
                    .isTrue();
        }
    }

    @Nested
    class AheadOfTime {

        private final ProbedLink stocked = new ProbedLink(SEQUENTIAL, "10.0.0.1", "10.0.0.200");

        @Test
        void theNextNewcomerFindsAProvenAddress() {
            stocked.discover(1);
            stocked.clearAll();
            stocked.given.clear();
            Exchange second = stocked.discover(2);
            assertThat(second.waits()).isFalse();
            assertThat(stocked.given).containsExactly(Proof.READY);
        }

        @Test
        void eachNewcomerGetsAnAddressOfItsOwn() {
            Set<String> offered = new HashSet<>();
            for (int client = 1; client <= 100; client++) {
                Exchange exchange = stocked.discover(client);
                stocked.clearAll();
                offered.add(exchange.offered());
            }
            assertThat(offered).hasSize(100);
        }

        @Test
        void nothingIsProbedWithoutNewcomers() {
            for (int i = 0; i < 100; i++) {
                stocked.second();
            }
            assertThat(stocked.started).isEmpty();
        }

        @Test
        void theStockDriesUpAMinuteAfterTheLastNewcomer() {
            stocked.discover(1);
            stocked.clearAll();
            for (int i = 0; i < 61; i++) {
                stocked.second();
                stocked.clearAll();
            }
            stocked.started.clear();
            for (int i = 0; i < 60; i++) {
                stocked.second();
                stocked.clearAll();
            }
            assertThat(stocked.started).isEmpty();
        }

        @Test
        void itIsKeptFreshWhileNewcomersCome() {
            stocked.discover(1);
            for (int i = 0; i < 30; i++) {
                stocked.clearAll();
                stocked.second();
            }
            stocked.clearAll();
            assertThat(stocked.discover(2).waits()).isFalse();
        }

        @Test
        void anAnswerEmptiesItSoThatTheNextNewcomerWaits() {
            stocked.discover(1);
            stocked.clearAll();
            stocked.second();
            stocked.answerLate("10.0.0.60", SQUATTER);
            assertThat(stocked.discover(2).waits()).isTrue();
        }

        @Test
        void anAddressOfTheStockCanBeAskedFor() {
            stocked.discover(1);
            stocked.clearAll();
            assertThat(stocked.discover(2, "10.0.0.5").offered()).isEqualTo("10.0.0.5");
            Exchange third = stocked.discover(3);
            assertThat(third.offered()).isNotEqualTo("10.0.0.5");
        }

        @Test
        void probesStayWithinTwiceWhatNewcomersAskFor() {
            for (int client = 1; client <= 20; client++) {
                stocked.discover(client);
            }
            assertThat(stocked.started.size()).isBetween(20, 20 + 8 + 2 * 20);
        }

        @Test
        void itNeverTakesMoreThanHalfOfWhatIsLeft() {
            ProbedLink small = new ProbedLink(SEQUENTIAL, "10.0.0.1", "10.0.0.6");
            small.discover(1);
            assertThat(small.started.size()).isLessThanOrEqualTo(4);
        }

        @Test
        void whatIsSetAsideCountsAsFree() {
            stocked.discover(1);
            stocked.clearAll();
            int used = stocked.net.engine.records().stats().pools().get(0).used();
            assertThat(used).as("one is offered").isEqualTo(1);
        }

        @Test
        void aClientWhoseCandidatesWereAllInUseTakesOneThatIsUnderWay() {
            Exchange first = stocked.discover(1);
            List<Ipv4> ahead = new ArrayList<>(stocked.underWay);
            for (Ipv4 address : ahead.subList(0, 3)) {
                stocked.answer(address.toString(), SQUATTER);
            }
            assertThat(first.waits())
                    .as("three were tried, the stock is on its way")
                    .isTrue();
            stocked.clear(ahead.get(3).toString());
            assertThat(first.offered()).isEqualTo(ahead.get(3).toString());
            assertThat(stocked.given).containsExactly(Proof.WAITED);
        }
    }

    @Nested
    class AmongManySquatters {

        @Test
        void aClientWaitsForAsLongAsProbesAreUnderWayThatMayEndWell() {
            ProbedLink stocked = new ProbedLink(SEQUENTIAL, "10.0.0.1", "10.0.0.200");
            Exchange first = stocked.discover(1);
            List<Ipv4> ahead = new ArrayList<>(stocked.underWay);
            for (Ipv4 address : ahead.subList(0, 6)) {
                stocked.answer(address.toString(), SQUATTER);
            }
            assertThat(first.waits()).isTrue();
            stocked.clear(ahead.get(6).toString());
            assertThat(first.offered()).isEqualTo(ahead.get(6).toString());
        }
    }

    @Nested
    class InParallel {

        private final ProbedLink parallel =
                new ProbedLink(new ProbeRules(true, 3, 3, 500, 0, false), "10.0.0.100", "10.0.0.150");

        @Test
        void severalCandidatesAreProbedAtOnceAndTheFirstFreeOneIsOffered() {
            Exchange first = parallel.discover(1);
            assertThat(parallel.started).hasSize(3);
            parallel.answer("10.0.0.100", SQUATTER);
            parallel.answer("10.0.0.101", SQUATTER);
            assertThat(first.waits()).isTrue();
            assertThat(parallel.started)
                    .as("no probe was started that would take longer")
                    .hasSize(3);
            parallel.clear("10.0.0.102");
            assertThat(first.offered()).isEqualTo("10.0.0.102");
        }

        @Test
        void candidatesOfOneClientAreNotCountedForAnother() {
            parallel.discover(1);
            Exchange second = parallel.discover(2);
            parallel.clearAll();
            assertThat(second.offered()).isNotEqualTo("10.0.0.100");
        }
    }

    @Nested
    class ALateAnswer {

        @Test
        void takesAnOfferBackThatIsNotAcknowledged() {
            Exchange first = link.discover(1);
            link.clearAll();
            link.answerLate(first.offered(), SQUATTER);
            assertThat(link.net.client(1).select(Ipv4.parse("10.0.0.100")))
                    .isEqualTo(new Answer.Refused(DropReason.ADDRESS_UNUSABLE));
            assertThat(conflictOf(link, "10.0.0.100").responderMac()).isEqualTo(SQUATTER);
        }

        @Test
        void leavesAnAcknowledgedLeaseAlone() {
            Exchange first = link.discover(1);
            link.clearAll();
            link.net.client(1).select(Ipv4.parse(first.offered()));
            link.net.sync();
            link.answerLate("10.0.0.100", SQUATTER);
            assertThat(link.net.client(1).renew("10.0.0.100")).isInstanceOf(Answer.Committing.class);
            assertThat(conflictOf(link, "10.0.0.100")).as("but it is known").isNotNull();
        }

        @Test
        void byIcmpIsTheHoldersOnceTheAddressIsGranted() {
            Exchange first = link.discover(1);
            link.clearAll();
            link.net.client(1).select(Ipv4.parse(first.offered()));
            link.net.sync();
            link.answerLate("10.0.0.100", null);
            assertThat(conflictOf(link, "10.0.0.100")).isNull();
        }

        @Test
        void ofTheClientThatHoldsTheAddressIsNone() {
            Exchange first = link.discover(1);
            link.clearAll();
            link.answerLate("10.0.0.100", link.net.client(1).mac);
            link.net.client(1).select(Ipv4.parse(first.offered()));
            link.net.sync();
            link.answerLate("10.0.0.100", link.net.client(1).mac);
            assertThat(conflictOf(link, "10.0.0.100")).isNull();
        }
    }

    @Test
    void aMachineMayHaveTheAddressThatAProbeFoundItOn() {
        link.discover(1);
        link.answer("10.0.0.100", link.net.client(2).mac);
        link.clearAll();
        assertThat(conflictOf(link, "10.0.0.100"))
                .as("it is another's than client 1's")
                .isNotNull();
        Exchange owner = link.discover(2, "10.0.0.100");
        link.clearAll();
        assertThat(owner.offered()).isEqualTo("10.0.0.100");
        assertThat(link.net.client(2).select(Ipv4.parse("10.0.0.100"))).isInstanceOf(Answer.Committing.class);
    }

    @Test
    void inCautionAHolderWithoutRecordKeepsTheAddressThatItWasProbedOn() {
        EngineSettings cautious = new EngineSettings(60, true, Long.MAX_VALUE, false, 3600, 12 * 3600, 3, UNCACHED);
        ProbedLink lost = new ProbedLink(cautious, "10.0.0.100", "10.0.0.109");
        lost.discover(1);
        lost.answer("10.0.0.109", lost.net.client(2).mac);
        lost.clearAll();
        assertThat(lost.net.client(2).renew("10.0.0.109")).isInstanceOf(Answer.Committing.class);
    }

    @Test
    void aConflictIsNeverOfferedEvenWhenNothingElseIsLeft() {
        ProbedLink one = new ProbedLink(UNCACHED, "10.0.0.100", "10.0.0.100");
        Exchange only = one.discover(1);
        one.answer("10.0.0.100", SQUATTER);
        assertThat(only.answer()).isEqualTo(new Answer.Silent(DropReason.NO_FREE_ADDRESS));
    }

    @Test
    void afterTheHoldTheAddressIsProbedAgain() {
        ProbedLink one = new ProbedLink(UNCACHED, "10.0.0.100", "10.0.0.100");
        one.discover(1);
        one.answer("10.0.0.100", SQUATTER);
        one.net.now += 3600;
        one.net.engine.tick(one.net.now);
        Exchange again = one.discover(1);
        assertThat(again.waits()).isTrue();
        one.clearAll();
        assertThat(again.offered()).isEqualTo("10.0.0.100");
    }

    @Test
    void aReloadWhileAProbeIsUnderWayLosesNobody() {
        Exchange first = link.discover(1);
        link.net.engine.reconfigure(
                EngineFixture.topology(List.of(), true, "10.0.0.50", "10.0.0.59")
                        .links()
                        .get(0),
                ProbedLink.settings(UNCACHED));
        link.clear("10.0.0.100");
        link.clearAll();
        assertThat(first.offered()).isEqualTo("10.0.0.50");
    }
}
