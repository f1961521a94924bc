package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.ClientTraits;

/**
 * Hears on what grounds an engine decides, while it does. Implementations MUST return at once and MUST NOT change
 * anything; a server that explains nothing runs with {@link #NONE}.
 */
public interface DecisionTrace {

    /** Nobody listens. */
    DecisionTrace NONE = new DecisionTrace() {
        @Override
        public void sender(ClientTraits client) {}

        @Override
        public void decided(Ground ground, Ipv4 address) {}
    };

    /** What is known of the sender of a DHCPREQUEST; some that it left out may count as said ({@link LinkView#asSaid}). */
    void sender(ClientTraits client);

    /** The engine decided about an address; where it decides again, the last word counts. */
    void decided(Ground ground, Ipv4 address);
}
