package io.athena.dhcpd.core.engine;

import static io.athena.dhcpd.core.engine.EngineFixture.HOUR;
import static io.athena.dhcpd.core.engine.EngineFixture.granted;
import static io.athena.dhcpd.core.engine.EngineFixture.offered;
import static io.athena.dhcpd.core.engine.EngineFixture.reservation;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.engine.EngineFixture.Client;
import io.athena.dhcpd.core.journal.RecordKind;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.lease.Wishes;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.RelayInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where two things that are right alone meet: an expiry and a renewal, BOOTP and DHCP, a hold and a hold. */
class LateTrapsTest {

    private static final Ipv4 FIRST = Ipv4.parse("10.0.0.100");

    @Test
    void aLeaseThatRunsOutWhileItsRenewalIsWrittenLeavesNoLaterRecordOfItsEnd() {
        EngineFixture net = new EngineFixture();
        net.engine.records().takeOver(named(net.client(1), FIRST, net.now), net.now);
        net.sync();
        net.now += HOUR - 1;
        net.client(1).renew("10.0.0.100");
        net.now += 1;
        net.engine.tick(net.now);
        net.sync();
        assertThat(net.journal.appended).extracting(ManualJournal.Entry::kind).doesNotContain(RecordKind.EXPIRE);
        assertThat(net.activeAddresses()).containsExactly("10.0.0.100");
    }

    @Test
    void theEndOfALeaseWithoutANameIsJournalledWhereAHistoryAsksForIt() throws Exception {
        EngineSettings every = EngineFixture.settings(false, false).journallingEveryExpiry(true);
        EngineFixture net = new EngineFixture(every, List.of(), false);
        net.client(1).lease();
        net.client(2).lease();
        net.now += HOUR;
        net.engine.tick(net.now);
        net.sync();
        assertThat(net.journal.appended)
                .filteredOn(entry -> entry.kind() == RecordKind.EXPIRE)
                .extracting(ManualJournal.Entry::address)
                .containsExactlyInAnyOrder(FIRST.bits(), FIRST.bits() + 1);

        EngineFixture restarted = new EngineFixture(every, List.of(), false);
        for (var lease : net.journal.durableLeases.entrySet()) {
            restarted.engine.records().load(new Ipv4(lease.getKey()), lease.getValue());
        }
        restarted.engine.records().loaded();
        assertThat(restarted.engine.records().find(FIRST).state()).isEqualTo(LeaseState.EXPIRED);
        assertThat(restarted.activeAddresses()).isEmpty();
        restarted.now = net.now;
        assertThat(restarted.client(1).lease()).as("its client gets it back").isEqualTo(FIRST);
        restarted.engine.tick(restarted.now);
        assertThat(restarted.journal.appended)
                .as("an end is journalled once")
                .extracting(ManualJournal.Entry::kind)
                .doesNotContain(RecordKind.EXPIRE);
    }

    @Test
    void theEndOfALeaseWithoutANameIsNotJournalledOtherwise() {
        EngineFixture net = new EngineFixture();
        net.client(1).lease();
        net.now += HOUR;
        net.engine.tick(net.now);
        assertThat(net.journal.appended).extracting(ManualJournal.Entry::kind).doesNotContain(RecordKind.EXPIRE);
        assertThat(net.engine.records().find(FIRST).state()).isEqualTo(LeaseState.EXPIRED);
        net.engine.reconfigure(
                EngineFixture.topology(List.of(), false).links().get(0),
                EngineFixture.settings(false, false).journallingEveryExpiry(true));
        net.client(2).lease();
        net.now += HOUR;
        net.engine.tick(net.now);
        assertThat(net.journal.appended).extracting(ManualJournal.Entry::kind).contains(RecordKind.EXPIRE);
    }

    @Test
    void aLeaseWhoseRenewalWasNotWrittenStillRunsOut() {
        EngineFixture net = new EngineFixture();
        net.client(1).lease();
        net.client(1).renew("10.0.0.100");
        net.failDisk();
        net.now += HOUR;
        net.engine.tick(net.now);
        assertThat(net.engine.records().find(FIRST).state()).isEqualTo(LeaseState.EXPIRED);
    }

