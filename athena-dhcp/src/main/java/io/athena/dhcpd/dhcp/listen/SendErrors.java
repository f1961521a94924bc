package io.athena.dhcpd.dhcp.listen;

import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.LogBudget;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts replies that could not be sent, and logs a few of them. */
final class SendErrors {

    private static final Logger log = LoggerFactory.getLogger(SendErrors.class);

    /** The way a reply takes through the kernel. */
    enum Path {
        UDP,
        FRAME
    }

    private final LogBudget budget;
    private final LongAdder udp;
    private final LongAdder frame;

    SendErrors(Meters meters, LogBudget budget) {
        this.budget = budget;
        this.udp = meters.counter(DhcpMeter.SEND_ERRORS, tag(Path.UDP));
        this.frame = meters.counter(DhcpMeter.SEND_ERRORS, tag(Path.FRAME));
    }

    void count(Path path, String interfaceName, Ipv4 to, String why) {
        (path == Path.UDP ? udp : frame).increment();
        long suppressed = budget.permit("send_" + tag(path));
        if (suppressed != LogBudget.SILENT) {
            log.atWarn()
                    .addKeyValue("ip", to)
                    .addKeyValue("interface", interfaceName)
                    .addKeyValue("path", tag(path))
                    .addKeyValue("reason", why)
                    .addKeyValue("not_logged", suppressed)
                    .log("a reply was not sent");
        }
    }

    private static String tag(Path path) {
        return path.name().toLowerCase(Locale.ROOT);
    }
}
