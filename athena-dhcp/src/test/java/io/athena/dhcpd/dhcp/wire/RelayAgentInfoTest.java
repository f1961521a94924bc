package io.athena.dhcpd.dhcp.wire;

import static io.athena.dhcpd.dhcp.wire.PacketFixtures.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.RelayInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelayAgentInfoTest {

    private static final Ipv4 GIADDR = Ipv4.parse("10.1.0.1");

    @Test
    void allThatTheRelayAgentSaysIsRead() {
        byte[] option = hex("01 04 00 04 00 03  02 03 61 62 63  05 04 0a 02 00 00  0b 04 0a 01 00 02  97 01 09  13 00");

        RelayInfo info = RelayAgentInfo.parse(option, GIADDR, 4067);

        assertThat(info.giaddr()).isEqualTo(GIADDR);
        assertThat(info.option82()).isSameAs(option);
        assertThat(info.circuitId()).isEqualTo(hex("00040003"));
        assertThat(info.remoteId()).asString().isEqualTo("abc");
        assertThat(info.linkSelection()).isEqualTo(Ipv4.parse("10.2.0.0"));
        assertThat(info.serverIdOverride()).isEqualTo(Ipv4.parse("10.1.0.2"));
        assertThat(info.relayPort()).isEqualTo(4067);
    }

    @Test
    void withoutSubOption19RepliesGoToPort67() {
        assertThat(RelayAgentInfo.parse(hex("01 01 05"), GIADDR, 4067).relayPort())
                .isEqualTo(67);
        assertThat(RelayAgentInfo.parse(null, GIADDR, 4067).relayPort()).isEqualTo(67);
    }

    @Test
    void aClientHeardDirectlyHasNoRelay() {
        assertThat(RelayAgentInfo.parse(null, Ipv4.ANY, 68)).isEqualTo(RelayInfo.NONE);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"01 04 00 04", "01 02 61 62 02", "01 02 61 62 05 05 0a 02 00 00"})
    void subOptionsThatOverrunAreNotBelievedAndTheValueIsKeptForTheEcho(String bytes) {
        byte[] option = hex(bytes);

        RelayInfo info = RelayAgentInfo.parse(option, GIADDR, 4067);

        assertThat(info.option82()).isSameAs(option);
        assertThat(info.circuitId()).isNull();
        assertThat(info.linkSelection()).isNull();
    }

    @Test
    void subOptionsOfOddLengthAreAsIfAbsent() {
        RelayInfo info = RelayAgentInfo.parse(hex("01 00 02 00 05 03 0a 02 00 0b 05 0a 02 00 00 00"), GIADDR, 67);

        assertThat(info.circuitId()).isNull();
        assertThat(info.remoteId()).isNull();
        assertThat(info.linkSelection()).isNull();
        assertThat(info.serverIdOverride()).isNull();
    }

    @Test
    void ofTwoWithOneCodeTheLastCountsAndBothAreInTheEcho() {
        byte[] option = hex("01 01 61  05 04 0a 02 00 00  01 01 62  05 04 0a 03 00 00");

        RelayInfo info = RelayAgentInfo.parse(option, GIADDR, 67);

        assertThat(info.circuitId()).asString().isEqualTo("b");
        assertThat(info.linkSelection()).isEqualTo(Ipv4.parse("10.3.0.0"));
        assertThat(info.option82()).isSameAs(option);
    }

    @ParameterizedTest(name = "{0}: link {1}, server {2}")
    @CsvSource({
        "96 04 0a020000 98 04 0a020001,                           10.2.0.0, 10.2.0.1",
        "96 04 0a020000 98 04 0a020001 05 04 0a030000 0b 04 0a030001, 10.3.0.0, 10.3.0.1",
        "05 04 0a030000 0b 04 0a030001 96 04 0a020000 98 04 0a020001, 10.3.0.0, 10.3.0.1",
        // RFC 6607 section 3.3: an empty 152 is no address
        "0b 04 0a030001 98 00,                                    ,         10.3.0.1",
        "98 00,                                                   ,         "
    })
    void ciscosNumbersStandInWhereTheNumbersOfTheRfcsAreNotSent(String bytes, String link, String server) {
        RelayInfo info = RelayAgentInfo.parse(hex(bytes), GIADDR, 67);

        assertThat(info.linkSelection()).isEqualTo(link == null ? null : Ipv4.parse(link));
        assertThat(info.serverIdOverride()).isEqualTo(server == null ? null : Ipv4.parse(server));
    }
}
