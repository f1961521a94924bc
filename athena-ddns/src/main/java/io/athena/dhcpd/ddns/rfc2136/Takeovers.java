package io.athena.dhcpd.ddns.rfc2136;

import io.athena.dhcpd.core.meter.LogBudget;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.update.Dhcid;
import io.athena.dhcpd.ddns.update.DnsFailure;
import io.athena.dhcpd.ddns.update.NameRecord;
import io.athena.dhcpd.ddns.update.NameState;
import io.athena.dhcpd.ddns.update.Outcome;
import io.athena.dhcpd.ddns.update.UpdateRules;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/** Names that are taken from somebody else, since the policy {@code overwrite} says so, and that are told of. */
final class Takeovers {

    private static final Logger LOG = LoggerFactory.getLogger(Takeovers.class);
    private static final int LINES_A_MINUTE = 10;

    private final LogBudget budget;

    Takeovers(TimeSource time) {
        this.budget = new LogBudget(time, LINES_A_MINUTE);
    }

    /** {@link Outcome#FOREIGN} when an alias stands there: beside it no address may (RFC 1034 section 3.6.2). */
    Outcome take(ZoneClient zone, NameRecord name, UpdateRules rules) throws DnsFailure, InterruptedException {
        ARecord address = Records.a(name, rules.ttl());
        Name owner = address.getName();
        NameState before = States.of(zone, owner);
        Update update = zone.change();
        update.absent(owner, Type.CNAME);
        update.delete(owner, Type.A);
        update.delete(owner, Type.DHCID);
        update.add(address);
        update.add(Records.dhcid(name, rules.ttl()));
        if (zone.send(update) != Rcode.NOERROR) {
            return Outcome.FOREIGN;
        }
        tell(name, before);
        return Outcome.DONE;
    }

    private void tell(NameRecord name, NameState before) {
        long suppressed = budget.permit("takeover");
        if (suppressed != LogBudget.SILENT) {
            LOG.warn(
                    "The name {} was taken from its owner (addresses {}, DHCID {}) and is now that of client {}"
                            + " (address {}, DHCID {}), as conflict_policy = \"overwrite\" has it{}",
                    name.fqdn(),
                    before.addresses(),
                    before.owners().isEmpty() ? "none" : before.owners(),
                    name.client(),
                    name.address(),
                    Dhcid.of(name.client(), name.fqdn()),
                    suppressed == 0 ? "" : "; " + suppressed + " more such names were not told of");
        }
    }
}
