package io.athena.dhcpd.ddns.technitium;

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
import java.io.ByteArrayInputStream;
import java.net.ProxySelector;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conversations are written after the documentation of Technitium's API, not recorded from a server. */
class TechnitiumUpdaterTest {

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
    void aNewNameGetsItsOwnerBeforeItsAddressAndTheSameAgainWritesNothing() throws Exception {
        try (Conversation server = Conversation.of("technitium/new-name", "technitium/same-again");
                ZoneUpdater updater = updater(server, RULES)) {
            assertThat(updater.add(name("10.10.0.105"))).isEqualTo(Outcome.DONE);
            assertThat(updater.add(name("10.10.0.105"))).isEqualTo(Outcome.DONE);
            server.assertPlayed();
        }
    }

    @Test
    void aNameMovesWithItsClientInASignedZoneAndVanishesWithTheLease() throws Exception {
        try (Conversation server = Conversation.of("technitium/moved", "technitium/removed");
                ZoneUpdater updater = updater(server, RULES)) {
            assertThat(updater.add(name("10.10.0.106"))).isEqualTo(Outcome.DONE);
            assertThat(updater.remove(name("10.10.0.106"))).isEqualTo(Outcome.DONE);
            assertThat(updater.look(FQDN)).isEqualTo(new NameState(Set.of(), 0, Set.of()));
            server.assertPlayed();
        }
    }

    @Test
    void aRemovalThatWasCutOffIsFinished() throws Exception {
        try (Conversation server = Conversation.of("technitium/half-removed");
                ZoneUpdater updater = updater(server, RULES)) {
            assertThat(updater.remove(name("10.10.0.106"))).isEqualTo(Outcome.DONE);
            server.assertPlayed();
        }
    }

    @Test
    void aNewTtlIsWrittenAlthoughNothingElseChanged() throws Exception {
        try (Conversation server = Conversation.of("technitium/same-again", "technitium/new-ttl");
                ZoneUpdater updater = updater(server, new UpdateRules(60, SKIP, true))) {
            assertThat(updater.add(name("10.10.0.105"))).isEqualTo(Outcome.DONE);
            server.assertPlayed();
        }
    }

    /** Its DHCID is written in hex here. */
    @Test
    void anothersNameIsLeftAlone() throws Exception {
        try (Conversation server = Conversation.of("technitium/foreign", "technitium/foreign", "technitium/foreign");
                ZoneUpdater updater = updater(server, RULES)) {
            assertThat(updater.add(name("10.10.0.105"))).isEqualTo(Outcome.FOREIGN);
            assertThat(updater.remove(name("10.10.0.200"))).isEqualTo(Outcome.FOREIGN);
            assertThat(updater.look(FQDN))
                    .isEqualTo(new NameState(Set.of(Ipv4.parse("10.10.0.200")), 300, Set.of(THEIRS)));
            server.assertPlayed();
        }
    }

    @Test
    void aDhcidThatCannotBeReadIsSomebodyElses() throws Exception {
        try (Conversation server = Conversation.of("technitium/unreadable");
                ZoneUpdater updater = updater(server, RULES)) {
            assertThat(updater.add(name("10.10.0.105"))).isEqualTo(Outcome.FOREIGN);
            server.assertPlayed();
        }
    }

    @Test
    void aSharedNameKeepsWhatTheOtherHas() throws Exception {
        try (Conversation server = Conversation.of("technitium/shared");
                ZoneUpdater updater = updater(server, new UpdateRules(300, APPEND, true))) {
            assertThat(updater.add(name("10.10.0.105"))).isEqualTo(Outcome.DONE);
            assertThat(updater.remove(name("10.10.0.105"))).isEqualTo(Outcome.DONE);
            server.assertPlayed();
        }
    }

    @Test
    void anOverwrittenNameChangesItsOwner() throws Exception {
        try (Conversation server = Conversation.of("technitium/overwritten", "technitium/same-again");
                ZoneUpdater updater = updater(server, new UpdateRules(300, OVERWRITE, true))) {
            assertThat(updater.add(name("10.10.0.105"))).isEqualTo(Outcome.DONE);
            assertThat(updater.look(FQDN))
                    .isEqualTo(new NameState(Set.of(Ipv4.parse("10.10.0.105")), 300, Set.of(MINE)));
            server.assertPlayed();
        }
    }

