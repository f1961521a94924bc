package io.athena.dhcpd.ddns.powerdns;

import static io.athena.dhcpd.ddns.DdnsConfig.ConflictPolicy.APPEND;
import static io.athena.dhcpd.ddns.DdnsConfig.ConflictPolicy.OVERWRITE;
import static io.athena.dhcpd.ddns.DdnsConfig.ConflictPolicy.SKIP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.athena.dhcpd.core.config.HttpUrl;
import io.athena.dhcpd.core.config.Secret;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.DnsTarget;
import io.athena.dhcpd.ddns.http.ApiClient;
import io.athena.dhcpd.ddns.http.Conversation;
import io.athena.dhcpd.ddns.http.HttpClients;
import io.athena.dhcpd.ddns.http.TakeoverLog;
import io.athena.dhcpd.ddns.update.DnsFailure;
import io.athena.dhcpd.ddns.update.DnsFailure.Reach;
import io.athena.dhcpd.ddns.update.NameRecord;
import io.athena.dhcpd.ddns.update.NameState;
import io.athena.dhcpd.ddns.update.Outcome;
import io.athena.dhcpd.ddns.update.PointerRecord;
import io.athena.dhcpd.ddns.update.UpdateRules;
import io.athena.dhcpd.ddns.update.ZoneEntry;
import io.athena.dhcpd.ddns.update.ZoneUpdater;
import java.net.ProxySelector;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The conversations were recorded from PowerDNS Authoritative Server 4.7.3; {@code old-release} is cut from one of them. */
class PowerDnsUpdaterTest {

    private static final String ZONE = "office.example.net";
    private static final String FQDN = "pc.office.example.net";
    private static final ClientKey CLIENT = ClientKey.ofHardware(MacAddress.parse("02:00:00:00:00:01"));
    private static final String MINE = "AAABUQ2yUxAK8jpC8tObD0HoYtInZUNFL7TE7RUsqr85Uys=";
    private static final String THEIRS = "AAABOh5wyWj1K9QAWgQtEC1b719sTYp5q3l2Ci/pJ7SAQXI=";
    private static final UpdateRules RULES = new UpdateRules(300, SKIP, true);

    private final HttpClients clients = new HttpClients(ProxySelector.of(null));

    @AfterEach
    void close() {
        clients.close();
    }

    @Test
    void aNewNameGetsItsAddressAndItsOwnerAtOnceAndTheSameAgainWritesNothing() throws Exception {
        try (Conversation server = Conversation.of("powerdns/new-name", "powerdns/same-again");
                ZoneUpdater updater = updater(server, ZONE, RULES)) {
            assertThat(updater.add(name("10.10.0.105"))).isEqualTo(Outcome.DONE);
            assertThat(updater.add(name("10.10.0.105"))).isEqualTo(Outcome.DONE);
            server.assertPlayed();
        }
    }

    @Test
    void aNameMovesWithItsClientAndVanishesWithTheLease() throws Exception {
        try (Conversation server = Conversation.of("powerdns/moved", "powerdns/removed");
                ZoneUpdater updater = updater(server, ZONE, RULES)) {
            assertThat(updater.add(name("10.10.0.106"))).isEqualTo(Outcome.DONE);
            assertThat(updater.remove(name("10.10.0.106"))).isEqualTo(Outcome.DONE);
            assertThat(updater.look(FQDN)).isEqualTo(new NameState(Set.of(), 0, Set.of()));
            server.assertPlayed();
        }
    }

    @Test
    void aNewTtlIsWrittenAlthoughNothingElseChanged() throws Exception {
        try (Conversation server = Conversation.of("powerdns/same-again", "powerdns/new-ttl");
                ZoneUpdater updater = updater(server, ZONE, new UpdateRules(60, SKIP, true))) {
            assertThat(updater.add(name("10.10.0.105"))).isEqualTo(Outcome.DONE);
            server.assertPlayed();
        }
    }

    @Test
    void anothersNameIsLeftAlone() throws Exception {
        try (Conversation server = Conversation.of("powerdns/foreign", "powerdns/foreign", "powerdns/foreign");
                ZoneUpdater updater = updater(server, ZONE, RULES)) {
            assertThat(updater.add(name("10.10.0.105"))).isEqualTo(Outcome.FOREIGN);
            assertThat(updater.remove(name("10.10.0.200"))).isEqualTo(Outcome.FOREIGN);
            assertThat(updater.look(FQDN))
                    .isEqualTo(new NameState(Set.of(Ipv4.parse("10.10.0.200")), 300, Set.of(THEIRS)));
            server.assertPlayed();
        }
    }

