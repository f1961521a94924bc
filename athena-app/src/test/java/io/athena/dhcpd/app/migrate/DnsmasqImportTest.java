package io.athena.dhcpd.app.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.core.config.MatchKey;
import io.athena.dhcpd.core.config.SubnetConfig;
import io.athena.dhcpd.core.lease.Lease;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsmasqImportTest {

    @TempDir
    private Path folder;

    @Test
    void rangesBecomeSubnetsAndPools() throws Exception {
        Imported office = Imported.sample(Origin.DNSMASQ, "dnsmasq/dnsmasq.conf");

        assertThat(office.config().server().interfaces()).containsExactly("lo", "eth1");
        assertThat(office.config().server().authoritative()).isTrue();
        assertThat(office.config().subnets())
                .extracting(subnet -> subnet.network() + " " + subnet.scope().leaseTime() + " "
                        + subnet.pools().size())
                .containsExactly(
                        "10.50.0.0/24 43200 2",
                        "10.51.0.0/24 2700 1",
                        "10.52.0.0/22 " + Lease.FOREVER + " 0",
                        "10.53.0.0/24 null 1");
        assertThat(office.config().defaults().leaseTime()).isEqualTo(3600);
        assertThat(office.pool("10.50.0.200").match().pattern(MatchKey.VENDOR_CLASS))
                .isEqualTo("*Cisco*");
        assertThat(office.pool("10.50.0.200").scope().leaseTime()).isEqualTo(3600);
        assertThat(office.findings())
                .anyMatch(text -> text.startsWith("17: 'dhcp-range=10.53.0.50,10.53.0.150' names no mask"))
                .anyMatch(text -> text.startsWith("18: 'dhcp-range=tag:!cheap,10.53.0.160,10.53.0.170' tag !cheap"))
                .anyMatch(text -> text.contains("is about IPv6"));
    }

    @Test
    void optionsGoWhereTheirTagsAreSet() throws Exception {
        Imported office = Imported.sample(Origin.DNSMASQ, "dnsmasq/dnsmasq.conf");

        assertThat(office.config().subnets()).allMatch(SubnetConfig::rapidCommit);
        SubnetConfig guests = office.subnet("10.51.0.0/24");
        assertThat(Imported.option(guests.scope().options(), 3)).isEqualTo("10.51.0.1");
        assertThat(Imported.option(guests.scope().options(), 15)).isEqualTo("guest.office.example");
        assertThat(Imported.option(office.reservation("10.50.0.21").scope().options(), 26))
                .isEqualTo("9000");
        assertThat(office.config().classes())
                .extracting(each -> each.name() + " " + each.match().pattern(MatchKey.ARCHITECTURE) + " "
                        + each.match().pattern(MatchKey.VENDOR_CLASS) + " "
                        + Imported.option(each.scope().options(), 67)
                        + Imported.option(each.scope().options(), 66))
                .containsExactly(
                        "phones null *Cisco* 10.50.0.8",
                        "efi 7 null bootx64.efi",
                        "efi-2 9 null bootx64.efi",
                        "vendor-PXEClient null *PXEClient* ");
        assertThat(office.config().classes().get(3).scope().options().get(43)).containsExactly(6, 1, 2);
        assertThat(guests.alwaysSend()).containsExactly(208);
        assertThat(office.config().defaults().boot().nextServer()).hasToString("10.50.0.5");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            3, 0a320001
            6, 0a3200350a320135
            19, 00
            43, 01040a320009
            121, 18c0a8070a320002000a320001
            208, f100747e
            224, 6275696c64696e672c206e6f727468
            225, 0a3200090a32000a
            252, 0a
            226, 02bc
            """)
    void optionsBecomeTheBytesThatDnsmasqSends(int code, String hex) throws Exception {
        Imported office = Imported.sample(Origin.DNSMASQ, "dnsmasq/dnsmasq.conf");

        assertThat(office.config().defaults().options().get(code))
                .isEqualTo(HexFormat.of().parseHex(hex));
    }

    @Test
    void hostsWithAnAddressBecomeReservations() throws Exception {
        Imported office = Imported.sample(Origin.DNSMASQ, "dnsmasq/dnsmasq.conf");

        assertThat(office.reservation("10.50.0.20").scope().leaseTime()).isEqualTo(Lease.FOREVER);
        assertThat(office.reservation("10.50.0.21").macs()).hasToString("[02:00:00:00:00:21, 02:00:00:00:00:22]");
        assertThat(office.reservation("10.50.0.22").clientId())
                .isEqualTo(HexFormat.of().parseHex("01020000000023"));
        assertThat(office.reservation("10.50.0.23").clientId())
                .isEqualTo("terminal-9".getBytes(StandardCharsets.UTF_8));
        assertThat(office.reservation("10.50.0.30").macs())
                .as("of dhcp-hostsfile")
                .hasSize(1);
        assertThat(office.reservation("10.52.1.9").macs()).as("of conf-dir").hasSize(1);
        assertThat(office.findings())
                .anyMatch(text -> text.matches("52: .*a reservation needs a whole MAC"))
                .anyMatch(text -> text.matches("53: .*has no address; give the client an ip.*"))
                .anyMatch(text -> text.matches("54: .*keeps a client from being served.*"))
                .anyMatch(text -> text.matches("55: 10.50.0.27 is fixed, but nothing here says whose it is.*"));
    }

    @Test
    void aServerForKnownClientsOnlyIsNotOpenedToAll() throws Exception {
        Imported closed = Imported.text(Origin.DNSMASQ, folder, """
                dhcp-ignore=tag:!known
                dhcp-range=10.0.0.100,10.0.0.199,255.255.255.0
                dhcp-host=02:00:00:00:00:01,10.0.0.5
                """);

        assertThat(closed.subnet("10.0.0.0/24").pools()).isEmpty();
        assertThat(closed.reservation("10.0.0.5").macs()).hasSize(1);
        assertThat(closed.findings()).anyMatch(text -> text.startsWith("2: ") && text.contains("reservation only"));
    }

    @Test
    void whatDnsmasqSaysUnaskedIsToldOf() throws Exception {
        Imported bare = Imported.text(Origin.DNSMASQ, folder, """
                dhcp-range=10.0.0.100,10.0.0.199,255.255.255.0
                dhcp-option=6
                """);

        assertThat(bare.findings())
                .containsExactly(
                        "1: dnsmasq told clients of 10.0.0.0/24 its own address as routers; set it in [[subnet]]");
    }

    @Test
    void leasesWithZeroAsTheirEndAreForEver() throws Exception {
        ImportedNetwork network = new ImportedNetwork();
        DnsmasqLeases.read(Imported.sample("dnsmasq/dnsmasq.leases"), network);

        List<ImportedLease> leases = network.leases().inForce();
        assertThat(leases)
                .extracting(lease -> lease.ip() + " " + lease.hostname() + " " + lease.expiry())
                .containsExactly(
                        "10.50.0.101 desk-1 4039876800",
                        "10.51.0.20 null " + Lease.FOREVER,
                        "10.50.0.103 gone 1700000000",
                        "10.99.0.1 lost 4039876800",
                        "10.50.0.20 printer 4039876800");
        assertThat(leases.get(0).clientId()).isEqualTo(HexFormat.of().parseHex("01020000000101"));
        assertThat(leases.get(1).clientId()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                   | : is empty
            'dhcp-authoritative\n{ "Dhcp4": 1 }' | :2: '{ "Dhcp4": 1 }' is no line
            '\nconf-file=not-there.conf'         | :2: includes not-there.conf
            'conf-file=old.conf'                 | :1: files include each other
            '\u007fELF\u0002'                    | :1: holds the byte 0x7f
            """)
    void brokenFilesAreToldWithTheirLine(String text, String message) {
        assertThatThrownBy(() -> Imported.text(Origin.DNSMASQ, folder, text.replace("\\n", "\n")))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(folder.resolve("old.conf") + message.strip());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '\nnonsense'                                | :2: is no lease
            '0 02:00:00:00:00:01 ten * *'               | :1: 'ten' is not an IPv4 address
            '0 zz 10.0.0.1 * *'                         | :1: is 'zz'
            """)
    void brokenLeasesAreToldWithTheirLine(String text, String message) throws Exception {
        Path file = Files.writeString(folder.resolve("dnsmasq.leases"), text.replace("\\n", "\n"));
        assertThatThrownBy(() -> DnsmasqLeases.read(file, new ImportedNetwork()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(file + message.strip());
    }
}