    @Test
    void aPointerIsSetOnceAndRemovedByItsOwnNameAlone() throws Exception {
        PointerRecord pointer = new PointerRecord("5.0/26.2.0.192.in-addr.arpa", FQDN);
        try (Conversation server = Conversation.of("technitium/pointer");
                ZoneUpdater updater = updater(server.url(), "0/26.2.0.192.in-addr.arpa", RULES, "s3cret")) {
            assertThat(updater.point(pointer)).isEqualTo(Outcome.DONE);
            assertThat(updater.point(pointer)).isEqualTo(Outcome.DONE);
            assertThat(updater.unpoint(pointer)).isEqualTo(Outcome.DONE);
            assertThat(updater.unpoint(pointer)).isEqualTo(Outcome.DONE);
            assertThat(updater.unpoint(pointer)).isEqualTo(Outcome.FOREIGN);
            assertThat(updater.pointers(pointer.owner())).containsExactly("printer.office.example.net");
            server.assertPlayed();
        }
    }

    @Test
    void aZoneIsListedWithoutWhatIsDisabled() throws Exception {
        try (Conversation server = Conversation.of("technitium/list");
                ZoneUpdater updater = updater(server, RULES)) {
            assertThat(updater.list())
                    .containsExactly(
                            new ZoneEntry(FQDN, ZoneEntry.Type.A, "10.10.0.105"),
                            new ZoneEntry("www.office.example.net", ZoneEntry.Type.A, "10.10.0.7"));
            server.assertPlayed();
        }
    }

    /** All but the last come with the status 200 of HTTP. */
    @Test
    void whatTheServerRefusesIsSaidWithoutTheToken() throws Exception {
        try (Conversation server = Conversation.of("technitium/errors");
                ZoneUpdater updater = updater(server.url(), ZONE, RULES, "guess")) {
            assertFails(updater, Reach.SERVER, "Technitium at " + server.url() + " refuses the API token", "api_key");
            assertFails(updater, Reach.ZONE, "has no zone 'office.example.net'", "create it");
            assertFails(updater, Reach.ZONE, "does not let the token's user change zone", "Access was denied.");
            assertFails(updater, Reach.NAME, "refuses this change: Cannot add record:  [2Jthe zone says no");
            assertFails(updater, Reach.SERVER, "answers 502: Bad Gateway");
            server.assertPlayed();
        }
    }

    @Test
    void anAnswerThatIsNotThisApisIsAFailureAndNotAnEmptyZone() throws Exception {
        try (Conversation server = Conversation.of("technitium/garbage");
                ZoneUpdater updater = updater(server, RULES)) {
            for (int answer = 0; answer < 7; answer++) {
                assertFails(updater, Reach.SERVER, "does not answer as Technitium does");
            }
            server.assertPlayed();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "00010203,        AAECAw==",
        "00:01:02:FF,     AAEC/w==",
        "AAECAw==,        AAECAw==",
        "no base64 at all, bm8gYmFzZTY0IGF0IGFsbA==",
    })
    void theDataOfADhcidIsReadHoweverItIsWritten(String written, String base64) throws Exception {
        String json = "{\"status\":\"ok\",\"response\":{\"records\":[{\"name\":\"a\",\"type\":\"DHCID\",\"ttl\":1,"
                + "\"rData\":{\"value\":\"" + written + "\"}}]}}";
        assertThat(TechnitiumJson.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), any -> true)
                        .records())
                .containsExactly(new ApiRecord("a", "DHCID", 1, base64));
    }

    private static void assertFails(ZoneUpdater updater, Reach reach, String... words) {
        assertThatThrownBy(() -> updater.add(name("10.10.0.105")))
                .hasMessageContainingAll(words)
                .hasMessageNotContainingAny("guess", "s3cret", "stackTrace")
                .isInstanceOfSatisfying(
                        DnsFailure.class, failure -> assertThat(failure.reach()).isEqualTo(reach));
    }

    private static NameRecord name(String address) {
        return new NameRecord(FQDN, Ipv4.parse(address), CLIENT);
    }

    private ZoneUpdater updater(Conversation server, UpdateRules rules) {
        return updater(server.url(), ZONE, rules, "s3cret");
    }

    private ZoneUpdater updater(String url, String zone, UpdateRules rules, String token) {
        HttpUrl server = HttpUrl.parse(url);
        return new TechnitiumUpdater(
                new ApiClient(clients, server, "Technitium", ApiClient.USUAL_TIMEOUT),
                zone,
                new DnsTarget.Technitium(server, new Secret(token)),
                rules,
                new TakeoverLog(TimeSource.system()));
    }
}
