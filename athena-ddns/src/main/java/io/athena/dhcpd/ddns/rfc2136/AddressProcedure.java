package io.athena.dhcpd.ddns.rfc2136;

import io.athena.dhcpd.ddns.DdnsConfig.ConflictPolicy;
import io.athena.dhcpd.ddns.update.DnsFailure;
import io.athena.dhcpd.ddns.update.NameRecord;
import io.athena.dhcpd.ddns.update.Outcome;
import io.athena.dhcpd.ddns.update.UpdateRules;
import java.util.List;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/** Without DHCID records: ours is what says our address. */
final class AddressProcedure implements NameProcedure {

    private final ZoneClient zone;
    private final UpdateRules rules;

    AddressProcedure(ZoneClient zone, UpdateRules rules) {
        this.zone = zone;
        this.rules = rules;
    }

    @Override
    public Outcome add(NameRecord name) throws DnsFailure, InterruptedException {
        ARecord ours = Records.a(name, rules.ttl());
        Update update = zone.change();
        update.absent(ours.getName(), Type.CNAME);
        switch (rules.policy()) {
            case SKIP -> update.absent(ours.getName(), Type.A);
            case OVERWRITE -> update.delete(ours.getName(), Type.A);
            case APPEND -> {}
        }
        update.add(ours);
        if (zone.send(update) == Rcode.NOERROR) {
            return Outcome.DONE;
        }
        return rules.policy() == ConflictPolicy.SKIP && standsAlone(ours) ? Outcome.DONE : Outcome.FOREIGN;
    }

    /** Whether our address is all that stands there; its TTL is refreshed then. */
    private boolean standsAlone(ARecord ours) throws DnsFailure, InterruptedException {
        Update update = zone.change();
        update.present(Records.required(ours));
        update.add(ours);
        return zone.send(update) == Rcode.NOERROR;
    }

    @Override
    public Outcome remove(NameRecord name) throws DnsFailure, InterruptedException {
        ARecord ours = Records.a(name, 0);
        List<ARecord> standing = zone.query(ours.getName(), Type.A, ARecord.class);
        if (standing.stream().noneMatch(one -> Records.address(one).equals(name.address()))) {
            return standing.isEmpty() ? Outcome.DONE : Outcome.FOREIGN;
        }
        Update update = zone.change();
        // It takes this address and no other, whatever has come or gone since the look.
        update.delete(ours);
        zone.send(update);
        return Outcome.DONE;
    }
}