    @Test
    void aSharedNameKeepsWhatTheOtherHas() throws Exception {
        try (Conversation server = Conversation.of("powerdns/shared");
                ZoneUpdater updater = updater(server, ZONE, new UpdateRules(300, APPEND, true))) {
            assertThat(updater.add(name("10.10.0.105"))).isEqualTo(Outcome.DONE);
            assertThat(updater.remove(name("10.10.0.105"))).isEqualTo(Outcome.DONE);
            server.assertPlayed();
        }
    }

    @Test
    void anOverwrittenNameChangesItsOwner() throws Exception {
        try (Conversation server = Conversation.of("powerdns/overwritten", "powerdns/same-again");
                ZoneUpdater updater = updater(server, ZONE, new UpdateRules(300, OVERWRITE, true))) {
            assertThat(updater.add(name("10.10.0.105"))).isEqualTo(Outcome.DONE);
            assertThat(updater.look(FQDN))
                    .isEqualTo(new NameState(Set.of(Ipv4.parse("10.10.0.105")), 300, Set.of(MINE)));
            server.assertPlayed();
        }
    }

    @Test
    void aReverseZoneWithASlashIsSpelledAsTheApiWantsIt() throws Exception {
        PointerRecord pointer = new PointerRecord("5.0/26.2.0.192.in-addr.arpa", FQDN);
        try (Conversation server = Conversation.of("powerdns/pointer");
                ZoneUpdater updater = updater(server, "0/26.2.0.192.in-addr.arpa.", RULES)) {
            assertThat(updater.point(pointer)).isEqualTo(Outcome.DONE);
            assertThat(updater.point(pointer)).isEqualTo(Outcome.DONE);
            assertThat(updater.unpoint(pointer)).isEqualTo(Outcome.DONE);
            assertThat(updater.unpoint(pointer)).isEqualTo(Outcome.DONE);
            server.assertPlayed();
        }
    }

    @Test
    void aPointerThatSaysAnotherNameIsReplacedButNotRemoved() throws Exception {
        try (Conversation server = Conversation.of("powerdns/other-pointer");
                ZoneUpdater updater = updater(server, "10.10.in-addr.arpa", RULES)) {
            assertThat(updater.pointers("105.0.10.10.in-addr.arpa")).containsExactly("printer.office.example.net");
            assertThat(updater.unpoint(new PointerRecord("105.0.10.10.in-addr.arpa", FQDN)))
                    .isEqualTo(Outcome.FOREIGN);
            assertThat(updater.point(new PointerRecord("105.0.10.10.in-addr.arpa", FQDN)))
                    .isEqualTo(Outcome.DONE);
            server.assertPlayed();
        }
    }

    @Test
    void aReleaseThatSendsTheWholeZoneIsUnderstood() throws Exception {
        try (Conversation server = Conversation.of("powerdns/old-release");
                ZoneUpdater updater = updater(server, ZONE, RULES)) {
            assertThat(updater.look("printer.office.example.net")).isEqualTo(new NameState(Set.of(), 0, Set.of()));
            server.assertPlayed();
        }
    }

    @Test
    void aZoneIsListedWithoutWhatIsDisabled() throws Exception {
        try (Conversation server = Conversation.of("powerdns/list");
                ZoneUpdater updater = updater(server, ZONE, RULES)) {
            assertThat(updater.list())
                    .containsExactlyInAnyOrder(
                            new ZoneEntry(FQDN, ZoneEntry.Type.A, "10.10.0.105"),
                            new ZoneEntry("www.office.example.net", ZoneEntry.Type.A, "10.10.0.7"));
            server.assertPlayed();
        }
    }

    @Test
    void anApiBehindAReverseProxyIsAskedUnderItsPath() throws Exception {
        try (Conversation server = Conversation.behind("/dns/powerdns", "powerdns/same-again", "powerdns/same-again");
                ZoneUpdater direct = updater(server.url(), ZONE, RULES, "s3cret");
                ZoneUpdater slash = updater(server.url() + "/", ZONE, RULES, "s3cret")) {
            assertThat(direct.look(FQDN).addresses()).containsExactly(Ipv4.parse("10.10.0.105"));
            assertThat(slash.look(FQDN).addresses()).containsExactly(Ipv4.parse("10.10.0.105"));
            server.assertPlayed();
        }
    }

