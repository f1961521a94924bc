package io.athena.dhcpd.ddns.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.config.HostPort;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.ddns.DdnsConfig;
import io.athena.dhcpd.ddns.DdnsConfig.ConflictPolicy;
import io.athena.dhcpd.ddns.DnsTarget.Rfc2136;
import io.athena.dhcpd.ddns.DnsZone;
import io.athena.dhcpd.ddns.ZoneOverride;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZoneRoutesTest {

    private static final DnsZone OFFICE = zone("office.example.net");
    private static final DnsZone WIRELESS = zone("wireless.example.net");
    private static final DnsZone GUESTS = zone("guests.wireless.example.net");
    private static final DnsZone TEN = zone("10.in-addr.arpa");
    private static final DnsZone GUEST_POINTERS = zone("0/22.16.172.in-addr.arpa");

    private static final ZoneRoutes ROUTES = ZoneRoutes.of(config(
            OFFICE,
            TEN,
            new ZoneOverride(Cidr.parse("172.16.0.0/12"), WIRELESS, null),
            new ZoneOverride(Cidr.parse("172.16.0.0/22"), GUESTS, GUEST_POINTERS)));

    @ParameterizedTest
    @CsvSource({
        "a.office.example.net,          10.0.0.0/24,    office.example.net",
        "A.Office.Example.Net.,         10.0.0.0/24,    office.example.net",
        "a.b.office.example.net,        10.0.0.0/24,    office.example.net",
        "office.example.net,            10.0.0.0/24,    ",
        "backoffice.example.net,        10.0.0.0/24,    ",
        "a.wireless.example.net,        10.0.0.0/24,    ",
        "a.wireless.example.net,        172.17.0.0/24,  wireless.example.net",
        "a.wireless.example.net,        172.16.0.0/24,  wireless.example.net",
        "a.guests.wireless.example.net, 172.16.0.0/22,  guests.wireless.example.net",
        "a.guests.wireless.example.net, 172.17.0.0/24,  wireless.example.net",
        "a.office.example.net,          172.16.0.0/22,  office.example.net",
        "a.wireless.example.net,        172.0.0.0/8,    ",
    })
    void aNameGoesToTheZoneOfTheNarrowestOverrideThatHasIt(String fqdn, String subnet, @Nullable String zone) {
        Cidr cidr = Cidr.parse(subnet);
        assertThat(ROUTES.forward(fqdn, cidr).map(DnsZone::zone).orElse(null)).isEqualTo(zone);
        if (cidr.prefix() > 8) {
            assertThat(ROUTES.forward(fqdn, cidr.network().plus(1))
                            .map(DnsZone::zone)
                            .orElse(null))
                    .as("by an address of the subnet")
                    .isEqualTo(zone);
        }
    }

    @Test
    void anAddressGoesToTheReverseZoneOfItsSubnetElseToTheCommonOne() {
        Cidr guests = Cidr.parse("172.16.0.0/22");
        assertThat(ROUTES.reverse(Ipv4.parse("172.16.1.5"), guests))
                .contains(new PointerRoute(GUEST_POINTERS, "5.1.0/22.16.172.in-addr.arpa"));
        assertThat(ROUTES.reverse(Ipv4.parse("172.16.1.5")))
                .contains(new PointerRoute(GUEST_POINTERS, "5.1.0/22.16.172.in-addr.arpa"));
        assertThat(ROUTES.reverse(Ipv4.parse("10.1.2.3"), Cidr.parse("10.1.2.0/24")))
                .contains(new PointerRoute(TEN, "3.2.1.10.in-addr.arpa"));
        assertThat(ROUTES.reverse(Ipv4.parse("172.17.0.1"), Cidr.parse("172.17.0.0/24")))
                .as("the override gives no reverse zone, and the common one has other addresses")
                .isEmpty();
    }

    @Test
    void allZonesAreToldOnce() {
        assertThat(ROUTES.forwardZones()).containsExactly(OFFICE, GUESTS, WIRELESS);
        assertThat(ROUTES.reverseZones()).containsExactly(TEN, GUEST_POINTERS);
        ZoneRoutes none = ZoneRoutes.of(config(null, null));
        assertThat(none.forwardZones()).isEmpty();
        assertThat(none.forward("a.office.example.net", Ipv4.parse("10.0.0.1"))).isEmpty();
        assertThat(none.reverse(Ipv4.parse("10.0.0.1"))).isEmpty();
    }

    private static DnsZone zone(String name) {
        return new DnsZone(name, new Rfc2136(HostPort.parse("10.0.0.1:53"), null));
    }

    private static DdnsConfig config(@Nullable DnsZone forward, @Nullable DnsZone reverse, ZoneOverride... overrides) {
        return new DdnsConfig(
                true,
                true,
                true,
                300,
                false,
                ConflictPolicy.SKIP,
                true,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofDays(1),
                forward,
                reverse,
                List.of(overrides));
    }
}
