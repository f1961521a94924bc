package io.athena.dhcpd.ddns.servers;

import io.athena.dhcpd.core.config.HttpUrl;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.DnsTarget;
import io.athena.dhcpd.ddns.DnsZone;
import io.athena.dhcpd.ddns.http.ApiClient;
import io.athena.dhcpd.ddns.http.HttpClients;
import io.athena.dhcpd.ddns.http.TakeoverLog;
import io.athena.dhcpd.ddns.powerdns.PowerDnsUpdater;
import io.athena.dhcpd.ddns.rfc2136.Rfc2136Updater;
import io.athena.dhcpd.ddns.technitium.TechnitiumUpdater;
import io.athena.dhcpd.ddns.update.UpdateRules;
import io.athena.dhcpd.ddns.update.ZoneUpdater;
import java.net.ProxySelector;

/** Makes the updaters of zones, which share their HTTP client. */
public final class Updaters implements AutoCloseable {

    private final HttpClients clients;
    private final TakeoverLog takeovers;
    private final TimeSource time;

    /** @param proxies by which HTTP APIs are reached */
    public Updaters(ProxySelector proxies, TimeSource time) {
        this.time = time;
        this.takeovers = new TakeoverLog(time);
        this.clients = new HttpClients(proxies);
    }

    /** The updater of a zone, to be closed by who asks for it. */
    public ZoneUpdater of(DnsZone zone, UpdateRules rules) {
        if (zone.target() instanceof DnsTarget.PowerDns target) {
            return new PowerDnsUpdater(client(target.server(), "PowerDNS"), zone.zone(), target, rules, takeovers);
        }
        if (zone.target() instanceof DnsTarget.Technitium target) {
            return new TechnitiumUpdater(client(target.server(), "Technitium"), zone.zone(), target, rules, takeovers);
        }
        return Rfc2136Updater.of(zone.zone(), (DnsTarget.Rfc2136) zone.target(), rules, time);
    }

    private ApiClient client(HttpUrl server, String software) {
        return new ApiClient(clients, server, software, ApiClient.USUAL_TIMEOUT);
    }

    /** Gives threads and connections free; the updaters are closed before. */
    @Override
    public void close() {
        clients.close();
    }
}
