package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;

/**
 * An address held for a client between its OFFER and its REQUEST.
 *
 * @param address the address
 * @param key the client
 * @param until epoch seconds when the hold ends
 * @param knownClient whether the client had a binding here before; such an offer is never recalled for a stranger
 */
record Offer(Ipv4 address, ClientKey key, long until, boolean knownClient) {}
