package io.athena.dhcpd.ddns.powerdns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.athena.dhcpd.core.config.HttpUrl;
import io.athena.dhcpd.core.config.Secret;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.DdnsConfig.ConflictPolicy;
import io.athena.dhcpd.ddns.DnsTarget;
import io.athena.dhcpd.ddns.DnsZone;
import io.athena.dhcpd.ddns.http.ApiClient;
import io.athena.dhcpd.ddns.http.HttpClients;
import io.athena.dhcpd.ddns.http.TakeoverLog;
import io.athena.dhcpd.ddns.rfc2136.NameServer;
import io.athena.dhcpd.ddns.servers.Updaters;
import io.athena.dhcpd.ddns.update.Outcome;
import io.athena.dhcpd.ddns.update.PointerRecord;
import io.athena.dhcpd.ddns.update.UpdateRules;
import io.athena.dhcpd.ddns.update.ZoneUpdater;
import io.athena.dhcpd.ddns.update.ZoneUpdaterContract;
import java.net.ProxySelector;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract by the HTTP API of a real PowerDNS; the administrator's changes and looks go by DNS. */
@Tag("real-server")
class RealPowerDnsTest extends ZoneUpdaterContract {

    /** A machine that builds and tests at once may be slow. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static NameServer server;

    private final HttpClients clients = new HttpClients(ProxySelector.of(null));
    private final TakeoverLog takeovers = new TakeoverLog(TimeSource.system());
    private final Updaters updaters = new Updaters(ProxySelector.of(null), TimeSource.system());

    @BeforeAll
    static void start() throws Exception {
        server = NameServer.start(NameServer.Kind.PDNS);
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void close() {
        clients.close();
        updaters.close();
    }

    @Override
    protected void byHand(String zone, String owner, String type, String value) throws Exception {
        server.nsupdate("zone " + zone, "update add " + owner + " 300 " + type + " " + value);
    }

    @Override
    protected List<String> standing(String owner, String type) throws Exception {
        return server.dig(owner, type);
    }

    @Override
    protected ZoneUpdater updater(String zone, UpdateRules rules) {
        ApiClient patient = new ApiClient(clients, HttpUrl.parse(server.api()), "PowerDNS", PATIENCE);
        return new PowerDnsUpdater(patient, zone, target(NameServer.API_KEY), rules, takeovers);
    }

    private static DnsTarget.PowerDns target(String key) {
        return new DnsTarget.PowerDns(HttpUrl.parse(server.api()), new Secret(key));
    }

    private ZoneUpdater usual(String zone, UpdateRules rules, String key) {
        return updaters.of(new DnsZone(zone, target(key)), rules);
    }

    @Test
    void aZoneOfADelegationByRfc2317IsWritten() throws Exception {
        PointerRecord pointer = new PointerRecord("7.0/25.113.0.203.in-addr.arpa", name);
        try (ZoneUpdater zone =
                updater("0/25.113.0.203.in-addr.arpa", new UpdateRules(TTL, ConflictPolicy.SKIP, true))) {
            assertThat(zone.point(pointer)).isEqualTo(Outcome.DONE);
            assertThat(standing(pointer.owner(), "PTR")).containsExactly(name + ".");
            assertThat(zone.unpoint(pointer)).isEqualTo(Outcome.DONE);
            assertThat(standing(pointer.owner(), "PTR")).isEmpty();
        }
    }

    @Test
    void aZoneOfSomeHundredRecordsIsListed() throws Exception {
        try (ZoneUpdater zone = updater("big.example.net", new UpdateRules(TTL, ConflictPolicy.SKIP, true))) {
            assertThat(zone.list()).hasSizeGreaterThan(500);
        }
    }

    @Test
    void aWrongKeyAndAZoneThatIsNotThereAreToldApart() throws Exception {
        UpdateRules rules = new UpdateRules(TTL, ConflictPolicy.SKIP, true);
        try (ZoneUpdater wrongKey = usual(forwardZone(), rules, "guess");
                ZoneUpdater noZone = usual("nowhere.example.net", rules, NameServer.API_KEY)) {
            assertThatThrownBy(() -> wrongKey.look(name)).hasMessageContaining("refuses the API key (401)");
            assertThatThrownBy(noZone::list).hasMessageContaining("has no zone 'nowhere.example.net'");
        }
    }
}
