package io.athena.dhcpd.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.engine.EngineFixture.Client;
import io.athena.dhcpd.core.engine.NamePolicy.Name;
import io.athena.dhcpd.core.journal.CorruptRecordException;
import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.journal.Previous;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the end of a lease when the disk does not take it: names in DNS and the history wait for that. */
class LeaseEndsTest {

    private static final Ipv4 FIRST = Ipv4.parse("10.0.0.100");

    private final EngineFixture net = new EngineFixture();
    private final Client client = net.client(1);

    @BeforeEach
    void aClientHasALeaseWithAName() {
        net.names = new NamePolicy() {
            @Override
            public Name decide(ClientRequest request, Assignment assignment, @Nullable Lease own) {
                return new Name(request.mac() + ".example", true, null, NameGround.FALLBACK);
            }

            @Override
            public Name stored(Lease lease) {
                return new Name(lease.fqdn(), true, null, NameGround.STORED);
            }
        };
        assertThat(client.lease()).isEqualTo(FIRST);
    }

    private ManualJournal.Entry newest() {
        return net.journal.appended.get(net.journal.appended.size() - 1);
    }

    private Lease written() throws CorruptRecordException {
        return LeaseCodec.decode(newest().image());
    }

    private Previous replaced() throws CorruptRecordException {
        return Previous.decode(Objects.requireNonNull(newest().previous(), "nothing is said of the lease before"));
    }

    private void assertThatTheEndIsWritten(int records, LeaseState how) throws Exception {
        assertThat(net.journal.appended).hasSize(records);
        assertThat(written().state()).isEqualTo(how);
        assertThat(replaced().fqdn()).isEqualTo(client.mac + ".example");
        net.sync();
        net.engine.tick(net.now);
        assertThat(net.journal.appended).as("once is enough").hasSize(records);
    }

    @Test
    void aReleaseThatAFullDiskRefusesIsWrittenOnceThereIsRoom() throws Exception {
        net.journal.writable = false;
        client.release("10.0.0.100");
        net.engine.tick(net.now);
        assertThat(net.journal.appended).hasSize(1);
        net.journal.writable = true;
        net.engine.tick(net.now);
        assertThatTheEndIsWritten(2, LeaseState.RELEASED);
        assertThat(net.heard).extracting(Lease::state).containsExactly(LeaseState.ACTIVE, LeaseState.RELEASED);
    }

    @Test
    void aReleaseThatIsLostOnItsWayToTheDiskIsWrittenAgain() throws Exception {
        client.release("10.0.0.100");
        net.failDisk();
        net.engine.tick(net.now);
        assertThatTheEndIsWritten(3, LeaseState.RELEASED);
        assertThat(net.heard).extracting(Lease::state).containsExactly(LeaseState.ACTIVE, LeaseState.RELEASED);
    }

    @Test
    void aLeaseWithANameExpiresWhenThatCanBeWritten() throws Exception {
        net.now += EngineFixture.HOUR + 1;
        net.journal.writable = false;
        assertThat(net.engine.tick(net.now))
                .as("more to do at once, which would keep the lane busy")
                .isFalse();
        assertThat(net.activeAddresses()).isEmpty();
        net.journal.writable = true;
        net.engine.tick(net.now);
        assertThatTheEndIsWritten(2, LeaseState.EXPIRED);
    }

    @Test
    void aNewHolderTellsWhomTheJournalStillKnows() throws Exception {
        net.journal.writable = false;
        client.release("10.0.0.100");
        net.journal.writable = true;
        Client other = net.client(2);
        EngineFixture.granted(other.select(FIRST));
        assertThat(written().key()).isEqualTo(other.key);
        assertThat(replaced().key()).isEqualTo(client.key);
        assertThat(replaced().fqdn()).isEqualTo(client.mac + ".example");
        net.engine.tick(net.now);
        net.sync();
        net.engine.tick(net.now);
        assertThat(net.journal.appended).hasSize(2);
        other.renew("10.0.0.100");
        assertThat(replaced().fqdn()).isEqualTo(other.mac + ".example");
    }

    @Test
    void aNewHolderWhoseLeaseIsLostTooLeavesTheEndOwed() throws Exception {
        net.journal.writable = false;
        client.release("10.0.0.100");
        net.journal.writable = true;
        EngineFixture.granted(net.client(2).select(FIRST));
        net.failDisk();
        net.engine.tick(net.now);
        assertThatTheEndIsWritten(3, LeaseState.RELEASED);
    }
}
