package io.athena.dhcpd.dhcp.wire;

import static io.athena.dhcpd.dhcp.wire.PacketFixtures.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.RelayInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
}
