package io.athena.dhcpd.ddns.update;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that stands under a name, which DNS UPDATE leaves to the server to judge by prerequisites.
 *
 * @param state what this server may write
 * @param otherTypes what else there is, such as {@code AAAA}, in capitals
 */
public record NameContents(NameState state, Set<String> otherTypes) {

    /**
     * Not somebody's: what this server writes is in the state, and DNSSEC puts its records beside whatever there is
     * (RFC 4034, RFC 5155).
     */
    private static final Set<String> NOT_OTHERS = Set.of("A", "DHCID", "RRSIG", "NSEC", "NSEC3");

    /** Of a name with records of these types. */
    public static NameContents of(NameState state, Collection<String> types) {
        return new NameContents(
                state, types.stream().filter(type -> !NOT_OTHERS.contains(type)).collect(Collectors.toSet()));
    }

    /** Whether anything stands there (RFC 2136 section 2.4.5). */
    boolean inUse() {
        return !state.addresses().isEmpty() || !state.owners().isEmpty() || !otherTypes.isEmpty();
    }

    /** Whether a DHCPv6 server keeps addresses there, whose mark of ownership is the same record. */
    boolean hasOtherAddresses() {
        return otherTypes.contains("AAAA");
    }
}
