package io.athena.dhcpd.ddns.rfc2136;

import io.athena.dhcpd.ddns.DdnsConfig.ConflictPolicy;
import io.athena.dhcpd.ddns.update.DnsFailure;
import io.athena.dhcpd.ddns.update.DnsFailure.Reach;
import io.athena.dhcpd.ddns.update.NameRecord;
import io.athena.dhcpd.ddns.update.Outcome;
import io.athena.dhcpd.ddns.update.UpdateRules;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DHCIDRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/** With DHCID records: a name is the client's whose DHCID stands there alone (RFC 4703 section 5). */
final class DhcidProcedure implements NameProcedure {

    /** How often a name may change hands while it is being worked on. */
    private static final int ATTEMPTS = 4;

    private final ZoneClient zone;
    private final UpdateRules rules;
    private final SharedNames shared;
    private final Takeovers takeovers;

    DhcidProcedure(ZoneClient zone, UpdateRules rules, Takeovers takeovers) {
        this.zone = zone;
        this.rules = rules;
        this.shared = new SharedNames(zone, rules);
        this.takeovers = takeovers;
    }

    @Override
    public Outcome add(NameRecord name) throws DnsFailure, InterruptedException {
        if (rules.policy() == ConflictPolicy.APPEND) {
            return shared.add(name);
        }
        ARecord address = Records.a(name, rules.ttl());
        DHCIDRecord owner = Records.dhcid(name, rules.ttl());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (isGivenUnused(address, owner)) {
                return Outcome.DONE;
            }
            switch (replace(address, owner)) {
                case Rcode.NOERROR -> {
                    return Outcome.DONE;
                }
                case Rcode.NXRRSET -> {
                    return rules.policy() == ConflictPolicy.OVERWRITE
                            ? takeovers.take(zone, name, rules)
                            : Outcome.FOREIGN;
                }
                default -> {
                    // It was freed between the two updates: from the beginning.
                }
            }
        }
        throw restless(name.fqdn());
    }

    @Override
    public Outcome remove(NameRecord name) throws DnsFailure, InterruptedException {
        ARecord address = Records.a(name, 0);
        DHCIDRecord owner = Records.dhcid(name, 0);
        Update update = zone.change();
        update.present(Records.required(owner));
        update.delete(address);
        if (zone.send(update) != Rcode.NOERROR) {
            return shared.remove(name);
        }
        removeLastTrace(address.getName(), owner);
        return Outcome.DONE;
    }

    /** RFC 4703 section 5.3.1: nothing stands under the name. */
    private boolean isGivenUnused(ARecord address, DHCIDRecord owner) throws DnsFailure, InterruptedException {
        Update update = zone.change();
        update.absent(address.getName());
        update.add(address);
        update.add(owner);
        return zone.send(update) == Rcode.NOERROR;
    }

    /** RFC 4703 section 5.3.2: the name is the client's already. */
    private int replace(ARecord address, DHCIDRecord owner) throws DnsFailure, InterruptedException {
        Update update = zone.change();
        update.present(address.getName());
        update.present(Records.required(owner));
        update.delete(address.getName(), Type.A);
        update.add(address);
        return zone.send(update);
    }

    /** RFC 4703 section 5.5: the DHCID goes with the last address, be it of IPv4 or IPv6. */
    private void removeLastTrace(Name name, DHCIDRecord owner) throws DnsFailure, InterruptedException {
        Update update = zone.change();
        update.present(Records.required(owner));
        update.absent(name, Type.A);
        update.absent(name, Type.AAAA);
        update.delete(owner);
        zone.send(update);
    }

    static DnsFailure restless(String fqdn) {
        return new DnsFailure(Reach.NAME, fqdn + " is being changed by somebody else all the time", null);
    }
}
