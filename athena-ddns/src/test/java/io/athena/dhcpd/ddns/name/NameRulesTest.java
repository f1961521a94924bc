package io.athena.dhcpd.ddns.name;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.engine.NameGround;
import io.athena.dhcpd.core.engine.NamePolicy;
import io.athena.dhcpd.core.engine.NamePolicy.Name;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.meter.LogBudget;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.time.TimeSource;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameRulesTest {

    private static final String MADE = NameScene.FALLBACK + ".office.example.net";

    // Option 12 and 81 --------------------------------------------------------------------------------------------

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "laptop, laptop",
                "Laptop, laptop",
                "my_pc, my-pc",
                "a--b, a-b",
                "-a-, a",
                "pc.lab, pc",
                "..pc, pc",
                "pc., pc",
                "`John's \"PC\"`, john-s-pc",
                "$(x), x",
                "`a b\tc`, a-b-c",
                "m\u00fcller, xn--mller-kva",
                "stra\u00dfe, strasse",
                "\u043f\u043a, xn--j1aj",
                "p\u0430ypal, xn--pypal-4ve",
                "xn--mller-kva, xn--mller-kva",
                "XN--MLLER-KVA, xn--mller-kva",
                "xn--99999999, xn-99999999",
                "xn--, xn",
                "xn--a, xn-a",
                "pc\ud83d\ude00, pc",
                "\uff30\uff23, pc",
                "1, 1",
                "10.0.0.1, 10",
            })
    void whateverAClientCallsItselfBecomesOneLabelInItsDomain(String sent, String label) {
        assertThat(NameScene.usual().named(sent)).isEqualTo(label + ".office.example.net");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "...",
                "-",
                "---",
                "_",
                "_ldap",
                "_ldap._tcp",
                "._x",
                "\0",
                "\n",
                "\"\"",
                "\ud83d\ude00",
                "\ud800",
                "localhost",
                "LOCALHOST",
                "wpad",
                "Wpad.lab",
                "isatap",
                "\uff57\uff50\uff41\uff44",
                "-wpad-",
                "dhcp-020000000009",
                "dhcp-id-ff"
            })
    void whereNothingIsLeftOrNobodyMayHaveItTheNameIsMadeOfTheMac(String sent) {
        assertThat(NameScene.usual().named(sent)).isEqualTo(MADE);
    }

    @Test
    void aNameOfThreeHundredCharactersIsCutToOneLabel() {
        assertThat(NameScene.usual().named("a".repeat(300))).isEqualTo("a".repeat(63) + ".office.example.net");
        assertThat(NameScene.usual().named("a".repeat(62) + "-b")).isEqualTo("a".repeat(62) + ".office.example.net");
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource({
        "pc.example.net, pc.example.net",
        "PC.Office.Example.NET, pc.office.example.net",
        "pc.lab.office.example.net, pc.lab.office.example.net",
        "pc.example.net., pc.example.net",
        "pc.other.example, pc.office.example.net",
        "pc.badexample.net, pc.office.example.net",
        "pc, pc.office.example.net",
        "m\u00fcller.example.net, xn--mller-kva.example.net",
        "pc..example.net, pc.office.example.net",
        "_tcp.example.net, dhcp-aabbccddee01.office.example.net",
        "pc._tcp.example.net, pc.office.example.net",
        "wpad.example.net, dhcp-aabbccddee01.office.example.net",
        "example.net, example.office.example.net",
        "office.example.net, dhcp-aabbccddee01.office.example.net",
    })
    void aWholeNameBelowTheZoneIsTakenAndAnotherDomainIsChanged(String asked, String name) {
        assertThat(NameScene.usual().decide(NameScene.client("S", asked)).fqdn())
                .isEqualTo(name);
    }

    @Test
    void aNameThatGrowsTooLongIsNotCutInItsDomain() {
        String domain = ("d".repeat(60) + ".").repeat(3) + "example.net";
        NameScene scene = NameScene.with("[[subnet]]\nnetwork = \"10.0.0.0/24\"\ndomain_name = \"" + domain + "\"\n");
        assertThat(scene.named("a".repeat(57))).hasSize(57 + 1 + domain.length());
        assertThat(scene.named("a".repeat(63))).isEqualTo(NameScene.FALLBACK + "." + domain);
    }

    @Test
    void whereClientsMayNotChooseOnlyTheirFirstLabelCountsAndTheServerDoesTheUpdates() {
        NameScene scene = NameScene.of("allow_client_fqdn = false");
        Name name = scene.decide(NameScene.client("", "pc.lab.example.net"));
        assertThat(name.fqdn()).isEqualTo("pc.office.example.net");
        assertThat(name.forward()).isTrue();
    }

    @Test
    void aClientThatKeepsItsAddressRecordItselfLeavesThePointerToTheServer() {
        Name name = NameScene.usual().decide(NameScene.client("", "pc.example.net"));
        assertThat(name.fqdn()).isEqualTo("pc.example.net");
        assertThat(name.forward()).isFalse();
        assertThat(NameDecision.decode(name.record()).forward()).isFalse();
        Name none = NameScene.withoutReverse().decide(NameScene.client("", "pc.example.net"));
        assertThat(none.fqdn()).isNull();
        assertThat(none.ground()).isEqualTo(NameGround.LEFT_TO_CLIENT);
    }

    @Test
    void aClientThatWantsNothingInDnsGetsNothing() {
        Name name = NameScene.usual().decide(NameScene.client("N", "pc"));
        assertThat(name.fqdn()).isNull();
        assertThat(name.forward()).isFalse();
        assertThat(name.isDecided()).isTrue();
        assertThat(name.ground()).isEqualTo(NameGround.NOT_WANTED);
    }

    // Without a name of its own -----------------------------------------------------------------------------------

    @Test
    void whoSaysNothingGetsANameMadeOfItsAddressWhereThatIsOn() {
        assertThat(NameScene.usual().decide(NameScene.client(null)).ground()).isEqualTo(NameGround.FALLBACK);
        assertThat(NameScene.usual().named(null)).isEqualTo(MADE);
        Name none = NameScene.of("fallback_to_mac = false").decide(NameScene.client(null));
        assertThat(none.fqdn()).isNull();
        assertThat(none.isDecided()).isTrue();
    }

    @ParameterizedTest(name = "mac {0}, identifier {1}: {2}")
    @CsvSource({
        ", ff0011, dhcp-id-ff0011",
        "00:00:00:00:00:00, ff0011, dhcp-id-ff0011",
        "32/00:11:22:33:44:55:66:77, , dhcp-0011223344556677",
        "aa:bb:cc:dd:ee:ff, ff0011, dhcp-aabbccddeeff",
    })
    void aClientWithoutMacIsNamedAfterItsIdentifier(String mac, String id, String label) {
        ClientRequest request = NameScene.request(
                mac == null ? null : MacAddress.parse(mac),
                id == null ? null : HexFormat.of().parseHex(id),
                null,
                null);
        assertThat(NameScene.usual().decide(request).fqdn()).isEqualTo(label + ".office.example.net");
    }

    @Test
    void longIdentifiersGiveShortNamesThatDiffer() {
        byte[] one = new byte[255];
        byte[] two = new byte[255];
        two[254] = 1;
        String first = NameScene.usual()
                .decide(NameScene.request(null, one, null, null))
                .fqdn();
        String second = NameScene.usual()
                .decide(NameScene.request(null, two, null, null))
                .fqdn();
        assertThat(first)
                .matches("dhcp-id-[0-9a-f]{48}\\.office\\.example\\.net")
                .isNotEqualTo(second);
    }

    // Renewals ----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"S, pc.lab.example.net", "'', pc.example.net", "N, pc", "S, pc.other.example", "S, wpad", "S,"})
    void aRenewalWithoutNamesKeepsWhatTheClientSaid(String flags, String asked) {
        NameScene scene = NameScene.usual();
        ClientRequest first = NameScene.client(flags, asked);
        Name name = scene.decide(first);
        Lease own = NameScene.lease(first, name);
        Name again = scene.rules.decide(NameScene.client(null), scene.at(NameScene.POOLED), own);
        assertThat(again.fqdn()).isEqualTo(name.fqdn());
        assertThat(again.forward()).isEqualTo(name.forward());
        assertThat(again.record()).isEqualTo(name.record());
    }

    @Test
    void aNewNameReplacesTheRememberedOne() {
        NameScene scene = NameScene.usual();
        ClientRequest declining = NameScene.client("N", "pc");
        Lease own = NameScene.lease(declining, scene.decide(declining));
        Name name = scene.rules.decide(NameScene.client("desk"), scene.at(NameScene.POOLED), own);
        assertThat(name.fqdn()).isEqualTo("desk.office.example.net");
        assertThat(name.ground()).isEqualTo(NameGround.CLIENT);
    }

    @Test
    void whatIsStoredIsReadBackAndNotDecidedAgain() {
        NameScene scene = NameScene.usual();
        ClientRequest first = NameScene.client("", "pc.example.net");
        Name stored = scene.rules.stored(NameScene.lease(first, scene.decide(first)));
        assertThat(stored.fqdn()).isEqualTo("pc.example.net");
        assertThat(stored.forward()).isFalse();
        Name none = scene.rules.stored(NameScene.lease(first, Name.NONE));
        assertThat(none.fqdn()).isNull();
        assertThat(none.forward()).isFalse();
        assertThat(scene.rules
                        .stored(NameScene.lease(first, new Name("old.example.net", true, null, NameGround.STORED)))
                        .forward())
                .isTrue();
    }

    // Reservations ------------------------------------------------------------------------------------------------

    private static final String RESERVATION = """
            [[subnet.reservation]]
            mac = "02:00:00:00:00:0a"
            ip = "10.0.0.10"
            """;

    private static String reserved(String keys) {
        NameScene scene = NameScene.withInSubnet(RESERVATION + keys + "\n");
        ClientRequest owner = NameScene.another(10, "pc");
        return scene.rules
                .decide(owner, scene.at(Ipv4.parse("10.0.0.10")), null)
                .fqdn();
    }

    @ParameterizedTest(name = "{0} gives {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ddns_hostname = \"core-switch\"                        | core-switch.office.example.net",
                "hostname = \"switch-core\"                             | switch-core.office.example.net",
                "hostname = \"b\"; ddns_hostname = \"a\"                | a.office.example.net",
                "ddns_hostname = \"a.lab\"                              | a.lab.office.example.net",
                "ddns_hostname = \"_sip.Lab\"                           | _sip.lab.office.example.net",
                "ddns_hostname = \"a.example.net\"                      | a.example.net",
                "ddns_hostname = \"a.example.net.\"                     | a.example.net",
                "ddns_hostname = \"example.net\"; hostname = \"b\"      | b.office.example.net",
                "hostname = \"b.example.net\"                           | b.example.net",
                "hostname = \"b.example.org\"                           | b.office.example.net",
                "hostname = \"...\"                                     | pc.office.example.net",
                "hostname = \"b\"; domain_name = \"lab.example.net\"    | b.lab.example.net",
                "                                                       | pc.office.example.net"
            })
    void theNameOfAReservationComesFirst(String keys, String name) {
        assertThat(reserved(keys == null ? "" : keys.replace("; ", "\n"))).isEqualTo(name);
    }

    @Test
    void nobodyElseGetsTheNameOfAReservationWhoeverHasIt() {
        NameScene scene = NameScene.withInSubnet(RESERVATION + "ddns_hostname = \"core\"\n");
        assertThat(scene.named("core")).isEqualTo(MADE);
        scene.holders.set(
                "core.office.example.net",
                NameScene.POOLED,
                NameScene.another(9, null).key());
        Name name = scene.rules.decide(NameScene.another(10, null), scene.at(Ipv4.parse("10.0.0.10")), null);
        assertThat(name.fqdn()).isEqualTo("core.office.example.net");
        assertThat(name.ground()).isEqualTo(NameGround.RESERVATION);
    }

    // Zones -------------------------------------------------------------------------------------------------------

    @ParameterizedTest(name = "domain {0}: {1}")
    @CsvSource({
        "office.example.net, pc.office.example.net",
        "Office.Example.Net., pc.office.example.net",
        "example.net, pc.example.net",
        "example.org, pc.example.net",
        "badexample.net, pc.example.net",
        "net, pc.example.net",
        "'a.example.net b.example.net', pc.example.net",
    })
    void theDomainOfTheSubnetCountsWhereItLiesInTheZone(String domain, String name) {
        NameScene scene = NameScene.with("[[subnet]]\nnetwork = \"10.0.0.0/24\"\ndomain_name = \"" + domain + "\"\n");
        assertThat(scene.named("pc")).isEqualTo(name);
    }

    @Test
    void withoutADomainTheZoneIsTheDomain() {
        assertThat(NameScene.with("[[subnet]]\nnetwork = \"10.0.0.0/24\"\n").named("pc"))
                .isEqualTo("pc.example.net");
    }

    @Test
    void aSubnetMayHaveAZoneOfItsOwn() {
        NameScene scene = NameScene.with("""
                [[ddns.zone_override]]
                subnet = "10.0.0.0/24"
                server = "127.0.0.1"
                forward_zone = "wireless.example.org"
                [[subnet]]
                network = "10.0.0.0/24"
                domain_name = "wireless.example.org"
                [[subnet]]
                network = "10.0.1.0/24"
                """);
        assertThat(scene.decide(NameScene.client("S", "pc.wireless.example.org"))
                        .fqdn())
                .isEqualTo("pc.wireless.example.org");
        assertThat(scene.decide(NameScene.client("S", "pc.example.net")).fqdn()).isEqualTo("pc.wireless.example.org");
        Name elsewhere = scene.rules.decide(NameScene.client("pc"), scene.at(Ipv4.parse("10.0.1.9")), null);
        assertThat(elsewhere.fqdn()).isEqualTo("pc.example.net");
    }

    @Test
    void theNameOfAnySubnetsDomainIsNoClients() {
        NameScene scene = NameScene.with("""
                [[subnet]]
                network = "10.0.0.0/24"
                [[subnet]]
                network = "10.0.1.0/24"
                domain_name = "office.example.net"
                """);
        assertThat(scene.named("office")).isEqualTo(NameScene.FALLBACK + ".example.net");
    }

    @Test
    void withoutAForwardZoneThePointerSaysTheNameInTheSubnetsDomain() {
        Name name = NameScene.withoutForward().decide(NameScene.client("S", "pc.example.net"));
        assertThat(name.fqdn()).isEqualTo("pc.office.example.net");
        assertThat(name.forward()).isFalse();
        assertThat(NameDecision.decode(name.record()).forward()).isFalse();
    }

    @Test
    void whereNoZoneHoldsThereIsNoName() {
        String zone = "[ddns.reverse]\nzone = \"%s\"\nserver = \"127.0.0.1\"\n";
        String subnet = "[[subnet]]\nnetwork = \"10.0.0.0/24\"\n";
        NameScene elsewhere =
                NameScene.only(zone.formatted("11.in-addr.arpa") + subnet + "domain_name = \"a.example\"\n");
        assertThat(elsewhere.decide(NameScene.client("S", "pc")).ground()).isEqualTo(NameGround.NO_ZONE);
        NameScene nowhere = NameScene.only(zone.formatted("10.in-addr.arpa") + subnet);
        assertThat(nowhere.decide(NameScene.client("S", "pc")).ground()).isEqualTo(NameGround.NO_ZONE);
        NameScene part =
                NameScene.only(zone.formatted("0/25.0.0.10.in-addr.arpa") + subnet + "domain_name = \"a.example\"\n");
        assertThat(part.named("pc")).isEqualTo("pc.a.example");
        assertThat(part.rules
                        .decide(NameScene.client("pc"), part.at(Ipv4.parse("10.0.0.200")), null)
                        .fqdn())
                .isNull();
    }

    @Test
    void theNarrowestOverrideAroundASubnetCounts() {
        String override = "[[ddns.zone_override]]\nsubnet = \"%s\"\nserver = \"127.0.0.1\"\nforward_zone = \"%s\"\n";
        NameScene scene = NameScene.with(override.formatted("10.0.0.0/8", "wide.example")
                + override.formatted("10.0.0.0/16", "narrow.example")
                + override.formatted("10.0.0.0/25", "half.example")
                + "[[subnet]]\nnetwork = \"10.0.0.0/24\"\n");
        assertThat(scene.named("pc")).isEqualTo("pc.narrow.example");
    }

    // Two clients, one name ---------------------------------------------------------------------------------------

    @Test
    void aNameThatAnotherClientHasIsNotGivenAgain() {
        NameScene scene = NameScene.usual();
        ClientRequest first = NameScene.another(1, "pc");
        scene.holders.set("pc.office.example.net", Ipv4.parse("10.0.0.101"), first.key());
        assertThat(scene.named("pc")).isEqualTo(MADE);
        assertThat(scene.decide(first).fqdn()).isEqualTo("pc.office.example.net");
        scene.holders.remove("pc.office.example.net", Ipv4.parse("10.0.0.101"), first.key());
        assertThat(scene.named("pc")).isEqualTo("pc.office.example.net");
    }

    @Test
    void ofTwoClientsInTheSameMomentTheFirstGetsTheName() {
        NameScene scene = NameScene.usual();
        ClientRequest first = NameScene.another(1, "pc");
        ClientRequest second = NameScene.client("pc");
        assertThat(scene.decide(first).fqdn()).isEqualTo("pc.office.example.net");
        assertThat(scene.claim(first).fqdn()).isEqualTo("pc.office.example.net");
        assertThat(scene.claim(second).fqdn()).isEqualTo(MADE);
        assertThat(scene.claim(first).fqdn()).isEqualTo("pc.office.example.net");
    }

    @Test
    void aLeaseThatWasNotGrantedKeepsItsNameFromNobody() {
        NameScene scene = NameScene.usual();
        ClientRequest first = NameScene.another(1, "pc");
        CurrentNames names = new CurrentNames(scene.rules);
        names.disclaim(NameScene.lease(first, scene.claim(first)));
        names.disclaim(NameScene.lease(first, Name.NONE));
        assertThat(scene.claim(NameScene.client("pc")).fqdn()).isEqualTo("pc.office.example.net");
    }

    @Test
    void askingWhatANameWouldBeTakesItFromNobody() {
        NameScene scene = NameScene.usual();
        scene.decide(NameScene.another(1, "pc"));
        assertThat(scene.claim(NameScene.client("pc")).fqdn()).isEqualTo("pc.office.example.net");
    }

    @Test
    void whoseMadeNameIsTakenTooGetsNone() {
        NameScene scene = NameScene.usual();
        scene.holders.set(
                MADE, Ipv4.parse("10.0.0.101"), NameScene.another(1, null).key());
        Name name = scene.decide(NameScene.client(null));
        assertThat(name.fqdn()).isNull();
        assertThat(name.ground()).isEqualTo(NameGround.NOTHING_USABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"overwrite", "append"})
    void otherPoliciesLeaveItToDns(String policy) {
        NameScene scene = NameScene.of("conflict_policy = \"" + policy + "\"");
        scene.holders.set(
                "pc.office.example.net",
                Ipv4.parse("10.0.0.101"),
                NameScene.another(1, null).key());
        assertThat(scene.named("pc")).isEqualTo("pc.office.example.net");
        assertThat(scene.claim(NameScene.client("pc")).fqdn()).isEqualTo("pc.office.example.net");
    }

    // On and off --------------------------------------------------------------------------------------------------

    @Test
    void theConfigurationThatCountsIsAskedAndCanBeReplaced() {
        NameScene scene = NameScene.usual();
        CurrentNames names = new CurrentNames(NamePolicy.NONE);
        Lease lease = NameScene.lease(NameScene.client("pc"), scene.decide(NameScene.client("pc")));
        assertThat(names.isOn()).isFalse();
        assertThat(names.decide(NameScene.client("pc"), scene.at(NameScene.POOLED), lease))
                .isEqualTo(Name.UNCHANGED);
        assertThat(names.stored(lease)).isEqualTo(Name.UNCHANGED);
        names.use(NameRules.of(scene.config, scene.holders, new LogBudget(TimeSource.system(), 1)));
        assertThat(names.isOn()).isTrue();
        assertThat(names.stored(lease).fqdn()).isEqualTo("pc.office.example.net");
        assertThat(names.decide(NameScene.client("pc"), scene.at(NameScene.POOLED), lease)
                        .fqdn())
                .isEqualTo("pc.office.example.net");
    }

    @Test
    void switchedOffNobodyDecides() {
        NameScene off = NameScene.off();
        assertThat(NameRules.of(off.config, off.holders, new LogBudget(TimeSource.system(), 1)))
                .isSameAs(NamePolicy.NONE);
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, false", "false, true"})
    void aDecisionIsReadAsItWasWritten(boolean forward, boolean declined) {
        NameDecision decision = new NameDecision(forward, declined);
        assertThat(NameDecision.decode(decision.encode())).isEqualTo(decision);
        assertThat(NameDecision.decode(null)).isEqualTo(new NameDecision(true));
        assertThat(NameDecision.decode(new byte[] {2, 0})).isEqualTo(new NameDecision(true));
        assertThat(NameDecision.decode(new byte[] {1})).isEqualTo(new NameDecision(true));
    }
}
