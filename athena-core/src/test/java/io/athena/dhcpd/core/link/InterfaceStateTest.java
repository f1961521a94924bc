package io.athena.dhcpd.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterfaceStateTest {

    private static final Ipv4 FIRST = Ipv4.parse("10.0.0.1");
    private static final Ipv4 SECOND = Ipv4.parse("10.1.0.1");
    private static final InterfaceState TWO = new InterfaceState(
            3,
            null,
            List.of(
                    new LocalAddress(FIRST, Cidr.parse("10.0.0.0/24")),
                    new LocalAddress(SECOND, Cidr.parse("10.1.0.0/24"))),
            1500,
            true,
            false);

    @Test
    void aClientReachesTheServerByTheAddressInItsOwnNetwork() {
        assertThat(TWO.addressFor(Ipv4.parse("10.1.0.50"), null)).isEqualTo(SECOND);
        assertThat(TWO.addressFor(Ipv4.parse("10.9.0.50"), null)).isEqualTo(FIRST);
    }

    @Test
    void thePreferredAddressWinsOnTheInterfaceThatOwnsIt() {
        assertThat(TWO.addressFor(Ipv4.parse("10.0.0.50"), SECOND)).isEqualTo(SECOND);
        assertThat(TWO.addressFor(Ipv4.parse("10.0.0.50"), Ipv4.parse("10.7.0.1")))
                .isEqualTo(FIRST);
    }

    @Test
    void anAbsentInterfaceServesNobody() {
        assertThat(InterfaceState.ABSENT.exists()).isFalse();
        assertThat(InterfaceState.ABSENT.isUsable()).isFalse();
        assertThat(InterfaceState.ABSENT.addressFor(FIRST, FIRST)).isNull();
        assertThat(TWO.isUsable()).isTrue();
        assertThat(TWO.owns(SECOND)).isTrue();
    }

    @Test
    void theKernelShowsTheLoopbackInterfaceAndNoneThatIsNotThere() {
        InterfaceState lo = InterfaceState.look("lo");

        assertThat(lo.loopback()).isTrue();
        assertThat(lo.isUsable()).isTrue();
        assertThat(lo.mac()).isNull();
        assertThat(lo.addresses()).contains(new LocalAddress(Ipv4.parse("127.0.0.1"), Cidr.parse("127.0.0.0/8")));
        assertThat(InterfaceState.look("nonesuch0")).isEqualTo(InterfaceState.ABSENT);
    }
}
