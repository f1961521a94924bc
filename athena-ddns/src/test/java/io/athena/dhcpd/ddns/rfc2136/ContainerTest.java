package io.athena.dhcpd.ddns.rfc2136;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.athena.dhcpd.core.config.HostPort;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.DdnsConfig.ConflictPolicy;
import io.athena.dhcpd.ddns.DnsTarget.Rfc2136;
import io.athena.dhcpd.ddns.update.NameRecord;
import io.athena.dhcpd.ddns.update.Outcome;
import io.athena.dhcpd.ddns.update.UpdateRules;
import io.athena.dhcpd.ddns.update.ZoneUpdater;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * BIND as its makers ship it, in a container. Only its TCP port is reached from outside, which also shows that updates go
 * on where no datagram comes through.
 */
class ContainerTest {

    private static final DockerImageName IMAGE = DockerImageName.parse("internetsystemsconsortium/bind9:9.20");
    private static final int DNS = 53;

    private static final String CONFIG = """
            options { directory "/var/cache/bind"; recursion no; listen-on { any; }; };
            key "key-hmac-sha256" { algorithm hmac-sha256; secret "%s"; };
            zone "office.example.net" {
              type primary;
              file "/var/lib/bind/office.zone";
              update-policy { grant key-hmac-sha256 zonesub A DHCID; };
            };
            """.formatted(NameServer.SECRET);

    private static final String ZONE = """
            $ORIGIN office.example.net.
            $TTL 300
            @ IN SOA ns.example.net. admin.example.net. 1 3600 600 86400 60
            @ IN NS ns.example.net.
            """;

    @Test
    void aNameAppearsAndVanishesInAContainersZone() throws Exception {
        assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "no container engine runs here");
        try (GenericContainer<?> bind = new GenericContainer<>(IMAGE)) {
            bind.withExposedPorts(DNS)
                    .withCopyToContainer(Transferable.of(CONFIG), "/etc/bind/named.conf")
                    .withCopyToContainer(Transferable.of(ZONE), "/var/lib/bind/office.zone")
                    .start();
            HostPort address = new HostPort(bind.getHost(), bind.getMappedPort(DNS));
            try (ZoneUpdater zone = Rfc2136Updater.of(
                    "office.example.net",
                    new Rfc2136(address, NameServer.KEY),
                    new UpdateRules(300, ConflictPolicy.SKIP, true),
                    TimeSource.system())) {
                NameRecord record = new NameRecord(
                        "host.office.example.net",
                        Ipv4.parse("10.10.0.5"),
                        ClientKey.ofHardware(MacAddress.parse("02:00:00:00:00:0a")));
                assertThat(zone.add(record)).isEqualTo(Outcome.DONE);
                assertThat(zone.look(record.fqdn()).addresses()).containsExactly(record.address());
                assertThat(zone.remove(record)).isEqualTo(Outcome.DONE);
                assertThat(zone.look(record.fqdn()).addresses()).isEmpty();
            }
        }
    }
}
