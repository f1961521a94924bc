package io.athena.dhcpd.events.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.journal.Previous;
import io.athena.dhcpd.core.journal.RecordKind;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.store.FollowerStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private final Ledger ledger = new Ledger(100);

    @Test
    void aGrantAndAReleaseAreAnEntryEach() {
        Lease lease = Leases.granted("a", 1000, 2000);
        ledger.tail.write(lease, null);
        ledger.tail.write(lease.ended(LeaseState.RELEASED, 1500), previous(lease));
        assertThat(ledger.write().store.told())
                .containsExactly("1000 granted 192.0.2.5 a", "1500 released 192.0.2.5 a");
        assertThat(ledger.at(999)).isEqualTo("NOBODY");
        assertThat(ledger.at(1000)).isEqualTo("a");
        assertThat(ledger.at(1499)).isEqualTo("a");
        assertThat(ledger.at(1500)).isEqualTo("NOBODY");
    }

    @Test
    void aRenewalIsNoEntryAndWhoRenewedStillHasTheAddress() {
        ledger.tail.write(Leases.granted("a", 1000, 2000), null);
        Lease renewed = Leases.held(Leases.IP, "a", "a", 1000, 2900, 1900);
        ledger.tail.write(renewed, null);
        assertThat(ledger.write().store.told()).containsExactly("1000 granted 192.0.2.5 a");
        assertThat(ledger.at(Leases.IP, 2500, 2600, Optional.of(renewed))).isEqualTo("a");
        HistoryAnswer answer = new HistoryBook(ledger.store).answer(Leases.IP, 2500, 2600, Optional.of(renewed));
        assertThat(answer.to()).isEqualTo(HistoryAnswer.NOT_YET);
        assertThat(answer.entry().lease().expiry()).isEqualTo(2900);
    }

    @Test
    void aLeaseThatRanOutWhileNoServerRanEndedAtItsExpiry() {
        Lease lease = Leases.granted("a", 1000, 2000);
        ledger.tail.write(lease, null);
        ledger.write();
        assertThat(ledger.at(Leases.IP, 1999, 5000, Optional.of(lease))).isEqualTo("a");
        assertThat(ledger.at(Leases.IP, 2000, 5000, Optional.of(lease))).isEqualTo("NOBODY");
        ledger.tail.write(lease.ended(LeaseState.EXPIRED, 5000), previous(lease));
        assertThat(ledger.write().store.told()).endsWith("2000 expired 192.0.2.5 a");
    }

    @Test
    void aClientThatGetsAnAddressWithoutAnEndSeenSupersedesItsHolder() {
        Lease first = Leases.granted("a", 1000, 9000);
        ledger.tail.write(first, null);
        ledger.tail.write(Leases.granted("b", 1500, 9000), previous(first));
        assertThat(ledger.write().store.told())
                .containsExactly("1000 granted 192.0.2.5 a", "1500 superseded 192.0.2.5 a", "1500 granted 192.0.2.5 b");
        assertThat(ledger.at(1499)).isEqualTo("a");
        assertThat(ledger.at(1500)).isEqualTo("b");
    }

    @Test
    void aClientThatComesBackAfterItsExpiryHadABreak() {
        Lease first = Leases.granted("a", 1000, 2000);
        ledger.tail.write(first, null);
        ledger.tail.write(Leases.granted("a", 3000, 4000), previous(first));
        assertThat(ledger.write().store.told())
                .containsExactly("1000 granted 192.0.2.5 a", "2000 expired 192.0.2.5 a", "3000 granted 192.0.2.5 a");
        assertThat(ledger.at(2500)).isEqualTo("NOBODY");
    }

    @Test
    void anotherNameOrRelayIsAChange() {
        ledger.tail.write(Leases.granted("a", 1000, 2000), null);
        ledger.tail.write(Leases.held(Leases.IP, "a", "renamed", 1000, 3000, 1200), null);
        ledger.tail.write(
                Leases.lease(Leases.IP, LeaseState.ACTIVE, "a", "renamed", new byte[] {1}, 1000, 3000, 1300), null);
        assertThat(ledger.write().store.told())
                .containsExactly(
                        "1000 granted 192.0.2.5 a", "1200 changed 192.0.2.5 renamed", "1300 changed 192.0.2.5 renamed");
        assertThat(ledger.at(1100)).isEqualTo("a");
        assertThat(ledger.at(1250)).isEqualTo("renamed");
    }

    @Test
    void anEndIsAsGoodAsABeginningForWhoWasNeverSeenToGetTheAddress() {
        Lease lease = Leases.granted("a", 1000, 2000);
        ledger.tail.write(lease.ended(LeaseState.DECLINED, 1500), null);
        ledger.write();
        assertThat(ledger.at(1200)).isEqualTo("a");
        assertThat(ledger.at(1500)).isEqualTo("NOBODY");
    }

    @Test
    void aClockThatWasSetBackPutsNoEndBeforeItsBeginning() {
        Lease lease = Leases.granted("a", 1000, 2000);
        ledger.tail.write(lease, null);
        ledger.tail.write(lease.ended(LeaseState.RELEASED, 400), previous(lease));
        assertThat(ledger.write().store.told())
                .containsExactly("1000 granted 192.0.2.5 a", "1000 released 192.0.2.5 a");
        assertThat(ledger.at(1000)).isEqualTo("NOBODY");
    }

    @Test
    void whatWasBeforeTheHistoryIsNotCalledNobody() {
        assertThat(ledger.at(99)).isEqualTo("BEFORE");
        assertThat(ledger.at(100)).isEqualTo("NOBODY");
        ledger.save(Landmarks.gap(new Landmarks.Gap(500, 600)));
        assertThat(ledger.at(499)).isEqualTo("NOBODY");
        assertThat(ledger.at(500)).isEqualTo("OFF");
        assertThat(ledger.at(600)).isEqualTo("NOBODY");
    }

    @Test
    void recordsOfOtherThingsAreNobodysLease() {
        ledger.tail.write(RecordKind.TERM, new byte[] {1});
        assertThat(ledger.write().store.told()).isEmpty();
    }

    @Test
    void anEntryThatCannotBeUnderstoodIsLeftOut() {
        ledger.tail.write(Leases.granted("a", 1000, 2000), null);
        ledger.write();
        byte[] key = EntryKey.of(new HistoryBook(ledger.store)
                        .answer(Leases.IP, 1000, 1000, Optional.empty())
                        .entry())
                .byTime();
        ledger.store.save(1, List.of(new FollowerStore.Entry(key, new byte[] {9, 9, 9})));
        assertThat(ledger.at(1000)).isEqualTo("NOBODY");
        assertThat(page(new HistoryQuery(Leases.IP, null, null, 0, Long.MAX_VALUE)))
                .isEmpty();
    }

    @Test
    void nothingIsWrittenWhileNothingHappensAndTheCursorFollowsRenewals() {
        ledger.tail.write(Leases.granted("a", 1000, 2000), null);
        ledger.write();
        int saves = ledger.store.saves;
        ledger.pass(3600, 0);
        assertThat(ledger.store.saves).isEqualTo(saves);
        ledger.tail.write(Leases.held(Leases.IP, "a", "a", 1000, 2900, 1900), null);
        ledger.read(10);
        ledger.pass(29, 0);
        assertThat(ledger.store.cursor()).isEqualTo(2);
        assertThat(ledger.tail.released).isEqualTo(2);
    }

    @Test
    void whatCannotBeSavedIsSavedLater() {
        ledger.tail.write(Leases.granted("a", 1000, 2000), null);
        ledger.read(10);
        ledger.store.failing = true;
        assertThat(ledger.save()).isFalse();
        ledger.store.failing = false;
        ledger.pass(9, 0);
        assertThat(ledger.store.told()).isEmpty();
        ledger.pass(1, 0);
        assertThat(ledger.store.told()).containsExactly("1000 granted 192.0.2.5 a");
    }

    @Test
    void pagesHoldTheNewestFirstAndGoOnWhereTheyEnded() {
        for (int i = 0; i < 10; i++) {
            Ipv4 ip = new Ipv4(Leases.IP.bits() + i % 2);
            String client = String.valueOf((char) ('a' + i));
            ledger.tail.write(Leases.held(ip, client, client, 1000 + i, 9000, 1000 + i), null);
        }
        ledger.write();
        assertThat(page(new HistoryQuery(null, null, null, 1004, 1006)))
                .containsExactly(
                        "1006 granted",
                        "1006 superseded",
                        "1005 granted",
                        "1005 superseded",
                        "1004 granted",
                        "1004 superseded");
        assertThat(page(new HistoryQuery(Leases.IP, null, null, 0, 1002)))
                .containsExactly("1002 granted", "1002 superseded", "1000 granted");
        assertThat(page(new HistoryQuery(null, Leases.mac("c"), null, 0, Long.MAX_VALUE)))
                .containsExactly("1004 superseded", "1002 granted");
        assertThat(page(new HistoryQuery(null, null, new byte[] {1}, 0, Long.MAX_VALUE)))
                .isEmpty();
    }

    private List<String> page(HistoryQuery query) {
        HistoryBook book = new HistoryBook(ledger.store);
        List<String> told = new ArrayList<>();
        byte[] next = {};
        do {
            HistoryPage page = book.page(query, next, 2);
            page.entries()
                    .forEach(entry -> told.add(entry.time() + " " + entry.kind().tag()));
            next = page.next();
        } while (next.length > 0);
        return told;
    }

    static Previous previous(Lease lease) {
        return new Previous(lease.key(), null, lease.expiry(), null);
    }
}
