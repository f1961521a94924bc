package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.net.Ipv4;
import org.jspecify.annotations.Nullable;

/**
 * How far the search for an address for one message has come; its exchange carries it while it waits for probes.
 *
 * @param tried probes that the message waited for
 * @param settled the address that need not be probed any more for this message, or null
 * @param failed whether that is so because the probe could not be sent
 * @param elapsedMillis how long ago the message came
 */
public record Search(int tried, @Nullable Ipv4 settled, boolean failed, long elapsedMillis) {

    /** The message has just come. */
    public static final Search NEW = new Search(0, null, false, 0);

    /** The same, later. @param millis since the message came */
    public Search at(long millis) {
        return new Search(tried, settled, failed, millis);
    }

    /** Whether the message has not waited yet. */
    boolean isNew() {
        return tried == 0 && settled == null;
    }

    Search trying() {
        return new Search(tried + 1, null, false, elapsedMillis);
    }

    Search unsettled() {
        return new Search(tried, null, false, elapsedMillis);
    }

    Search found(Ipv4 address, boolean unsent) {
        return new Search(tried, address, unsent, elapsedMillis);
    }
}
