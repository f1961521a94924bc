package io.athena.dhcpd.app.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.core.config.BootFields;
import io.athena.dhcpd.core.config.ClassConfig;
import io.athena.dhcpd.core.config.MatchConfig;
import io.athena.dhcpd.core.config.MatchKey;
import io.athena.dhcpd.core.config.ReservationConfig;
import io.athena.dhcpd.core.config.SubnetConfig;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IscImportTest {

    @TempDir
    private Path folder;

    @Test
    void subnetsKeepTheirWireTheirTimesAndTheirOptions() throws Exception {
        Imported campus = Imported.sample(Origin.ISC, "isc/dhcpd.conf");

        assertThat(campus.config().server().authoritative()).isTrue();
        assertThat(campus.config().defaults().leaseTime()).isEqualTo(28800);
        assertThat(campus.config().subnets())
                .extracting(subnet -> subnet.network() + " " + subnet.sharedNetwork())
                .containsExactly(
                        "10.20.0.0/24 wired-net", "10.20.1.0/24 wired-net", "10.30.0.0/22 null", "192.0.2.0/24 null");
        SubnetConfig wired = campus.subnet("10.20.1.0/24");
        assertThat(Imported.option(wired.scope().options(), 42)).isEqualTo("10.20.0.123");
        assertThat(Imported.option(wired.scope().options(), 121))
                .isEqualTo("192.168.7.0/24 via 10.20.1.2, 0.0.0.0/0 via 10.20.1.1");
        assertThat(campus.config().defaults().boot().nextServer()).hasToString("10.20.0.5");
        SubnetConfig lab = campus.subnet("10.30.0.0/22");
        assertThat(lab.scope().renewalTime()).isEqualTo(1800);
        assertThat(lab.scope().options().get(43)).isEqualTo(HexFormat.of().parseHex("01040a1e0009"));
        assertThat(lab.scope().options().get(225)).isEqualTo(HexFormat.of().parseHex("00010002ffff"));
        assertThat(lab.scope().options().get(226)).isEqualTo(HexFormat.of().parseHex("0a1e000902bc"));
    }

    @Test
    void optionsOfAVendorsSpaceBecomeOption43WhereTheSpaceIsChosen() throws Exception {
        Imported thinClients = Imported.text(Origin.ISC, folder, """
                option space SUNW;
                option SUNW.server-address code 2 = ip-address;
                option SUNW.server-name code 3 = text;
                option SUNW.root-path code 4 = text;
                option SUNW.server-name "sun";
                subnet 10.0.0.0 netmask 255.255.255.0 { option SUNW.root-path "elsewhere"; }
                class "ultra" {
                  match if option vendor-class-identifier = "SUNW.Ultra-5_10";
                  vendor-option-space SUNW;
                  option SUNW.server-address 10.0.0.5;
                }
                """);

        assertThat(thinClients.config().classes().get(0).scope().options().get(43))
                .isEqualTo(HexFormat.of().parseHex("0204" + "0a000005" + "0303" + "73756e"));
        assertThat(thinClients.config().defaults().options().contains(43)).isFalse();
        assertThat(thinClients.findings())
                .anyMatch(text -> text.startsWith("6: option SUNW.root-path belongs to a vendor's space"));
    }

    @Test
    void ownOptionsStayReadableInTheFile() throws Exception {
        assertThat(Imported.sample(Origin.ISC, "isc/dhcpd.conf").fitting().toml())
                .contains("code = 224\ntype = \"string\"\nvalue = \"north \\\"A\\\"\"\n")
                .contains("code = 225\ntype = \"uint16_list\"\nvalue = [1, 2, 65535]\n")
                .contains("domain_search = [\"campus.example\", \"lab.campus.example\"]\n");
    }

    @Test
    void poolsKeepWhomTheyAreFor() throws Exception {
        Imported campus = Imported.sample(Origin.ISC, "isc/dhcpd.conf");

        assertThat(campus.pool("10.20.1.10").match())
                .isEqualTo(new MatchConfig(
                        Map.of(MatchKey.VENDOR_CLASS, "Cisco IP Phon*", MatchKey.MAC, "00:1b:54:*"), null));
        assertThat(campus.pool("10.20.1.10").scope().leaseTime()).isEqualTo(3600);
        assertThat(campus.pool("10.30.1.0").match().pattern(MatchKey.CIRCUIT_ID))
                .isEqualTo("cab7/port1");
        assertThat(campus.pool("10.20.0.210").bootp()).isTrue();
        assertThat(campus.pool("10.30.3.0").range()).hasToString("10.30.3.0-10.30.3.254");
    }

    @Test
    void aPoolThatIsClosedToSomebodyIsNeverOpened() throws Exception {
        Imported campus = Imported.sample(Origin.ISC, "isc/dhcpd.conf");

        assertThat(campus.config().subnets().stream()
                        .flatMap(subnet -> subnet.pools().stream())
                        .map(pool -> pool.range().first().toString()))
                .doesNotContain("10.30.2.0", "10.30.2.64");
        assertThat(campus.findings())
                .anyMatch(text -> text.matches("(?s)\\d+: the pool is left out.*allowed-printers has 2 subclasses.*"))
                .anyMatch(text -> text.matches("(?s)\\d+: the pool is left out.*deny unknown-clients.*"));
    }

    @Test
    void hostsBecomeReservationsWithWhatTheirGroupSets() throws Exception {
        Imported campus = Imported.sample(Origin.ISC, "isc/dhcpd.conf");

        ReservationConfig thin = campus.reservation("10.20.0.12");
        assertThat(thin.macs()).containsExactly(MacAddress.parse("02:00:c0:5d:bd:96"));
        assertThat(Imported.option(thin.scope().options(), 12)).isEqualTo("thin-2");
        assertThat(Imported.option(thin.scope().options(), 17)).isEqualTo("10.20.0.5:/export");
        assertThat(thin.scope().boot()).isEqualTo(new BootFields(Ipv4.parse("10.20.0.7"), null, "vmlinuz-2"));
        assertThat(campus.reservation("10.20.0.11").macs()).containsExactly(MacAddress.parse("00:00:c0:5d:bd:95"));
        assertThat(campus.reservation("10.30.0.20").circuitId()).isEqualTo("core/1".getBytes(StandardCharsets.UTF_8));
        assertThat(campus.reservation("10.30.0.20").ddnsHostname()).isEqualTo("core");
        ReservationConfig byId = campus.reservation("10.30.0.21");
        assertThat(byId.clientId()).isEqualTo(HexFormat.of().parseHex("010200c05dbd97"));
        assertThat(Imported.option(byId.scope().options(), 12))
                .as("use-host-decl-names holds in its group only")
                .isEmpty();
        assertThat(campus.reservation("192.0.2.22").clientId())
                .isEqualTo("terminal-9".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void classesAndConditionsBecomeClassesWithPatterns() throws Exception {
        Imported campus = Imported.sample(Origin.ISC, "isc/dhcpd.conf");

        assertThat(campus.config().classes())
                .extracting(each -> each.name() + " "
                        + Objects.toString(each.scope().boot().file(), "")
                        + Imported.option(each.scope().options(), 66)
                        + Imported.option(each.scope().options(), 15))
                .containsExactly(
                        "if-on-line-45 bootx64.efi",
                        "if-on-line-47 undionly.kpxe",
                        "phones 10.20.0.8",
                        "pxe pxelinux.0",
                        "allowed-printers-1-08-00-2b-4c-39-ae print.campus.example");
        assertThat(campus.config().classes())
                .extracting(ClassConfig::match)
                .contains(
                        new MatchConfig(Map.of(MatchKey.ARCHITECTURE, "7"), null),
                        new MatchConfig(Map.of(MatchKey.VENDOR_CLASS, "PXEClient*"), null),
                        new MatchConfig(Map.of(MatchKey.MAC, "08:00:2b:4c:39:ae"), null));
    }

    @Test
    void whatIsLeftBehindIsToldWithFileLineAndCure() throws Exception {
        Imported campus = Imported.sample(Origin.ISC, "isc/dhcpd.conf");

        assertThat(campus.findings())
                .anyMatch(text -> text.startsWith("6: 'max-lease-time 86400': clients get lease_time"))
                .anyMatch(text -> text.matches("(?s)\\d+: 'key rndc-key': dynamic DNS is set up in \\[ddns].*"))
                .anyMatch(text -> text.matches("(?s)\\d+: 'failover peer .north-south.': failover is set up in.*"))
                .anyMatch(text -> text.matches("(?s)\\d+: option acme.mode belongs to a vendor's space;.*"))
                .anyMatch(text -> text.matches("(?s)\\d+: option host-name is computed for each client;.*"))
                .anyMatch(text -> text.matches("(?s)\\d+: host by-name is fixed at the name 'printer.campus.*"))
                .anyMatch(text -> text.matches("(?s)\\d+: host roaming has no fixed-address;.*"))
                .anyMatch(text -> text.matches("\\d+: reservation of 10.30.0.21 is left out: .*already reserved;.*"));
        assertThat(campus.fitting().toml()).contains("#   src/test/resources/migrate/isc/dhcpd.conf:6: 'max-lease");
    }

    @Test
    void theLastEntryOfAnAddressIsItsLease() throws Exception {
        ImportedNetwork network = new ImportedNetwork();
        IscLeases.read(Imported.sample("isc/dhcpd.leases"), network);

        List<ImportedLease> leases = network.leases().inForce();
        assertThat(leases)
                .extracting(lease -> lease.ip().toString())
                .containsExactly("10.20.0.101", "10.20.0.102", "172.16.0.9");
        ImportedLease desk = leases.get(0);
        assertThat(desk.clientId()).isEqualTo(HexFormat.of().parseHex("01020000000101"));
        assertThat(desk.mac()).isEqualTo(MacAddress.parse("02:00:00:00:01:01"));
        assertThat(desk.hostname()).isEqualTo("desk-\"one\"");
        assertThat(desk.start()).isEqualTo(1704369600);
        assertThat(desk.expiry()).isEqualTo(4039876800L);
        assertThat(leases.get(1).expiry()).isEqualTo(Lease.FOREVER);
        assertThat(network.leases().endedCount()).isEqualTo(2);
        assertThat(network.leases().declined()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            substring(option vendor-class-identifier, 0, 9) = "PXEClient"  | VENDOR_CLASS=PXEClient*
            (substring(option vendor-class-identifier,0,3) = "AST")        | VENDOR_CLASS=AST*
            option vendor-class-identifier = "PXEClient"                   | VENDOR_CLASS=PXEClient}
            exists vendor-class-identifier                                 | VENDOR_CLASS=*
            option user-class = "iPXE"                                     | USER_CLASS=iPXE
            option agent.remote-id = 00:06:aa                              | REMOTE_ID=0x0006aa
            substring(option agent.circuit-id, 0, 2) = 00:04               | CIRCUIT_ID=0x0004*
            hardware = 1:8:0:2b:4c:39:ad                                   | MAC=08:00:2b:4c:39:ad
            substring(hardware, 1, 3) = 0:1b:54                            | MAC=00:1b:54:*
            binary-to-ascii(16,8,":",substring(hardware,1,3)) = "0:1b:54"  | MAC=00:1b:54:*
            option pxe-system-type = 00:09                                 | ARCHITECTURE=9
            option vendor-class-identifier = "a*b"                         | which a pattern cannot say
            option host-name = "x"                                         | looks at option host-name
            not exists user-class                                          | which no pattern can say
            exists user-class or known                                     | which no pattern can say
            substring(option vendor-class-identifier, 3, 2) = "ab"         | looks into the middle
            substring(option vendor-class-identifier, 0, 2) = "abc"        | which is never true
            option user-class = "a" and option user-class = "b"            | looks twice
            """)
    void testsBecomePatternsOrSayWhyNot(String test, String expected) throws Exception {
        Path file = Files.writeString(folder.resolve("dhcpd.conf"), "match if " + test + ";");
        IscStatement statement = IscParser.configuration(file).get(0);

        String result;
        try {
            result = new IscMatch(new IscOptions(new Findings()))
                    .test(statement.from(2))
                    .toString();
        } catch (IllegalArgumentException e) {
            result = String.valueOf(e.getMessage());
        }
        assertThat(result).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                         | : is empty
            'default-lease-time 60;\nsubnet 10.0.0.0 netmask 255.0.0.0 {\n' | :2: the block that is opened here is never
            '\nlog-facility local7'                                    | :2: the statement that starts here has no end
            '}'                                                        | :1: a brace is closed
            'subnet 10.0.0.0 netmask 255.0.0.0 { authoritative }'      | :1: a statement ends here without a semicolon
            'option domain-name "a\nb";'                               | :1: a quotation mark is opened
            '\u007fELF\u0002\u0001'                                    | :1: holds the byte 0x7f
            'option h\u00e9 1;'                                        | :1: the character 0xe9
            '\ninclude "not-there.conf";'                              | :2: includes not-there.conf
            'include "old.conf";'                                      | :1: files include each other
            """)
    void brokenFilesAreToldWithTheirLine(String text, String message) {
        String content = text.replace("\\n", "\n");
        assertThatThrownBy(() -> Imported.text(Origin.ISC, folder, content))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(folder.resolve("old.conf") + message.strip())
                .hasMessageContaining("Nothing was written");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'lease 10.0.0.1 {\n  starts 4 2024/13/04 12:00:00;\n}' | :2: 'starts 4 2024/13/04 12:00:00'
            'lease 10.0.0.1 {\n  hardware ethernet zz;\n}'         | :2: 'hardware ethernet zz'
            'lease tenzero {}'                                     | :1: 'lease tenzero' is no lease
            'subnet 10.0.0.0 netmask 255.0.0.0 {}'                 | :1: 'subnet' does not belong in a lease file
            'lease 10.0.0.1 {\n  ends never;'                      | :1: the block that is opened here
            """)
    void brokenLeasesAreToldWithTheirLine(String text, String message) throws Exception {
        Path file = Files.writeString(folder.resolve("dhcpd.leases"), text.replace("\\n", "\n"));
        assertThatThrownBy(() -> IscLeases.read(file, new ImportedNetwork()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(file + message.strip());
    }
}
