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
        if (contents.otherTypes().contains("CNAME")) {
            // Nothing can stand beside it (RFC 1034 section 3.6.2), and it is none of the records that are replaced.
            return new LeaveAlone();
        }
        return rules.useDhcid() ? addWithDhcid(contents, name, rules) : addByAddress(contents.state(), name, rules);
    }

    /** Takes the name's address away (RFC 4703 section 5.5). */
    static NamePlan remove(NameContents contents, NameRecord name, UpdateRules rules) {
        String mine = dhcid(name);
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
        Set<String> owners = new TreeSet<>(state.owners());
        // On a shared name nothing says whose the addresses are that are left; with one for each owner, one may be
        // mine.
        if (left.size() < owners.size() && !contents.hasOtherAddresses()) {
            owners.remove(mine);
        }
        return new Write(left, owners, false);
    }

    private static NamePlan addWithDhcid(NameContents contents, NameRecord name, UpdateRules rules) {
        NameState state = contents.state();
        Set<String> mine = Set.of(dhcid(name));
        if (rules.policy() == ConflictPolicy.APPEND) {
            return new Write(union(state.addresses(), name.address()), union(state.owners(), dhcid(name)), false);
        }
        // Like a prerequisite (RFC 2136 section 2.4.2), this compares whole sets: a name with a second owner is shared.
        if (!contents.inUse() || state.owners().equals(mine)) {
            return new Write(Set.of(name.address()), mine, false);
        }
        return rules.policy() == ConflictPolicy.OVERWRITE
                ? new Write(Set.of(name.address()), mine, true)
                : new LeaveAlone();
    }

    /** Without DHCID what says our address is ours, and other owners' records are not looked at. */
    private static NamePlan addByAddress(NameState state, NameRecord name, UpdateRules rules) {
        Set<Ipv4> address = Set.of(name.address());
        boolean free = state.addresses().isEmpty();
        return switch (rules.policy()) {
            case SKIP ->
                free || state.addresses().contains(name.address())
                        ? new Write(union(state.addresses(), name.address()), state.owners(), false)
                        : new LeaveAlone();
            case OVERWRITE -> new Write(address, state.owners(), !address.containsAll(state.addresses()));
            case APPEND -> new Write(union(state.addresses(), name.address()), state.owners(), false);
        };
    }

    private static String dhcid(NameRecord name) {
        return Dhcid.of(name.client(), name.fqdn()).toBase64();
    }

    private static <T extends Comparable<T>> Set<T> union(Set<T> some, T one) {
        Set<T> all = new TreeSet<>(some);
        all.add(one);
        return all;
    }
}
