package io.athena.dhcpd.ddns.rfc2136;

import io.athena.dhcpd.ddns.update.DnsFailure;
import io.athena.dhcpd.ddns.update.NameRecord;
import io.athena.dhcpd.ddns.update.Outcome;
import io.athena.dhcpd.ddns.update.UpdateRules;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DHCIDRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/**
 * Names that several clients have at once, each with an address and a DHCID of its own. Prerequisites know only whole sets
 * of records (RFC 2136 section 2.4.2): the set is read, and is the update's prerequisite then; when it has changed in
 * between, it is read again.
 */
final class SharedNames {

    private static final int ATTEMPTS = 5;

    private final ZoneClient zone;
    private final UpdateRules rules;

    SharedNames(ZoneClient zone, UpdateRules rules) {
        this.zone = zone;
        this.rules = rules;
    }

    /** Puts address and DHCID beside those that are there. */
    Outcome add(NameRecord record) throws DnsFailure, InterruptedException {
        ARecord address = Records.a(record, rules.ttl());
        DHCIDRecord owner = Records.dhcid(record, rules.ttl());
        Name name = address.getName();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<DHCIDRecord> owners = zone.query(name, Type.DHCID, DHCIDRecord.class);
            Update update = zone.change();
            require(update, name, Type.DHCID, owners);
            update.absent(name, Type.CNAME);
            update.add(address);
            if (!holds(owners, owner)) {
                update.add(owner);
            }
            if (zone.send(update) == Rcode.NOERROR) {
                return Outcome.DONE;
            }
            if (!zone.query(name, Type.CNAME, Record.class).isEmpty()) {
                return Outcome.FOREIGN;
            }
        }
        throw DhcidProcedure.restless(record.fqdn());
    }

    /** Takes the client's address, and its DHCID with the last one, out of the sets. */
    Outcome remove(NameRecord record) throws DnsFailure, InterruptedException {
        ARecord address = Records.a(record, 0);
        DHCIDRecord owner = Records.dhcid(record, 0);
        Name name = address.getName();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<DHCIDRecord> owners = zone.query(name, Type.DHCID, DHCIDRecord.class);
            if (!holds(owners, owner)) {
                boolean free = owners.isEmpty()
                        && zone.query(name, Type.A, ARecord.class).isEmpty();
                return free ? Outcome.DONE : Outcome.FOREIGN;
            }
            Update update = zone.change();
            require(update, name, Type.DHCID, owners);
            update.delete(address);
            if (zone.send(update) == Rcode.NOERROR) {
                leave(name, owner, owners);
                return Outcome.DONE;
            }
        }
        throw DhcidProcedure.restless(record.fqdn());
    }

    /**
     * Takes the DHCID away when no address can be the client's any more: fewer are left than there are clients, and none
     * of IPv6. Where that is not sure the DHCID stays, for without it the client's other address could never be removed.
     */
    private void leave(Name name, DHCIDRecord owner, List<DHCIDRecord> owners) throws DnsFailure, InterruptedException {
        List<ARecord> left = zone.query(name, Type.A, ARecord.class);
        if (left.size() >= owners.size()) {
            return;
        }
        Update update = zone.change();
        require(update, name, Type.DHCID, owners);
        require(update, name, Type.A, left);
        update.absent(name, Type.AAAA);
        update.delete(owner);
        zone.send(update);
    }

    /** That a set is exactly this one. */
    private static void require(Update update, Name name, int type, List<? extends Record> set) {
        if (set.isEmpty()) {
            update.absent(name, type);
        }
        set.forEach(record -> update.present(Records.required(record)));
    }

    private static boolean holds(List<DHCIDRecord> owners, DHCIDRecord owner) {
        return owners.stream().anyMatch(one -> Arrays.equals(one.getData(), owner.getData()));
    }
}