    @Test
    void aBootpClientIsNotAnsweredWithALeaseThatEnds() {
        EngineFixture net = new EngineFixture(EngineFixture.settings(false, false), List.of(), true);
        Client client = net.client(1);
        granted(client.select(offered(client.discover()), 7));
        net.sync();
        assertThat(net.engine.bootp(bootp(client, 7), Search.NEW, net.now)).isInstanceOf(Answer.Committing.class);
        net.failDisk();
        Assignment wanted = new Assignment(
                FIRST,
                net.engine.inform(bootp(client, 8), net.now).subnet(),
                null,
                net.engine.inform(bootp(client, 8), net.now).terms(),
                0);
        assertThat(net.engine.afterFailure(bootp(client, 8), wanted, net.now))
                .isEqualTo(new Answer.Silent(DropReason.LEASE_NOT_WRITTEN));
        net.journal.writable = false;
        assertThat(net.engine.bootp(bootp(client, 8), Search.NEW, net.now))
                .isEqualTo(new Answer.Silent(DropReason.LEASE_NOT_WRITTEN));
    }

    @Test
    void aShorterRenewalOrImportShortensNothingThatTheClientWasPromised() {
        EngineFixture net = new EngineFixture();
        Client client = net.client(1);
        client.lease();
        long promised = net.now + HOUR;
        Answer shorter = net.engine.confirm(renewal(client, 60), net.now);
        net.sync();
        assertThat(((Answer.Committing) shorter).assignment().leaseSeconds()).isEqualTo(60);
        assertThat(net.engine.records().find(FIRST).expiry()).isEqualTo(promised);
        Answer again = net.engine.confirm(renewal(client, 60), net.now + 2);
        assertThat(((Answer.Granted) again).assignment().leaseSeconds()).isEqualTo(60);
        net.engine.records().takeOver(named(client, FIRST, net.now - 100), net.now);
        net.sync();
        assertThat(net.engine.records().find(FIRST).expiry()).isEqualTo(promised);
    }

    @Test
    void anImportDoesNotEndTheLeaseThatTheClientUses() {
        EngineFixture net = new EngineFixture();
        net.client(1).lease();
        net.engine.records().takeOver(named(net.client(1), Ipv4.parse("10.0.0.103"), net.now), net.now);
        net.sync();
        assertThat(net.activeAddresses()).containsExactly("10.0.0.100", "10.0.0.103");
    }

    @Test
    void ofTwoHoldsOnOneAddressTheLongerCounts() {
        EngineFixture net = new EngineFixture();
        net.engine.records().quarantine(FIRST, net.now);
        net.engine.records().load(conflict(net.now + 60, false));
        net.now += 60;
        net.engine.tick(net.now);
        assertThat(net.engine.records().stats().withheld()).isEqualTo(1);
        assertThat(offered(net.client(1).discover())).hasToString("10.0.0.101");
        net.now += 12 * HOUR;
        net.engine.tick(net.now);
        assertThat(net.engine.records().stats().withheld()).isZero();
    }

    @Test
    void whatOnlyAPersonMayClearStaysWithheldWhenItsRecordIsDamagedToo() {
        EngineFixture net = new EngineFixture();
        net.engine.records().load(conflict(net.now, true));
        net.engine.records().quarantine(FIRST, net.now);
        net.now += 100 * HOUR;
        net.engine.tick(net.now);
        assertThat(net.engine.records().stats().withheld()).isEqualTo(1);
    }

    @Test
    void anAddressThatWasFoundInUseSinceItWasOfferedIsNotOfferedAgain() {
        EngineFixture net = new EngineFixture();
        assertThat(offered(net.client(1).discover())).isEqualTo(FIRST);
        net.engine.records().quarantine(FIRST, net.now);
        assertThat(offered(net.client(1).discover())).hasToString("10.0.0.101");
    }

