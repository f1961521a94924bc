package io.athena.dhcpd.dhcp.listen;

/** Where replies leave an interface. Calls may come from any thread and MUST NOT block. */
interface Departures {

    /** Whether whole frames can be sent. */
    boolean hasFrames();

    /** Takes a reply and its buffer. */
    void offer(Outgoing reply);
}
