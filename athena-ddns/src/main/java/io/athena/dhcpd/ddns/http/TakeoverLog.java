package io.athena.dhcpd.ddns.http;

import io.athena.dhcpd.core.meter.LogBudget;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.update.NameRecord;
import io.athena.dhcpd.ddns.update.NameState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of names that are taken from somebody else, as the policy {@code overwrite} has it: some lines a minute. */
public final class TakeoverLog {

    private static final Logger LOG = LoggerFactory.getLogger(TakeoverLog.class);
    private static final int LINES_A_MINUTE = 10;

    private final LogBudget budget;

    public TakeoverLog(TimeSource time) {
        this.budget = new LogBudget(time, LINES_A_MINUTE);
    }

    /** A name gets a client's address in place of what stood there. */
    public void tell(NameRecord name, NameState before) {
        long suppressed = budget.permit("takeover");
        if (suppressed != LogBudget.SILENT) {
            LOG.warn(
                    "the name {} was taken from its owner (addresses {}, DHCID {}) for client {} (address {}),"
                            + " as conflict_policy = \"overwrite\" has it{}",
                    name.fqdn(),
                    before.addresses(),
                    before.owners().isEmpty() ? "none" : before.owners(),
                    name.client(),
                    name.address(),
                    suppressed == 0 ? "" : "; " + suppressed + " more such names were not told of");
        }
    }
}
