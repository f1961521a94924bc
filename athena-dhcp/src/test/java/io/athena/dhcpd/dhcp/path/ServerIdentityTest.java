package io.athena.dhcpd.dhcp.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.config.TomlConfig;
import io.athena.dhcpd.core.link.InterfaceState;
import io.athena.dhcpd.core.link.LocalAddress;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.option.StandardOptions;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.TopologyCompiler;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.listen.ListenSettings;
import io.athena.dhcpd.dhcp.listen.ServedInterface;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Option 54 around a lease, for which there is no packet. */
class ServerIdentityTest {

    private static final RelayInfo RELAYED = new RelayInfo(Ipv4.parse("10.0.1.254"), null, null, null, null, null, 67);

    private final ServedInterface here = served("eth0", "10.0.0.1");
    private final ServedInterface elsewhere = served("eth1", "10.9.0.1");

    @Test
    void aClientOnALinkOfOursKnowsTheAddressOfTheInterfaceThere() {
        assertThat(identity(null, elsewhere, here).serverIdAround(link("10.0.0.0/24"), RelayInfo.NONE))
                .isEqualTo(Ipv4.parse("10.0.0.1"));
    }

    @Test
    void aRelayedClientKnowsTheConfiguredAddress() {
        assertThat(identity("10.9.0.1", here, elsewhere).serverIdAround(link("10.0.1.0/24"), RELAYED))
                .isEqualTo(Ipv4.parse("10.9.0.1"));
    }

    @Test
    void whereARelayAgentMayReachSeveralAddressesNoneIsGuessed() {
        assertThat(identity(null, here).serverIdAround(link("10.0.1.0/24"), RELAYED))
                .isEqualTo(Ipv4.parse("10.0.0.1"));
        assertThat(identity(null, here, elsewhere).serverIdAround(link("10.0.1.0/24"), RELAYED))
                .isNull();
    }

    @Test
    void anInterfaceThatIsGoneHasNone() {
        assertThat(identity(null, served("eth0", null)).serverIdAround(link("10.0.0.0/24"), RelayInfo.NONE))
                .isNull();
    }

    private static ServerIdentity identity(@Nullable String serverId, ServedInterface... interfaces) {
        return new ServerIdentity(serverId == null ? null : Ipv4.parse(serverId), null, List.of(interfaces));
    }

    private static ServedInterface served(String name, @Nullable String address) {
        List<LocalAddress> addresses =
                address == null ? List.of() : List.of(new LocalAddress(Ipv4.parse(address), Cidr.parse("10.0.0.0/8")));
        return ServedInterface.imagined(
                name,
                new ListenSettings(List.of(name), 67, 68, null),
                new InterfaceState(1, null, addresses, 1500, true, false),
                (datagram, to, port, frameTo) -> {},
                TimeSource.system());
    }

    private static Link link(String network) {
        String toml = "[server]\ninterface = \"eth0\"\n[[subnet]]\nnetwork = \"" + network + "\"\n";
        return TopologyCompiler.compile(
                        Objects.requireNonNull(
                                TomlConfig.parse(toml, Path.of("/x.toml"), List.of(), StandardOptions.registry())
                                        .config()),
                        List.of())
                .links()
                .get(0);
    }
}
