package io.athena.dhcpd.conflict;

/** Hears of everything that could be an answer to a probe. */
interface Answers {

    /**
     * A frame in the name of an address.
     *
     * @param key interface and address
     * @param frame the frame, to be used before returning only
     */
    void arp(long key, byte[] frame);

    /**
     * An echo reply with this server's identifier.
     *
     * @param key address and sequence number
     * @param token what it brought back
     */
    void echo(long key, long token);
}
