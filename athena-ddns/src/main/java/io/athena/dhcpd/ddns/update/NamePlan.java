package io.athena.dhcpd.ddns.update;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.ddns.DdnsConfig.ConflictPolicy;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a name shall have, decided from what it has: the procedure of RFC 4703 for servers whose protocol has no
 * prerequisites. Only one update of a name is under way at a time, so reading, deciding and writing is safe against this
 * server, though not against others that write the same name in between.
 */
public sealed interface NamePlan {

    /** The name is somebody else's. */
    record LeaveAlone() implements NamePlan {}

    /**
     * The name gets this, whatever it had.
     *
     * @param addresses of the A records; empty for none
     * @param owners the DHCID records as base64; empty for none
     * @param takesOver whether somebody else loses the name by it
     */
    record Write(Set<Ipv4> addresses, Set<String> owners, boolean takesOver) implements NamePlan {}

    /** Gives the name its address (RFC 4703 section 5.3). */
    static NamePlan add(NameContents contents, NameRecord name, UpdateRules rules) {
        String mine = Dhcid.of(name.client(), name.fqdn()).toBase64();
        Set<Ipv4> address = Set.of(name.address());
        NameState state = contents.state();
        boolean append = rules.policy() == ConflictPolicy.APPEND;
        if (contents.otherTypes().contains("CNAME")) {
            // Nothing can stand beside it (RFC 2181 section 10.1), and it is not one of the records that are replaced.
            return new LeaveAlone();
        }
        if (!rules.useDhcid()) {
            if (state.addresses().contains(name.address())) {
                return new Write(state.addresses(), state.owners(), false);
            }
            return state.addresses().isEmpty()
                    ? new Write(address, state.owners(), false)
                    : byPolicy(rules, state, address, state.owners());
        }
        // Like a prerequisite (RFC 2136 section 2.4.2), this compares the whole set: a name with a second owner is
        // shared.
        if (!contents.inUse() || state.owners().equals(Set.of(mine)) && !append) {
            return new Write(address, Set.of(mine), false);
        }
        return byPolicy(rules, state, address, Set.of(mine));
    }

    /** Takes the name's address away (RFC 4703 section 5.5). */
    static NamePlan remove(NameContents contents, NameRecord name, UpdateRules rules) {
        String mine = Dhcid.of(name.client(), name.fqdn()).toBase64();
        NameState state = contents.state();
        boolean nothing = state.addresses().isEmpty() && (state.owners().isEmpty() || !rules.useDhcid());
        boolean proved = rules.useDhcid()
                ? state.owners().contains(mine)
                : state.addresses().contains(name.address());
        if (!proved && !nothing) {
            return new LeaveAlone();
        }
        Set<Ipv4> left = new TreeSet<>(state.addresses());
        left.remove(name.address());
        boolean last = left.isEmpty()
                && !contents.hasOtherAddresses()
                && state.owners().contains(mine);
        return new Write(left, last ? Set.of() : state.owners(), false);
    }

    private static NamePlan byPolicy(UpdateRules rules, NameState state, Set<Ipv4> address, Set<String> owners) {
        return switch (rules.policy()) {
            case SKIP -> new LeaveAlone();
            case OVERWRITE -> new Write(address, owners, true);
            case APPEND -> new Write(union(state.addresses(), address), union(state.owners(), owners), false);
        };
    }

    private static <T extends Comparable<T>> Set<T> union(Set<T> some, Set<T> others) {
        Set<T> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }
}
