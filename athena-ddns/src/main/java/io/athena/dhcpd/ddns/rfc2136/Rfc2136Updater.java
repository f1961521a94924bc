package io.athena.dhcpd.ddns.rfc2136;

import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.DnsTarget;
import io.athena.dhcpd.ddns.update.DnsFailure;
import io.athena.dhcpd.ddns.update.NameRecord;
import io.athena.dhcpd.ddns.update.NameState;
import io.athena.dhcpd.ddns.update.Outcome;
import io.athena.dhcpd.ddns.update.PointerRecord;
import io.athena.dhcpd.ddns.update.UpdateRules;
import io.athena.dhcpd.ddns.update.ZoneEntry;
import io.athena.dhcpd.ddns.update.ZoneUpdater;
import java.net.InetAddress;
import java.util.List;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/** A zone on a name server that takes DNS UPDATE (RFC 2136), such as BIND, Knot DNS or PowerDNS. */
public final class Rfc2136Updater implements ZoneUpdater {

    private final ZoneClient zone;
    private final NameProcedure names;
    private final UpdateRules rules;

    private Rfc2136Updater(ZoneClient zone, UpdateRules rules, TimeSource time) {
        this.zone = zone;
        this.rules = rules;
        this.names = rules.useDhcid()
                ? new DhcidProcedure(zone, rules, new Takeovers(time))
                : new AddressProcedure(zone, rules);
    }

    /**
     * Opens nothing yet: each update finds its server anew.
     *
     * @param zone its name, with or without a dot at its end
     * @param time by which messages are signed, among others
     */
    public static Rfc2136Updater of(String zone, DnsTarget.Rfc2136 target, UpdateRules rules, TimeSource time) {
        return of(zone, target, rules, time, Patience.USUAL);
    }

    static Rfc2136Updater of(
            String zone, DnsTarget.Rfc2136 target, UpdateRules rules, TimeSource time, Patience patience) {
        ServerAddress address = new ServerAddress(target.server(), InetAddress::getAllByName, patience.lookup());
        Refusals refusals = new Refusals(zone, target.server(), target.key());
        Signer signer = new Signer(target.key(), time);
        return new Rfc2136Updater(new ZoneClient(zone, address, signer, refusals, patience, time), rules, time);
    }

    @Override
    public Outcome add(NameRecord name) throws DnsFailure, InterruptedException {
        return names.add(name);
    }

    @Override
    public Outcome remove(NameRecord name) throws DnsFailure, InterruptedException {
        return names.remove(name);
    }

    @Override
    public Outcome point(PointerRecord pointer) throws DnsFailure, InterruptedException {
        PTRRecord ptr = Records.ptr(pointer.owner(), pointer.fqdn(), rules.ttl());
        Update update = zone.change();
        update.delete(ptr.getName(), Type.PTR);
        update.add(ptr);
        zone.send(update);
        return Outcome.DONE;
    }

    @Override
    public Outcome unpoint(PointerRecord pointer) throws DnsFailure, InterruptedException {
        PTRRecord ptr = Records.ptr(pointer.owner(), pointer.fqdn(), 0);
        Update update = zone.change();
        update.present(Records.required(ptr));
        update.delete(ptr.getName(), Type.PTR);
        if (zone.send(update) == Rcode.NOERROR || pointers(pointer.owner()).isEmpty()) {
            return Outcome.DONE;
        }
        return Outcome.FOREIGN;
    }

    @Override
    public NameState look(String fqdn) throws DnsFailure, InterruptedException {
        return States.of(zone, Records.absolute(fqdn));
    }

    @Override
    public List<String> pointers(String owner) throws DnsFailure, InterruptedException {
        return zone.query(Records.absolute(owner), Type.PTR, PTRRecord.class).stream()
                .map(ptr -> Records.text(ptr.getTarget()))
                .toList();
    }

    @Override
    public List<ZoneEntry> list() throws DnsFailure, InterruptedException {
        return zone.list();
    }

    @Override
    public void close() {
        zone.close();
    }
}
