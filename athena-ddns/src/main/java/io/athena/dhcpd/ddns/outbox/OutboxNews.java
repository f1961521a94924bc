package io.athena.dhcpd.ddns.outbox;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.ddns.update.Outcome;

/** Hears, on the outbox's thread, what people may want to know. */
interface OutboxNews {

    /** A name server dealt with an update. */
    void settled(NameOp op, Outcome outcome);

    /** A server that had failed works again. */
    void serverWorks(String server);

    /** A name has to go, but no configured zone holds it any more. */
    void nowhere(HeldName name, Ipv4 address);
}
