package io.athena.dhcpd.app.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.journal.RecoveredState;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.ddns.name.NameHolders;
import io.athena.dhcpd.ddns.name.NamedLeases;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NamedLeasesTest {

    private static final long NOW = 1_790_000_000L;
    private static final ClientKey OTHER = ClientKey.ofClientId(new byte[] {9});

    private static Lease lease(int number, LeaseState state, @Nullable String fqdn, long expiry) {
        return new Lease(
                Ipv4.parse("10.0.0." + number),
                state,
                ClientKey.ofClientId(new byte[] {(byte) number}),
                null,
                new byte[] {(byte) number},
                null,
                fqdn,
                NOW - 10,
                expiry,
                Cidr.parse("10.0.0.0/24"),
                null,
                Ipv4.ANY,
                null,
                null,
                null,
                null,
                NOW - 10,
                NOW - 10,
                null);
    }

    @Test
    void whoeverVisitsTheLeasesLeavesBehindWhoHasWhichName() {
        NameHolders holders = new NameHolders();
        RecoveredState leases = new NamedLeases(
                new LiveLeases(
                        List.of(
                                lease(1, LeaseState.ACTIVE, "a.example", NOW + 10),
                                lease(2, LeaseState.ACTIVE, "b.example", NOW - 1),
                                lease(3, LeaseState.RELEASED, "c.example", NOW + 10),
                                lease(4, LeaseState.ACTIVE, null, NOW + 10)),
                        List.of(),
                        List.of(),
                        true),
                holders,
                NOW);
        List<Ipv4> visited = new ArrayList<>();
        leases.forEachLease((address, image) -> visited.add(new Ipv4(address)));
        assertThat(visited).hasSize(4);
        assertThat(holders.otherHolder("a.example", OTHER)).isEqualTo(Ipv4.parse("10.0.0.1"));
        assertThat(holders.size()).isEqualTo(1);
        assertThat(leases.caution()).isTrue();
        assertThat(leases.newestTime()).isEqualTo(NOW - 10);
    }
}
