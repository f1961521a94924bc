package io.athena.dhcpd.events.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.event.EventType;
import io.athena.dhcpd.core.event.LeaseEvent;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.events.Samples;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HookFilterTest {

    private static final Set<EventType> ALL = EnumSet.allOf(EventType.class);

    @Test
    void onlyTheKindsThatAreAskedForPass() {
        HookFilter naks = new HookFilter(Set.of(EventType.LEASE_NAK), List.of());
        assertThat(naks.admits(Samples.refused())).isTrue();
        assertThat(naks.admits(Samples.granted())).isFalse();
    }

    @Test
    void onlyAddressesOfTheSubnetsPass() {
        HookFilter here = new HookFilter(ALL, List.of(Cidr.parse("192.0.2.0/24"), Cidr.parse("10.10.0.0/24")));
        HookFilter elsewhere = new HookFilter(ALL, List.of(Cidr.parse("10.11.0.0/16")));
        HookFilter part = new HookFilter(ALL, List.of(Cidr.parse("10.10.0.96/27")));
        assertThat(here.admits(Samples.granted())).isTrue();
        assertThat(here.admits(Samples.detected())).isTrue();
        assertThat(elsewhere.admits(Samples.granted())).isFalse();
        assertThat(elsewhere.admits(Samples.detected())).isFalse();
        assertThat(part.admits(Samples.granted())).isTrue();
        assertThat(part.admits(Samples.granted(1, 200))).isFalse();
    }

    @Test
    void aClientThatAsksForAnAddressOfElsewhereIsWhereItsLinkIs() {
        LeaseEvent asked = new LeaseEvent.Refused(
                Samples.facts(
                        MacAddress.parse("02:00:00:00:00:01"),
                        Ipv4.parse("192.168.1.7"),
                        "roamer",
                        RelayInfo.NONE,
                        new byte[0]),
                DropReason.NOT_YOUR_ADDRESS,
                Samples.AT);
        assertThat(new HookFilter(ALL, List.of(Samples.SUBNET)).admits(asked)).isTrue();
        assertThat(new HookFilter(ALL, List.of(Cidr.parse("192.168.1.0/24"))).admits(asked))
                .isFalse();
    }

    @Test
    void whatHasNoPlacePassesOnlyWherePlacesDoNotMatter() {
        assertThat(new HookFilter(ALL, List.of()).admits(Samples.refused())).isTrue();
        assertThat(new HookFilter(ALL, List.of(Samples.SUBNET)).admits(Samples.refused()))
                .isFalse();
    }

    @Test
    void whatProgramsSayBecomesOneHarmlessLine() {
        assertThat(OneLine.of("first\r\nWARN forged\u001b[2J\u2028\u202etxt\n")).isEqualTo("first WARN forged [2J txt");
        assertThat(OneLine.of(new byte[] {'a', (byte) 0xff, 0})).isEqualTo("a\ufffd ");
        assertThat(OneLine.of("x".repeat(5000))).hasSize(1004).endsWith("x ...");
    }
}