    @Test
    void whileTheClockCannotBeBelievedNoReservationTakesAnAddressFromItsHolder() {
        EngineSettings suspended = new EngineSettings(60, true, 0, true, HOUR, HOUR, 3);
        EngineFixture net = new EngineFixture(suspended, List.of(), false);
        net.client(1).lease();
        net.engine.reconfigure(
                EngineFixture.topology(List.of(reservation("10.0.0.100", "02:00:00:00:00:09")), false)
                        .links()
                        .get(0),
                suspended);
        net.now += 10 * HOUR;
        assertThat(offered(net.client(9).discover())).hasToString("10.0.0.101");
    }

    @Test
    void inCautionNoReservationTakesAnAddressWhoseLeaseMayHaveBeenRenewedInARecordThatIsLost() {
        EngineSettings caution = EngineFixture.settings(false, true);
        EngineFixture net = new EngineFixture(caution, List.of(), false);
        assertThat(net.client(1).lease()).hasToString("10.0.0.103");
        assertThat(net.client(2).lease()).hasToString("10.0.0.102");
        net.client(2).release("10.0.0.102");
        net.engine.reconfigure(
                EngineFixture.topology(
                                List.of(
                                        reservation("10.0.0.103", "02:00:00:00:00:09"),
                                        reservation("10.0.0.102", "02:00:00:00:00:08")),
                                false)
                        .links()
                        .get(0),
                caution);
        net.now += HOUR;
        assertThat(offered(net.client(9).discover())).as("ended, not reaped").hasToString("10.0.0.101");
        net.engine.tick(net.now);
        assertThat(offered(net.client(9).discover())).as("ended and reaped").hasToString("10.0.0.101");
        assertThat(offered(net.client(8).discover()))
                .as("given back by its client")
                .hasToString("10.0.0.102");
    }

    @Test
    void whileTheClockCannotBeBelievedNoImportTakesAnAddressFromItsHolder() {
        EngineFixture net = new EngineFixture(new EngineSettings(60, true, 0, true, HOUR, HOUR, 3), List.of(), false);
        net.client(1).lease();
        net.now += 10 * HOUR;
        assertThat(net.engine.records().takeOver(named(net.client(2), FIRST, net.now), net.now))
                .isEqualTo(new Answer.Refused(DropReason.NOT_YOUR_ADDRESS));
    }

    @Test
    void whoWaitsAgainWhileOthersGoOnIsCountedOnce() {
        EngineFixture net = new EngineFixture();
        PendingChange first = change(net.client(1).select(FIRST));
        net.commits.parkBehind(
                first, () -> net.commits.parkBehind(change(net.client(1).renew("10.0.0.100")), () -> {}));
        net.sync();
        assertThat(net.commits.parked()).isEqualTo(1);
        net.sync();
        assertThat(net.commits.parked()).isZero();
    }

    private static PendingChange change(Answer answer) {
        return ((Answer.Committing) answer).change();
    }

    private static ClientRequest bootp(Client client, int xid) {
        return client.message(MessageType.BOOTP, Ipv4.ANY, null, null, xid);
    }

    private static ClientRequest renewal(Client client, long seconds) {
        return new ClientRequest(
                MessageType.REQUEST,
                77,
                client.key,
                client.mac,
                null,
                FIRST,
                null,
                null,
                false,
                seconds,
                Wishes.NONE,
                null,
                null,
                null,
                null,
                null,
                RelayInfo.NONE);
    }

    private static Conflict conflict(long until, boolean permanent) {
        return new Conflict(
                FIRST,
                Cidr.parse("10.0.0.0/24"),
                Conflict.Method.CLIENT_DECLINE,
                null,
                until - 60,
                until,
                3,
                permanent,
                false);
    }

    private static Lease named(Client client, Ipv4 address, long now) {
        return new Lease(
                address,
                LeaseState.ACTIVE,
                client.key,
                client.mac,
                null,
                "host",
                "host.example",
                now,
                now + HOUR,
                Cidr.parse("10.0.0.0/24"),
                null,
                RelayInfo.NONE.giaddr(),
                null,
                null,
                null,
                null,
                now,
                now,
                null);
    }
}
