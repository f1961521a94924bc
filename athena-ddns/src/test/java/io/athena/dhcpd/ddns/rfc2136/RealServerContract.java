package io.athena.dhcpd.ddns.rfc2136;

import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.update.UpdateRules;
import io.athena.dhcpd.ddns.update.ZoneUpdater;
import io.athena.dhcpd.ddns.update.ZoneUpdaterContract;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The contract against a real name server that takes DNS UPDATE. */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class RealServerContract extends ZoneUpdaterContract {

    private final NameServer.Kind kind;
    private NameServer server;

    protected RealServerContract(NameServer.Kind kind) {
        this.kind = kind;
    }

    @BeforeAll
    void start() throws Exception {
        server = NameServer.start(kind);
    }

    @AfterAll
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    protected NameServer server() {
        return server;
    }

    @Override
    protected ZoneUpdater updater(String zone, UpdateRules rules) {
        return Rfc2136Updater.of(zone, server.target(), rules, TimeSource.system());
    }

    @Override
    protected void byHand(String zone, String owner, String type, String value) throws Exception {
        server.nsupdate("zone " + zone, "update add " + owner + " 300 " + type + " " + value);
    }

    @Override
    protected List<String> standing(String owner, String type) throws Exception {
        return server.dig(owner, type);
    }
}
