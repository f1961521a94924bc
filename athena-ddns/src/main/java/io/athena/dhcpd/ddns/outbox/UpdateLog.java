package io.athena.dhcpd.ddns.outbox;

import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.LogBudget;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.update.DnsFailure;
import io.athena.dhcpd.ddns.update.Outcome;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts updates, and tells people what they have to know: a server's failure once, not every attempt. */
final class UpdateLog implements OutboxNews {

    private static final Logger LOG = LoggerFactory.getLogger(UpdateLog.class);
    private static final int LINES_A_MINUTE = 10;

    private final Meters meters;
    private final LogBudget budget;

    UpdateLog(Meters meters, TimeSource time) {
        this.meters = meters;
        this.budget = new LogBudget(time, LINES_A_MINUTE);
    }

    @Override
    public void settled(NameOp op, Outcome outcome) {
        count(op, outcome.name().toLowerCase(Locale.ROOT));
        if (outcome == Outcome.FOREIGN && op.kind() == NameOp.Kind.ADD) {
            say(
                    "foreign",
                    "{} belongs to somebody else in DNS; {} goes without it",
                    op.name().fqdn(),
                    op.work().address());
        } else {
            LOG.debug("{}: {}", op, outcome);
        }
    }

    @Override
    public void serverWorks(String server) {
        LOG.info("The name server {} takes updates again", server);
    }

    @Override
    public void nowhere(HeldName name, Ipv4 address) {
        say("nowhere", "{} of {} stays in DNS: no configured zone holds it", name.fqdn(), address);
    }

    /** A server failed. @param news whether it worked until now, or failed in another way */
    void serverFailed(NameOp op, DnsFailure failure, boolean news) {
        count(op, "failed");
        if (news) {
            LOG.warn("Names wait for the name server {}: {}", op.place().server(), failure.getMessage());
        } else {
            LOG.debug("{}: {}", op, failure.getMessage());
        }
    }

    /** A server refused one name; it is told of once, and not with each attempt. */
    void nameFailed(NameOp op, DnsFailure failure) {
        count(op, "failed");
        if (!op.refused(String.valueOf(failure.getMessage()))) {
            LOG.debug("{}: {}", op, failure.getMessage());
            return;
        }
        say(
                "name",
                "The name server {} refuses {}: {}",
                op.place().server(),
                op.name().fqdn(),
                String.valueOf(failure.getMessage()));
    }

    /** Nobody tries any longer. */
    void givenUp(NameOp op) {
        count(op, "given_up");
        say(
                "given-up",
                "{} of {} stays in DNS: it could not be taken away within ddns.retry_max_age",
                op.name().fqdn(),
                op.work().address());
    }

    private void count(NameOp op, String result) {
        meters.counter(DhcpMeter.DDNS_UPDATES, op.kind().tag(), result).increment();
    }

    private void say(String reason, String text, Object... values) {
        long suppressed = budget.permit(reason);
        if (suppressed != LogBudget.SILENT) {
            LOG.warn(text, values);
            if (suppressed > 0) {
                LOG.warn("... and {} more lines like it were left out", suppressed);
            }
        }
    }
}
