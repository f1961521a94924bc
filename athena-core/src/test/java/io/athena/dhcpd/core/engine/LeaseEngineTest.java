package io.athena.dhcpd.core.engine;

import static io.athena.dhcpd.core.engine.EngineFixture.HOUR;
import static io.athena.dhcpd.core.engine.EngineFixture.granted;
import static io.athena.dhcpd.core.engine.EngineFixture.offered;
import static io.athena.dhcpd.core.engine.EngineFixture.reservation;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.engine.EngineFixture.Client;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseEngineTest {

    private static Answer.Refused nak(DropReason reason) {
        return new Answer.Refused(reason);
    }

    private static Answer.Silent silence(DropReason reason) {
        return new Answer.Silent(reason);
    }

    @Nested
    class Allocation {

        private final EngineFixture net = new EngineFixture();

        @Test
        void aNewClientIsOfferedTheLowestAddressThatNeverWasAnybodys() {
            assertThat(offered(net.client(1).discover())).hasToString("10.0.0.100");
            assertThat(offered(net.client(2).discover())).hasToString("10.0.0.101");
        }

        @Test
        void aRepeatedDiscoverGetsTheSameOffer() {
            Client client = net.client(1);
            assertThat(offered(client.discover())).isEqualTo(offered(client.discover()));
        }

        @Test
        void aClientGetsTheAddressItAsksForWhenThatIsFree() {
            assertThat(offered(net.client(1).discoverAsking("10.0.0.102"))).hasToString("10.0.0.102");
            assertThat(offered(net.client(2).discoverAsking("10.0.0.102"))).hasToString("10.0.0.100");
        }

        @ParameterizedTest
        @ValueSource(strings = {"10.0.0.1", "10.0.0.2", "10.0.0.0", "10.0.0.255", "10.0.0.50", "192.0.2.1", "0.0.0.0"})
        void anAddressThatIsNotOursToGiveIsNotOfferedForTheAsking(String address) {
            assertThat(offered(net.client(1).discoverAsking(address))).hasToString("10.0.0.100");
        }

        @Test
        void aReturningClientGetsItsAddressBackAlthoughAnotherOneIsLower() {
            Client client = net.client(1);
            net.client(9).lease();
            Ipv4 address = client.lease();
            assertThat(client.release(address.toString())).isInstanceOf(Answer.Noted.class);
            assertThat(net.client(9).release("10.0.0.100")).isInstanceOf(Answer.Noted.class);
            assertThat(offered(client.discover())).isEqualTo(address);
        }

        @Test
        void amongEndedLeasesTheOneThatEndedLongestAgoIsReused() {
            for (int i = 1; i <= 4; i++) {
                net.client(i).lease();
            }
            net.client(3).release("10.0.0.102");
            net.now += 10;
            net.client(1).release("10.0.0.100");
            assertThat(offered(net.client(8).discover())).hasToString("10.0.0.102");
            assertThat(offered(net.client(9).discover())).hasToString("10.0.0.100");
        }

        @Test
        void aFullPoolMeansSilence() {
            for (int i = 1; i <= 4; i++) {
                net.client(i).lease();
            }
            assertThat(net.client(5).discover()).isEqualTo(silence(DropReason.NO_FREE_ADDRESS));
        }

        @Test
        void whenNothingIsFreeTheOldestUnansweredOfferToAStrangerIsRecalled() {
            Client slow = net.client(1);
            Ipv4 recalled = offered(slow.discover());
            for (int i = 2; i <= 4; i++) {
                net.client(i).discover();
            }
            Client late = net.client(5);
            assertThat(offered(late.discover())).isEqualTo(recalled);
            assertThat(slow.select(recalled)).isEqualTo(nak(DropReason.NOT_YOUR_ADDRESS));
        }

        @Test
        void anOfferToAClientThatHadALeaseIsNeverRecalledForAStranger() {
            Client known = net.client(1);
            Ipv4 own = known.lease();
            known.release(own.toString());
            known.discover();
            for (int i = 2; i <= 4; i++) {
                net.client(i).lease();
            }
            assertThat(net.client(5).discover()).isEqualTo(silence(DropReason.NO_FREE_ADDRESS));
            assertThat(granted(known.select(own))).isEqualTo(own);
        }

        @Test
        void clientsInventedOnOneRelayPortTakeBackOnlyTheOffersOfThatPort() {
            Client good = net.behindPort("ge-0/0/1", 1);
            Ipv4 address = offered(good.discover());
            for (int i = 2; i <= 200; i++) {
                assertThat(offered(net.behindPort("ge-0/0/2", i).discover())).isNotEqualTo(address);
            }
            assertThat(granted(good.select(address))).isEqualTo(address);
        }

        @Test
        void aRelayPortHoldsNoMoreThanItsShareOfOffersToNewcomers() {
            EngineFixture wide = EngineFixture.withPool("10.0.0.100", "10.0.0.249");
            for (int i = 1; i <= 140; i++) {
                wide.behindPort("ge-0/0/2", i).discover();
            }
            assertThat(wide.engine.records().stats().offers()).isEqualTo(OfferBook.RECALLABLE_A_PORT);
            for (int i = 200; i < 290; i++) {
                wide.client(i).discover();
            }
            assertThat(wide.engine.records().stats().offers()).isEqualTo(150);
        }

        @Test
        void anOfferThatIsAnsweredIsNotTakenBackWhileItsLeaseIsOnTheWayToTheDisk() {
            Client quick = net.client(1);
            Ipv4 address = offered(quick.discover());
            quick.select(address);
            for (int i = 2; i <= 5; i++) {
                assertThat(offered(net.client(i).discover())).isNotEqualTo(address);
            }
            net.sync();
            assertThat(net.activeAddresses()).containsExactly(address.toString());
        }

        @Test
        void aRecalledOfferIsOneThatTheAskingClientMayHave() {
            EngineFixture bootp = new EngineFixture(EngineFixture.settings(false, false), List.of(), true);
            for (int i = 1; i <= 4; i++) {
                bootp.client(i).discover();
            }
            assertThat(granted(bootp.client(5).bootp())).hasToString("10.0.0.100");

            for (int i = 1; i <= 4; i++) {
                net.client(i).discover();
            }
            assertThat(net.client(5).bootp()).isEqualTo(silence(DropReason.NO_BOOTP_BINDING));
            assertThat(net.engine.records().stats().offers()).isEqualTo(4);
        }

        @Test
        void anOfferLapsesAfterItsHoldAndTheAddressIsUntouchedAgain() {
            net.client(1).discover();
            net.now += 60;
            net.engine.tick(net.now);
            assertThat(offered(net.client(2).discover())).hasToString("10.0.0.100");
        }

        @Test
        void inCautionNewClientsGetAddressesFromTheFarEndOfThePool() {
            EngineFixture cautious = new EngineFixture(EngineFixture.settings(false, true), List.of(), false);
            assertThat(offered(cautious.client(1).discover())).hasToString("10.0.0.103");
            assertThat(offered(cautious.client(2).discover())).hasToString("10.0.0.102");
        }

        @Test
        void aRouterAndTheServerInsideThePoolAreNeverGiven() {
            EngineFixture wide = new EngineFixture();
            wide.engine.reconfigure(
                    EngineFixture.topology(List.of(), false, "10.0.0.0", "10.0.0.4")
                            .links()
                            .get(0),
                    EngineFixture.settings(false, false));
            assertThat(offered(wide.client(1).discover())).hasToString("10.0.0.3");
            assertThat(offered(wide.client(2).discover())).hasToString("10.0.0.4");
            assertThat(wide.engine.records().stats().pools().get(0).addresses()).isEqualTo(2);
        }
    }

    @Nested
    class Commit {

        private final EngineFixture net = new EngineFixture();

        @Test
        void aLeaseExistsOnlyOnceItIsDurable() {
            Client client = net.client(1);
            Ipv4 address = offered(client.discover());
            assertThat(client.select(address)).isInstanceOf(Answer.Committing.class);
            assertThat(net.activeAddresses()).isEmpty();
            net.sync();
            assertThat(net.activeAddresses()).containsExactly("10.0.0.100");
        }

        @Test
        void theOwnerOfAChangeGoesOnBeforeThoseWhoWaitBehindIt() {
            Client client = net.client(1);
            Ipv4 address = offered(client.discover());
            List<String> order = new ArrayList<>();
            PendingChange change = ((Answer.Committing) client.select(address)).change();
            change.ownedBy(durable -> order.add("owner " + durable));
            net.commits.parkBehind(change, () -> order.add("waiter"));
            assertThat(net.commits.parked()).isEqualTo(1);
            net.sync();
            assertThat(order).containsExactly("owner true", "waiter");
            assertThat(net.commits.parked()).isZero();
        }

        @Test
        void anotherClientNeverGetsAnAddressWhoseChangeIsOnItsWay() {
            Client first = net.client(1);
            Ipv4 address = offered(first.discover());
            first.select(address);
            assertThat(net.client(2).select(address)).isInstanceOf(Answer.Behind.class);
            assertThat(offered(net.client(3).discoverAsking(address.toString())))
                    .isNotEqualTo(address);
        }

        @Test
        void aClientThatAsksAgainMeanwhileWaitsForItsOwnChange() {
            Client client = net.client(1);
            Ipv4 address = offered(client.discover());
            client.select(address);
            assertThat(client.select(address)).isInstanceOf(Answer.Behind.class);
            assertThat(client.discover()).isInstanceOf(Answer.Behind.class);
            assertThat(client.release(address.toString())).isInstanceOf(Answer.Behind.class);
            assertThat(client.decline(address.toString())).isInstanceOf(Answer.Behind.class);
        }

        @Test
        void theSameRequestAgainIsAnsweredWithoutAnotherRecordAndWithTheRemainingTime() {
            Client client = net.client(1);
            Ipv4 address = offered(client.discover());
            client.select(address, 77);
            net.sync();
            int records = net.journal.appended.size();
            net.now += 4;
            Answer again = client.select(address, 77);
            assertThat(again).isInstanceOf(Answer.Granted.class);
            assertThat(((Answer.Granted) again).assignment().leaseSeconds()).isEqualTo(HOUR - 4);
            assertThat(net.journal.appended).hasSize(records);
            net.now += 10;
            assertThat(client.select(address, 77)).isInstanceOf(Answer.Committing.class);
        }

        @Test
        void aFailedWriteLeavesNothingBehind() {
            Client client = net.client(1);
            Ipv4 address = offered(client.discover());
            Answer.Committing committing = (Answer.Committing) client.select(address);
            List<Boolean> outcome = new ArrayList<>();
            committing.change().ownedBy(outcome::add);
            net.failDisk();
            assertThat(outcome).containsExactly(false);
            assertThat(net.activeAddresses()).isEmpty();
            assertThat(net.engine.afterFailure(
                            client.message(io.athena.dhcpd.core.lease.MessageType.REQUEST, Ipv4.ANY, address, null, 1),
                            committing.assignment(),
                            net.now))
                    .isEqualTo(silence(DropReason.LEASE_NOT_WRITTEN));
            granted(client.select(address));
            net.sync();
            assertThat(net.activeAddresses()).containsExactly("10.0.0.100");
        }

        @Test
        void aFailureTakesOnlyTheChangesItNames() {
            Client first = net.client(1);
            Client second = net.client(2);
            Ipv4 one = offered(first.discover());
            Ipv4 two = offered(second.discover());
            first.select(one);
            net.journal.fail();
            second.select(two);
            net.journal.sync();
            net.commits.settle();
            assertThat(net.activeAddresses()).containsExactly("10.0.0.101");
        }

        @Test
        void withoutRoomForARecordARenewalIsGrantedItsRemainingTimeAndANewLeaseMeetsSilenceNeverANak() {
            Client holder = net.client(1);
            Ipv4 address = holder.lease();
            Client other = net.client(2);
            Ipv4 offer = offered(other.discover());
            net.journal.writable = false;
            net.now += HOUR / 2;
            Answer renewed = holder.renew(address.toString());
            assertThat(((Answer.Granted) renewed).assignment().leaseSeconds()).isEqualTo(HOUR / 2);
            assertThat(other.select(offer)).isEqualTo(silence(DropReason.LEASE_NOT_WRITTEN));
        }
    }

    @Nested
    class Requests {

        private final EngineFixture net = new EngineFixture();

        @Test
        void aRenewalExtendsTheLeaseAndKeepsItsStart() {
            Client client = net.client(1);
            Ipv4 address = client.lease();
            long start = net.now;
            net.now += HOUR / 2;
            granted(client.renew(address.toString()));
            net.sync();
            Lease lease = net.engine.records().find(address);
            assertThat(lease.start()).isEqualTo(start);
            assertThat(lease.expiry()).isEqualTo(net.now + HOUR);
        }

        @Test
        void aRestartedClientGetsItsLeaseConfirmed() {
            Client client = net.client(1);
            Ipv4 address = client.lease();
            assertThat(granted(client.reboot(address.toString()))).isEqualTo(address);
        }

        @Test
        void aRestartedClientOnAnotherNetworkHearsSo() {
            assertThat(net.client(1).reboot("192.168.7.7")).isEqualTo(nak(DropReason.WRONG_NETWORK));
        }

        @Test
        void aRestartedClientWithoutARecordMeetsSilenceUnlessWeAreAuthoritative() {
            assertThat(net.client(1).reboot("10.0.0.100")).isEqualTo(silence(DropReason.NO_RECORD));
            EngineFixture authoritative = new EngineFixture(EngineFixture.settings(true, false), List.of(), false);
            assertThat(authoritative.client(1).reboot("10.0.0.100")).isEqualTo(nak(DropReason.NO_RECORD));
        }

        @Test
        void aRenewalWithoutARecordIsGrantedWhenWeAreAuthoritativeOrCautious() {
            assertThat(net.client(1).renew("10.0.0.101")).isEqualTo(silence(DropReason.NO_RECORD));
            EngineFixture authoritative = new EngineFixture(EngineFixture.settings(true, false), List.of(), false);
            assertThat(granted(authoritative.client(1).renew("10.0.0.101"))).hasToString("10.0.0.101");
            EngineFixture cautious = new EngineFixture(EngineFixture.settings(false, true), List.of(), false);
            assertThat(granted(cautious.client(1).renew("10.0.0.101"))).hasToString("10.0.0.101");
        }

        @Test
        void anotherClientNeverGetsAnAckForALeasedAddress() {
            Ipv4 address = net.client(1).lease();
            Client thief = net.client(2);
            assertThat(thief.select(address)).isEqualTo(nak(DropReason.NOT_YOUR_ADDRESS));
            assertThat(thief.reboot(address.toString())).isEqualTo(nak(DropReason.NOT_YOUR_ADDRESS));
            assertThat(thief.renew(address.toString())).isEqualTo(nak(DropReason.NOT_YOUR_ADDRESS));
        }

        @ParameterizedTest
        @ValueSource(strings = {"10.0.0.1", "10.0.0.2", "10.0.0.0", "10.0.0.255"})
        void routerServerNetworkAndBroadcastAddressAreRefused(String address) {
            assertThat(net.client(1).select(Ipv4.parse(address))).isEqualTo(nak(DropReason.ADDRESS_UNUSABLE));
            assertThat(net.client(1).renew(address)).isEqualTo(nak(DropReason.ADDRESS_UNUSABLE));
        }

        @Test
        void anAddressOfTheSubnetOutsideEveryPoolIsNotOursToJudge() {
            assertThat(net.client(1).renew("10.0.0.50")).isEqualTo(silence(DropReason.NOT_OURS));
            assertThat(net.client(1).reboot("10.0.0.50")).isEqualTo(silence(DropReason.NOT_OURS));
        }

        @Test
        void aClientThatChoseAnotherServerFreesOurOffer() {
            Client client = net.client(1);
            Ipv4 address = offered(client.discover());
            assertThat(client.selectElsewhere(Ipv4.parse("10.0.0.200"))).isEqualTo(silence(DropReason.OTHER_SERVER));
            assertThat(offered(net.client(2).discover())).isEqualTo(address);
        }

        @Test
        void anOfferMadeBeforeARestartIsStillHonoured() {
            assertThat(granted(net.client(1).select(Ipv4.parse("10.0.0.103")))).hasToString("10.0.0.103");
        }

        @Test
        void aLeaseThatTheTopologyNoLongerPermitsKeepsItsAddressButIsNakedWhenTheClientAsks() {
            Client client = net.client(1);
            Ipv4 address = client.lease();
            net.engine.reconfigure(
                    EngineFixture.topology(List.of(), false, "10.0.0.200", "10.0.0.201")
                            .links()
                            .get(0),
                    EngineFixture.settings(false, false));
            assertThat(net.activeAddresses()).containsExactly("10.0.0.100");
            assertThat(client.renew(address.toString())).isEqualTo(nak(DropReason.NOT_YOUR_ADDRESS));
            assertThat(offered(client.discover())).hasToString("10.0.0.200");
        }

        @Test
        void aNewLeaseOnTheLinkEndsTheOldOne() {
            Client client = net.client(1);
            client.lease();
            net.engine.reconfigure(
                    EngineFixture.topology(List.of(), false, "10.0.0.200", "10.0.0.201")
                            .links()
                            .get(0),
                    EngineFixture.settings(false, false));
            client.lease();
            assertThat(net.activeAddresses()).containsExactly("10.0.0.200");
            assertThat(net.engine.records().find(Ipv4.parse("10.0.0.100")).state())
                    .isEqualTo(LeaseState.RELEASED);
        }
    }

    @Nested
    class ReleaseAndDecline {

        private final EngineFixture net = new EngineFixture();

        @Test
        void onlyTheHolderCanReleaseOrDecline() {
            Ipv4 address = net.client(1).lease();
            assertThat(net.client(2).release(address.toString())).isEqualTo(silence(DropReason.NOT_HOLDER));
            assertThat(net.client(2).decline(address.toString())).isEqualTo(silence(DropReason.NOT_HOLDER));
            assertThat(net.activeAddresses()).containsExactly("10.0.0.100");
        }

        @Test
        void aDeclinedAddressIsWithheldUntilTheHoldEnds() {
            Client client = net.client(1);
            Ipv4 address = client.lease();
            assertThat(client.decline(address.toString())).isInstanceOf(Answer.Noted.class);
            assertThat(net.engine.records().stats().withheld()).isEqualTo(1);
            assertThat(offered(client.discover())).isNotEqualTo(address);
            assertThat(net.client(2).select(address)).isEqualTo(nak(DropReason.ADDRESS_UNUSABLE));
            net.now += HOUR;
            net.engine.tick(net.now);
            assertThat(net.engine.records().stats().withheld()).isZero();
            assertThat(granted(net.client(2).select(address))).isEqualTo(address);
        }

        @Test
        void theThirdDeclineWithholdsTheAddressUntilSomebodyClearsIt() {
            EngineFixture one = new EngineFixture();
            one.engine.reconfigure(
                    EngineFixture.topology(List.of(), false, "10.0.0.100", "10.0.0.100")
                            .links()
                            .get(0),
                    EngineFixture.settings(false, false));
            for (int i = 1; i <= 3; i++) {
                Client client = one.client(i);
                Ipv4 address = client.lease();
                client.decline(address.toString());
                one.now += 2 * HOUR;
                one.engine.tick(one.now);
            }
            assertThat(one.engine.records().stats().withheld()).isEqualTo(1);
            assertThat(one.client(9).discover()).isEqualTo(silence(DropReason.NO_FREE_ADDRESS));
        }

        @Test
        void anOfferedAddressCanBeDeclined() {
            Client client = net.client(1);
            Ipv4 address = offered(client.discover());
            assertThat(client.decline(address.toString())).isInstanceOf(Answer.Noted.class);
            assertThat(offered(client.discover())).isNotEqualTo(address);
        }
    }

    @Nested
    class Reservations {

        private static final String OWNER = "02:00:00:00:00:01";
        private final EngineFixture net = EngineFixture.withReservations(reservation("10.0.0.101", OWNER));

        @Test
        void anOfferOutlivesItsReservationOnlyWhereNobodyElseHasTheAddress() {
            EngineFixture laptop =
                    EngineFixture.withReservations(reservation("10.0.0.102", "02:00:00:00:00:01", "02:00:00:00:00:02"));
            Ipv4 address = laptop.client(1).lease();
            assertThat(offered(laptop.client(2).discover())).isEqualTo(address);

            laptop.engine.reconfigure(
                    EngineFixture.topology(List.of(), false).links().get(0), EngineFixture.settings(false, false));
            for (int i = 2; i <= 9; i++) {
                assertThat(offered(laptop.client(i).discover())).isNotEqualTo(address);
            }
            assertThat(laptop.activeAddresses()).containsExactly(address.toString());
        }

        @Test
        void aReservedAddressGoesToItsOwnerAndToNobodyElse() {
            assertThat(offered(net.client(1).discover())).hasToString("10.0.0.101");
            Client other = net.client(2);
            assertThat(offered(other.discover())).hasToString("10.0.0.100");
            assertThat(other.select(Ipv4.parse("10.0.0.101"))).isEqualTo(nak(DropReason.NOT_YOUR_ADDRESS));
            assertThat(other.renew("10.0.0.101")).isEqualTo(nak(DropReason.NOT_YOUR_ADDRESS));
        }

        @Test
        void aReservationMayLieOutsideThePools() {
            EngineFixture outside = EngineFixture.withReservations(reservation("10.0.0.7", OWNER));
            assertThat(outside.client(1).lease()).hasToString("10.0.0.7");
        }

        @Test
        void aClientWithAnotherLeaseIsMovedToItsReservation() {
            EngineFixture later = new EngineFixture();
            Client client = later.client(1);
            Ipv4 dynamic = client.lease();
            later.engine.reconfigure(
                    EngineFixture.topology(List.of(reservation("10.0.0.103", OWNER)), false)
                            .links()
                            .get(0),
                    EngineFixture.settings(false, false));
            assertThat(client.renew(dynamic.toString())).isEqualTo(nak(DropReason.NOT_YOUR_ADDRESS));
            assertThat(client.lease()).hasToString("10.0.0.103");
        }

        @Test
        void whoHoldsTheAddressSinceBeforeTheReservationKeepsItToItsEnd() {
            EngineFixture later = new EngineFixture();
            Client squatter = later.client(2);
            Ipv4 address = squatter.lease();
            later.engine.reconfigure(
                    EngineFixture.topology(List.of(reservation(address.toString(), OWNER)), false)
                            .links()
                            .get(0),
                    EngineFixture.settings(false, false));
            Client owner = later.client(1);
            assertThat(offered(owner.discover())).isNotEqualTo(address);
            later.now += 2 * HOUR;
            later.engine.tick(later.now);
            assertThat(offered(owner.discover())).isEqualTo(address);
        }
    }

    @Nested
    class Time {

        private final EngineFixture net = new EngineFixture();

        @Test
        void aLeaseEndsAtItsExpiryWhetherItWasReapedOrNot() {
            Client client = net.client(1);
            Ipv4 address = client.lease();
            net.now += HOUR;
            assertThat(net.activeAddresses()).isEmpty();
            net.engine.tick(net.now);
            assertThat(net.engine.records().find(address).state()).isEqualTo(LeaseState.EXPIRED);
            assertThat(net.engine.records().stats().leases()).containsEntry(LeaseState.EXPIRED, 1);
        }

        @Test
        void anExpiryThatConcernsNobodyIsNotJournalled() {
            net.client(1).lease();
            int records = net.journal.appended.size();
            net.now += HOUR;
            net.engine.tick(net.now);
            assertThat(net.journal.appended).hasSize(records);
        }

        @Test
        void whileTheClockCannotBeBelievedNoEndedLeaseIsReused() {
            EngineSettings suspended = new EngineSettings(60, true, 0, true, HOUR, HOUR, 3);
            EngineFixture doubtful = new EngineFixture(suspended, List.of(), false);
            for (int i = 1; i <= 4; i++) {
                doubtful.client(i).lease();
            }
            doubtful.now += 10 * HOUR;
            doubtful.engine.tick(doubtful.now);
            assertThat(doubtful.client(9).discover()).isEqualTo(silence(DropReason.NO_FREE_ADDRESS));
            assertThat(doubtful.client(9).select(Ipv4.parse("10.0.0.100"))).isEqualTo(nak(DropReason.OFFER_GONE));
            assertThat(granted(doubtful.client(2).renew("10.0.0.101"))).hasToString("10.0.0.101");
        }
    }

    @Nested
    class BootpAndInform {

        @Test
        void aBootpClientIsServedForEverWhereThePoolSaysSo() {
            EngineFixture net = new EngineFixture(EngineFixture.settings(false, false), List.of(), true);
            Client client = net.client(1);
            Answer first = client.bootp();
            net.sync();
            assertThat(net.engine.records().find(granted(first)).expiry()).isEqualTo(Lease.FOREVER);
            assertThat(client.bootp()).isInstanceOf(Answer.Granted.class);
        }

        @Test
        void elsewhereABootpClientNeedsAReservation() {
            EngineFixture net = EngineFixture.withReservations(reservation("10.0.0.9", "02:00:00:00:00:01"));
            assertThat(net.client(2).bootp()).isEqualTo(silence(DropReason.NO_BOOTP_BINDING));
            assertThat(granted(net.client(1).bootp())).hasToString("10.0.0.9");
        }
    }

    @Nested
    class Start {

        @Test
        void aRestartedServerKnowsEveryDurableLease() throws Exception {
            EngineFixture before = new EngineFixture();
            Client client = before.client(1);
            before.client(2).lease();
            client.lease();
            EngineFixture after = new EngineFixture();
            for (var lease : before.journal.durableLeases.entrySet()) {
                after.engine.records().load(new Ipv4(lease.getKey()), lease.getValue());
            }
            after.engine.records().loaded();
            assertThat(after.activeAddresses()).containsExactly("10.0.0.100", "10.0.0.101");
            assertThat(granted(after.client(1).reboot("10.0.0.101"))).hasToString("10.0.0.101");
            after.sync();
            assertThat(after.client(2).reboot("10.0.0.101")).isEqualTo(nak(DropReason.NOT_YOUR_ADDRESS));
            assertThat(offered(after.client(3).discover())).hasToString("10.0.0.102");
        }

        @Test
        void anAddressWhoseRecordIsDamagedIsGivenToNobody() {
            EngineFixture net = new EngineFixture();
            net.engine.records().quarantine(Ipv4.parse("10.0.0.100"), net.now);
            assertThat(offered(net.client(1).discoverAsking("10.0.0.100"))).hasToString("10.0.0.101");
        }

        @Test
        void anImportedLeaseIsTakenOverUnlessAnotherClientHoldsTheAddress() {
            EngineFixture net = new EngineFixture();
            Ipv4 address = net.client(1).lease();
            Lease lease = net.engine.records().find(address);
            EngineFixture target = new EngineFixture();
            assertThat(target.engine.records().takeOver(lease, target.now)).isInstanceOf(Answer.Committing.class);
            target.sync();
            assertThat(target.engine.records().find(address))
                    .usingRecursiveComparison()
                    .isEqualTo(lease);
            EngineFixture taken = new EngineFixture();
            taken.client(2).lease();
            assertThat(taken.engine.records().takeOver(lease, taken.now)).isEqualTo(nak(DropReason.NOT_YOUR_ADDRESS));
        }
    }
}
