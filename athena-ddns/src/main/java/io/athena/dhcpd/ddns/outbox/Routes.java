package io.athena.dhcpd.ddns.outbox;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.ddns.update.ZoneUpdater;
import org.jspecify.annotations.Nullable;

/** Where the records of a name are kept, by the configuration of the moment. */
public interface Routes {

    /**
     * A place for a record.
     *
     * @param updater keeps its zone
     * @param server what the zone's server is called; servers with one name fail together
     * @param owner the name of the record, in lower case without a dot at its end
     */
    record Place(ZoneUpdater updater, String server, String owner) {}

    /** Where the A record of a name belongs; null when no zone takes it. */
    @Nullable
    Place forward(HeldName name);

    /** Where the PTR record of an address belongs; null when no zone takes it. */
    @Nullable
    Place reverse(HeldName name, Ipv4 address);
}
