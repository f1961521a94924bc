package io.athena.dhcpd.app.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.core.config.MatchConfig;
import io.athena.dhcpd.core.config.MatchKey;
import io.athena.dhcpd.core.config.SubnetConfig;
import io.athena.dhcpd.core.lease.Lease;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeaImportTest {

    @TempDir
    private Path folder;

    @Test
    void subnetsKeepTheirWireTheirIdentityAndTheirTimes() throws Exception {
        Imported access = Imported.sample(Origin.KEA, "kea/kea-dhcp4.conf");

        assertThat(access.config().server().interfaces()).containsExactly("lo", "eth1");
        assertThat(access.config().server().authoritative()).isTrue();
        assertThat(access.config().subnets())
                .extracting(subnet -> subnet.network() + " " + subnet.sharedNetwork() + " " + subnet.identifyByMac())
                .containsExactly(
                        "10.41.0.0/24 ring-1 true",
                        "10.41.1.0/24 ring-1 true",
                        "10.42.0.0/16 null false",
                        "10.43.0.0/24 null false");
        SubnetConfig ring = access.subnet("10.41.0.0/24");
        assertThat(Imported.option(ring.scope().options(), 42)).isEqualTo("10.40.0.123");
        assertThat(access.config().defaults().boot().nextServer()).hasToString("10.40.0.5");
        assertThat(access.reservation("10.42.0.23").scope().boot().nextServer()).hasToString("10.42.0.6");
        assertThat(access.config().classes())
                .extracting(each -> each.name() + " " + each.scope().boot().nextServer() + " "
                        + each.scope().boot().file())
                .contains("pxe 10.40.0.6 pxelinux.0", "uefi null bootx64.efi");
        assertThat(ring.alwaysSend()).containsExactly(224);
        assertThat(access.subnet("10.42.0.0/16").scope().rebindTime()).isEqualTo(75600);
        assertThat(access.config().defaults().leaseTime()).isEqualTo(3600);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            6, 0a2800350a280135
            15, 6163636573732e6578616d706c65
            21, 0a000000ff000000
            23, 40
            43, 01040a280009
            67, 612c62
            119, 06616363657373076578616d706c6500036c616206616363657373076578616d706c6500
            224, 6e6f727468
            226, 0a28000902bc
            """)
    void optionsBecomeTheBytesThatKeaSends(int code, String hex) throws Exception {
        Imported access = Imported.sample(Origin.KEA, "kea/kea-dhcp4.conf");

        assertThat(access.config().defaults().options().get(code))
                .isEqualTo(HexFormat.of().parseHex(hex));
    }

    @Test
    void optionsInsideOption43ArePackedWhereItIsSent() throws Exception {
        Imported phones = Imported.text(Origin.KEA, folder, """
                { "Dhcp4": {
                    "option-def": [ { "name": "server", "code": 1, "type": "ipv4-address",
                        "space": "vendor-encapsulated-options-space" } ],
                    "client-classes": [ { "name": "phones", "test": "option[60].text == 'phone'",
                        "option-data": [
                            { "name": "vendor-encapsulated-options" },
                            { "name": "server", "space": "vendor-encapsulated-options-space", "data": "10.0.0.5" }
                        ] } ] } }
                """);

        assertThat(phones.config().classes().get(0).scope().options().get(43))
                .isEqualTo(HexFormat.of().parseHex("01040a000005"));
    }

    @Test
    void poolsKeepWhomTheyAreForOrAreLeftOut() throws Exception {
        Imported access = Imported.sample(Origin.KEA, "kea/kea-dhcp4.conf");

        assertThat(access.pool("10.41.1.1").range()).hasToString("10.41.1.1-10.41.1.127");
        assertThat(access.pool("10.41.1.1").match().pattern(MatchKey.CIRCUIT_ID))
                .isEqualTo("0x000400010203");
        assertThat(access.pool("10.42.2.0").match())
                .isEqualTo(new MatchConfig(
                        Map.of(MatchKey.CIRCUIT_ID, "0x000400010203", MatchKey.VENDOR_CLASS, "phone"), null));
        assertThat(access.config().subnets().stream()
                        .flatMap(subnet -> subnet.pools().stream())
                        .map(pool -> pool.range().first().toString()))
                .doesNotContain("10.42.3.0", "10.42.4.0");
        assertThat(access.findings())
                .anyMatch(text -> text.matches("66: pool 10.42.3.0-10.42.3.255 is left out.*class either has 'or'.*"))
                .anyMatch(text -> text.matches("67: pool 10.42.4.0-10.42.4.255 is left out.*class KNOWN.*"));
    }

    @Test
    void reservationsKeepTheirKeys() throws Exception {
        Imported access = Imported.sample(Origin.KEA, "kea/kea-dhcp4.conf");

        assertThat(access.reservation("10.42.0.20").macs()).hasToString("[1a:1b:1c:1d:1e:1f]");
        assertThat(Imported.option(access.reservation("10.42.0.20").scope().options(), 12))
                .isEqualTo("printer");
        assertThat(access.reservation("10.42.0.21").clientId())
                .isEqualTo(HexFormat.of().parseHex("01112233445566"));
        assertThat(access.reservation("10.42.0.22").clientId())
                .isEqualTo("terminal-9".getBytes(StandardCharsets.UTF_8));
        assertThat(access.reservation("10.42.0.23").circuitId())
                .isEqualTo("cab7/port1".getBytes(StandardCharsets.UTF_8));
        assertThat(access.findings())
                .anyMatch(text -> text.startsWith("75: \"flex-id\" in a reservation: clients are recognised by"))
                .anyMatch(text -> text.startsWith("76: a reservation has no address"))
                .anyMatch(text -> text.startsWith("77: reservation of 10.42.0.20 is left out"));
    }

    @Test
    void aFileWithoutALeaseTimeGetsTheOneThatKeaGave() throws Exception {
        Imported bare = Imported.text(
                Origin.KEA, folder, "{ \"Dhcp4\": { \"subnet4\": [ { \"id\": 1, \"subnet\": \"10.0.0.0/24\" } ] } }");

        assertThat(bare.config().defaults().leaseTime()).isEqualTo(7200);
    }

    @Test
    void oneLinkTellsItsClientsApartInOneWay() throws Exception {
        Imported mixed = Imported.text(Origin.KEA, folder, """
                { "Dhcp4": { "shared-networks": [ { "name": "ring", "subnet4": [
                    { "id": 1, "subnet": "10.0.0.0/24" },
                    { "id": 2, "subnet": "10.0.1.0/24", "match-client-id": false } ] } ] } }
                """);

        assertThat(mixed.config().subnets()).hasSize(2).allMatch(SubnetConfig::identifyByMac);
        assertThat(mixed.findings())
                .anyMatch(text -> text.startsWith("2: clients of 10.0.0.0/24 are told apart by MAC"));
    }

    @Test
    void anOptionThatKeaPutsTogetherIsNotTakenForHex() throws Exception {
        Imported vendor = Imported.text(
                Origin.KEA,
                folder,
                "{ \"Dhcp4\": { \"option-data\": [\n{ \"name\": \"vivso-suboptions\", \"data\": \"4491\" } ] } }");

        assertThat(vendor.config().defaults().options().get(125)).isNull();
        assertThat(vendor.findings()).anyMatch(text -> text.startsWith("2: option vivso-suboptions is put together"));
    }

    @Test
    void laterLinesReplaceEarlierLeases() throws Exception {
        ImportedNetwork network = new ImportedNetwork();
        KeaLeases.read(Imported.sample("kea/kea-leases4.csv"), network);

        List<ImportedLease> leases = network.leases().inForce();
        assertThat(leases)
                .extracting(lease -> lease.ip() + " " + lease.hostname() + " " + lease.start() + " " + lease.expiry())
                .containsExactly(
                        "10.41.0.100 null 4039873200 4039876800",
                        "10.42.1.11 for,ever null " + Lease.FOREVER,
                        "10.42.1.15 null 1699913600 1700000000",
                        "10.42.9.9 null 4039790400 4039876800",
                        "10.42.1.10 desk-1.access.example 4039794000 4039880400");
        assertThat(leases.get(1).clientId()).isEqualTo(HexFormat.of().parseHex("ff01020304"));
        assertThat(network.leases().endedCount()).isEqualTo(2);
        assertThat(network.leases().declined()).hasSize(1);
    }

    @Test
    void leasesThatKeaHasNotMergedYetAreToldOf() throws Exception {
        Path file = Files.copy(Imported.sample("kea/kea-leases4.csv"), folder.resolve("kea-leases4.csv"));
        Files.writeString(folder.resolve("kea-leases4.csv.2"), "");
        ImportedNetwork network = new ImportedNetwork();
        KeaLeases.read(file, network);

        assertThat(network.findings().all())
                .singleElement()
                .asString()
                .startsWith(file + ".2: holds older leases that Kea has not merged yet");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            substring(option[60].hex,0,9) == 'PXEClient'               | VENDOR_CLASS=PXEClient*
            substring(option[vendor-class-identifier].text, 0, all) == 'x' | which is never true
            (option[60].text == 'x y') and (relay4[2].hex == 'sw1')    | REMOTE_ID=sw1, VENDOR_CLASS=x y
            relay4[1].exists                                           | CIRCUIT_ID=*
            option[77].hex == 'iPXE'                                   | USER_CLASS=iPXE
            option[93].hex == 0x0009                                   | ARCHITECTURE=9
            pkt4.mac == 0x020000000001                                 | MAC=02:00:00:00:00:01
            substring(pkt4.mac, 0, 3) == 0x001b54                      | MAC=00:1b:54:*
            substring(hexstring(pkt4.mac, ':'), 0, 8) == '00:1b:54'    | MAC=00:1b:54:*
            member('VENDOR')                                           | VENDOR_CLASS=member
            not option[60].exists                                      | which no pattern can say
            option[60].text == 'a' or option[60].text == 'b'           | which no pattern can say
            option[61].hex == 0x01                                     | looks at option[61].hex
            pkt4.msgtype == 1                                          | says 'pkt4.msgtype==1'
            """)
    void testsBecomePatternsOrSayWhyNot(String test, String expected) {
        MatchConfig member = new MatchConfig(Map.of(MatchKey.VENDOR_CLASS, "member"), null);
        String result;
        try {
            result = new KeaMatch(new KeaOptions(new Findings()), name -> member)
                    .test(test)
                    .toString();
        } catch (IllegalArgumentException e) {
            result = String.valueOf(e.getMessage());
        }
        assertThat(result).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                        | : is empty
            '{ "Dhcp4": {\n "subnet4": [ '            | :2: this is no JSON
            '{ "Dhcp6": { } }'                        | :1: there is no "Dhcp4"
            '{ "Dhcp4": {\n "subnet4": 5 } }'         | :2: "subnet4" has to be a list
            '{ "Dhcp4": {\n "valid-lifetime": "x" }}' | :2: "valid-lifetime" has to be a number
            '{ "Dhcp4": { "subnet4": [\n { "subnet": "ten" } ] } }' | :2: "subnet" has to be a network
            '{\n <?include "a.json"?> }'              | :2: put the text of the file in place of
            '[ 1 ]'                                   | :1: a configuration is one JSON object
            """)
    void brokenFilesAreToldWithTheirLine(String text, String message) {
        assertThatThrownBy(() -> Imported.text(Origin.KEA, folder, text.replace("\\n", "\n")))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(folder.resolve("old.conf") + message.strip())
                .hasMessageContaining("Nothing was written");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'address,hwaddr'                                                       | :1: the first line names no column
            'address,hwaddr,client_id,valid_lifetime,expire\n10.0.0.1,02'          | :2: has 2 fields where
            'address,hwaddr,client_id,valid_lifetime,expire\nten,,,1,2'            | :2: 'ten' is not an IPv4
            'address,hwaddr,client_id,valid_lifetime,expire\n\n10.0.0.1,zz,,1,2'   | :3: is 'zz', which is neither hex
            """)
    void brokenLeasesAreToldWithTheirLine(String text, String message) throws Exception {
        Path file = Files.writeString(folder.resolve("leases.csv"), text.replace("\\n", "\n"));
        assertThatThrownBy(() -> KeaLeases.read(file, new ImportedNetwork()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(file + message.strip());
    }
}
