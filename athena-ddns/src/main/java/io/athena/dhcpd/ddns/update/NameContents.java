package io.athena.dhcpd.ddns.update;

import java.util.Set;

/**
 * All that stands under a name, which DNS UPDATE leaves to the server to judge by prerequisites.
 *
 * @param state what this server may write
 * @param otherTypes what else there is, such as {@code AAAA}, in capitals, without the records of DNSSEC
 */
public record NameContents(NameState state, Set<String> otherTypes) {

    /** Whether anything stands there (RFC 2136 section 2.4.4). */
    boolean inUse() {
        return !state.addresses().isEmpty() || !state.owners().isEmpty() || !otherTypes.isEmpty();
    }

    /** Whether a DHCPv6 server keeps addresses there, whose mark of ownership is the same record. */
    boolean hasOtherAddresses() {
        return otherTypes.contains("AAAA");
    }
}
