package io.athena.dhcpd.events.history;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.SeededHash;

/**
 * Remembers what was written of the addresses that were heard of last, so that a renewal costs no look into the store.
 * It may forget, but never takes one lease for another: the hash is 64 bits and secret. For one thread.
 */
final class Renewals {

    private static final int PLACES = 1 << 16;

    private final SeededHash hash = SeededHash.random();
    private final int[] addresses = new int[PLACES];
    private final long[] hashes = new long[PLACES];

    /** Whether the last entry of the address said this and the client still has it. */
    boolean isKnown(Ipv4 ip, byte[] facts) {
        int place = place(ip);
        return addresses[place] == ip.bits() && hashes[place] == hash(facts);
    }

    void learn(Ipv4 ip, byte[] facts) {
        int place = place(ip);
        addresses[place] = ip.bits();
        hashes[place] = hash(facts);
    }

    void forget(Ipv4 ip) {
        int place = place(ip);
        if (addresses[place] == ip.bits()) {
            addresses[place] = 0;
        }
    }

    private long hash(byte[] facts) {
        return hash.of(0, facts);
    }

    private int place(Ipv4 ip) {
        return (int) (hash.of(0, (long) ip.bits()) & PLACES - 1);
    }
}
