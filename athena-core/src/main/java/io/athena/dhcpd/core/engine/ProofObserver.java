package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.net.Ipv4;

/**
 * Hears, on the lane, what an address was known to be when it was given. Implementations MUST return at once and MUST NOT
 * throw.
 */
public interface ProofObserver {

    /** Hears nothing. */
    ProofObserver NONE = (address, proof, tried) -> {};

    /** How it was known that nobody uses an address. */
    enum Proof {
        /** A probe of a moment ago, or one ahead of time. */
        READY("ready"),
        /** A probe that the message waited for. */
        WAITED("waited"),
        /** It needed none: the client has a lease on it, or it is reserved, or nothing is probed here. */
        EXEMPT("exempt"),
        /** It cannot be probed: there is no privilege, no interface or no way to its network. */
        IMPOSSIBLE("impossible"),
        /** It is not known: as many others as may be tried were in use, or time ran out. */
        UNPROVEN("unproven");

        private final String tag;

        Proof(String tag) {
            this.tag = tag;
        }

        /** Lower-case name, for meters and logs. */
        public String tag() {
            return tag;
        }
    }

    /**
     * An address is given: in an OFFER, or at once.
     *
     * @param tried how many probes the message waited for
     */
    void given(Ipv4 address, Proof proof, int tried);
}