    @Test
    void whatTheServerRefusesIsSaidWithoutTheKey() throws Exception {
        try (Conversation server = Conversation.of("powerdns/wrong-key");
                ZoneUpdater updater = updater(server.url(), ZONE, RULES, "guess")) {
            assertFails(updater, Reach.SERVER, "PowerDNS at " + server.url(), "refuses the API key (401)", "api_key");
            server.assertPlayed();
        }
        try (Conversation server = Conversation.of("powerdns/no-zone");
                ZoneUpdater updater = updater(server, "nowhere.example.net", RULES)) {
            assertThatThrownBy(() -> updater.look("pc.nowhere.example.net"))
                    .hasMessageContaining("has no zone 'nowhere.example.net' (404)")
                    .isInstanceOfSatisfying(DnsFailure.class, failure -> assertThat(failure.reach())
                            .isEqualTo(Reach.ZONE));
        }
        try (Conversation server = Conversation.of("powerdns/out-of-zone");
                ZoneUpdater updater = updater(server, ZONE, new UpdateRules(300, SKIP, false))) {
            assertThatThrownBy(() -> updater.add(new NameRecord("pc.elsewhere.net", Ipv4.parse("10.10.0.105"), CLIENT)))
                    .hasMessageContaining(
                            "refuses this change (422): RRset pc.elsewhere.net. IN A: Name is out of zone")
                    .isInstanceOfSatisfying(DnsFailure.class, failure -> assertThat(failure.reach())
                            .isEqualTo(Reach.NAME));
            server.assertPlayed();
        }
    }

    @Test
    void anErrorNeverBringsControlCharactersIntoAMessage() throws Exception {
        try (Conversation server = Conversation.of("powerdns/escapes");
                ZoneUpdater updater = updater(server, ZONE, RULES)) {
            assertFails(updater, Reach.SERVER, "answers 500: oh  [31mred two lines");
        }
    }

    @Test
    void anAnswerThatIsNotThisApisIsAFailureAndNotAnEmptyZone() throws Exception {
        try (Conversation server = Conversation.of("powerdns/garbage");
                ZoneUpdater updater = updater(server, ZONE, RULES)) {
            for (int answer = 0; answer < 7; answer++) {
                assertFails(updater, Reach.SERVER, "does not answer as PowerDNS does");
            }
            server.assertPlayed();
        }
    }

    @Test
    void aKeyThatNoHeaderCanHoldIsNotRepeated() throws Exception {
        try (Conversation server = Conversation.of();
                ZoneUpdater updater = updater(server.url(), ZONE, RULES, "gu\ness")) {
            assertFails(updater, Reach.SERVER, "cannot be sent this api_key");
        }
    }

    @Test
    void zonesAreNamedAsTheApiNamesThem() {
        assertThat(PowerDnsApi.id("office.example.net")).isEqualTo("office.example.net.");
        assertThat(PowerDnsApi.id("0/25.113.0.203.in-addr.arpa")).isEqualTo("0=2F25.113.0.203.in-addr.arpa.");
        assertThat(PowerDnsApi.id("_msdcs.example.net")).isEqualTo("=5Fmsdcs.example.net.");
    }

    private static void assertFails(ZoneUpdater updater, Reach reach, String... words) {
        assertThatThrownBy(() -> updater.add(name("10.10.0.105")))
                .hasMessageContainingAll(words)
                .hasMessageNotContainingAny("guess", "s3cret", "gu\ness")
                .isInstanceOfSatisfying(
                        DnsFailure.class, failure -> assertThat(failure.reach()).isEqualTo(reach));
    }

    private static NameRecord name(String address) {
        return new NameRecord(FQDN, Ipv4.parse(address), CLIENT);
    }

    private ZoneUpdater updater(Conversation server, String zone, UpdateRules rules) {
        return updater(server.url(), zone, rules, "s3cret");
    }

    private ZoneUpdater updater(String url, String zone, UpdateRules rules, String key) {
        HttpUrl server = HttpUrl.parse(url);
        return new PowerDnsUpdater(
                new ApiClient(clients, server, "PowerDNS", ApiClient.USUAL_TIMEOUT),
                zone,
                new DnsTarget.PowerDns(server, new Secret(key)),
                rules,
                new TakeoverLog(TimeSource.system()));
    }
}
