package io.athena.dhcpd.ddns.technitium;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.athena.dhcpd.core.config.HttpUrl;
import io.athena.dhcpd.core.config.Secret;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.DdnsConfig.ConflictPolicy;
import io.athena.dhcpd.ddns.DnsTarget;
import io.athena.dhcpd.ddns.DnsZone;
import io.athena.dhcpd.ddns.servers.Updaters;
import io.athena.dhcpd.ddns.update.UpdateRules;
import io.athena.dhcpd.ddns.update.ZoneUpdater;
import io.athena.dhcpd.ddns.update.ZoneUpdaterContract;
import java.io.IOException;
import java.net.ProxySelector;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract against {@link FakeTechnitium}. */
class TechnitiumContractTest extends ZoneUpdaterContract {

    private final Updaters updaters = new Updaters(ProxySelector.of(null), TimeSource.system());
    private final FakeTechnitium server = new FakeTechnitium("office.example.net", REVERSE);

    TechnitiumContractTest() throws IOException {}

    @AfterEach
    void close() {
        updaters.close();
        server.close();
    }

    @Override
    protected ZoneUpdater updater(String zone, UpdateRules rules) {
        HttpUrl url = HttpUrl.parse(server.url());
        return updaters.of(new DnsZone(zone, new DnsTarget.Technitium(url, new Secret(FakeTechnitium.TOKEN))), rules);
    }

    @Override
    protected void byHand(String zone, String owner, String type, String value) {
        server.put(owner, type, value);
    }

    @Override
    protected List<String> standing(String owner, String type) {
        return server.standing(owner, type).stream()
                .map(data -> switch (type) {
                    case "DHCID" ->
                        Base64.getEncoder().encodeToString(HexFormat.of().parseHex(data));
                    case "PTR" -> data + ".";
                    default -> data;
                })
                .toList();
    }

    @Test
    void aZoneThatIsNotThereIsSaidSo() throws Exception {
        try (ZoneUpdater zone = updater("nowhere.example.net", new UpdateRules(TTL, ConflictPolicy.SKIP, true))) {
            assertThatThrownBy(zone::list).hasMessageContaining("has no zone 'nowhere.example.net'");
        }
    }
}
