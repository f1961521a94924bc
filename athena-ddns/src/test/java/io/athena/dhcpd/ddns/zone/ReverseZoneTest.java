package io.athena.dhcpd.ddns.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.net.Ipv4;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReverseZoneTest {

    @ParameterizedTest
    @CsvSource({
        // Octet boundaries (RFC 1035 section 3.5).
        "in-addr.arpa,                192.0.2.5,    5.2.0.192.in-addr.arpa",
        "10.in-addr.arpa,             10.1.2.3,     3.2.1.10.in-addr.arpa",
        "10.in-addr.arpa,             11.1.2.3,     ",
        "10.10.in-addr.arpa,          10.10.0.255,  255.0.10.10.in-addr.arpa",
        "10.10.in-addr.arpa,          10.11.0.1,    ",
        "2.0.192.IN-ADDR.ARPA.,       192.0.2.5,    5.2.0.192.in-addr.arpa",
        "2.0.192.in-addr.arpa,        192.0.3.5,    ",
        "5.2.0.192.in-addr.arpa,      192.0.2.5,    5.2.0.192.in-addr.arpa",
        "5.2.0.192.in-addr.arpa,      192.0.2.6,    ",
        // Parts of an octet (RFC 2317 section 4).
        "0/25.2.0.192.in-addr.arpa,   192.0.2.5,    5.0/25.2.0.192.in-addr.arpa",
        "0/25.2.0.192.in-addr.arpa,   192.0.2.127,  127.0/25.2.0.192.in-addr.arpa",
        "0/25.2.0.192.in-addr.arpa,   192.0.2.128,  ",
        "128/26.2.0.192.in-addr.arpa, 192.0.2.127,  ",
        "128/26.2.0.192.in-addr.arpa, 192.0.2.191,  191.128/26.2.0.192.in-addr.arpa",
        "128/26.2.0.192.in-addr.arpa, 192.0.2.192,  ",
        "0-127.2.0.192.in-addr.arpa,  192.0.2.0,    0.0-127.2.0.192.in-addr.arpa",
        "0-127.2.0.192.in-addr.arpa,  192.0.2.128,  ",
        "lab.2.0.192.in-addr.arpa,    192.0.2.200,  200.lab.2.0.192.in-addr.arpa",
        "lab.2.0.192.in-addr.arpa,    192.0.3.200,  ",
        // The same on shorter boundaries.
        "0/22.16.172.in-addr.arpa,    172.16.1.5,   5.1.0/22.16.172.in-addr.arpa",
        "0/22.16.172.in-addr.arpa,    172.16.4.5,   ",
        "4-7.16.172.in-addr.arpa,     172.16.7.9,   9.7.4-7.16.172.in-addr.arpa",
        "16/12.172.in-addr.arpa,      172.31.0.1,   1.0.31.16/12.172.in-addr.arpa",
        "16/12.172.in-addr.arpa,      172.32.0.1,   ",
        // A label that is no range of the octet says nothing about which addresses are there.
        "64/25.2.0.192.in-addr.arpa,  192.0.2.5,    5.64/25.2.0.192.in-addr.arpa",
        "0/33.2.0.192.in-addr.arpa,   192.0.2.255,  255.0/33.2.0.192.in-addr.arpa",
        "9-3.2.0.192.in-addr.arpa,    192.0.2.200,  200.9-3.2.0.192.in-addr.arpa",
        "256.2.0.192.in-addr.arpa,    192.0.2.200,  200.256.2.0.192.in-addr.arpa",
    })
    void aPointerStandsUnderThisName(String zone, String address, @Nullable String owner) {
        assertThat(ReverseZone.parse(zone))
                .get()
                .extracting(reverse -> reverse.owner(Ipv4.parse(address)).orElse(null))
                .isEqualTo(owner);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.net",
                "xin-addr.arpa",
                "ip6.arpa",
                "1.2.3.4.5.in-addr.arpa",
                "lab.5.2.0.192.in-addr.arpa",
                "0/25.lab.0.192.in-addr.arpa",
                "lab.lab.192.in-addr.arpa",
                ".2.0.192.in-addr.arpa",
                "-.2.0.192.in-addr.arpa",
                "2..192.in-addr.arpa"
            })
    void otherNamesAreNoZonesOfAddresses(String zone) {
        assertThat(ReverseZone.parse(zone)).isEmpty();
    }
}
