package io.athena.dhcpd.core.net;

import java.util.Optional;

/**
 * An IPv4 prefix such as 10.0.0.0/24.
 *
 * @param network the lowest address; its host bits are zero
 * @param prefix length of the prefix, 0 to 32
 */
public record Cidr(Ipv4 network, int prefix) implements Comparable<Cidr> {

    public Cidr {
        if (prefix < 0 || prefix > 32) {
            throw new IllegalArgumentException("prefix length " + prefix + " is not within 0 to 32");
        }
        if ((network.bits() & ~maskBits(prefix)) != 0) {
            throw new IllegalArgumentException(network + "/" + prefix + " has host bits set; the network is "
                    + new Ipv4(network.bits() & maskBits(prefix)) + "/" + prefix);
        }
    }

    /**
     * Reads "address/length".
     *
     * @throws IllegalArgumentException with the cure in its message when the text is not a prefix or has host bits set
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        Optional<Ipv4> network = slash < 0 ? Optional.empty() : Ipv4.tryParse(text.substring(0, slash));
        String length = slash < 0 ? "" : text.substring(slash + 1);
        if (network.isEmpty() || !length.matches("[0-9]{1,2}") || Integer.parseInt(length) > 32) {
            throw new IllegalArgumentException("'" + text + "' is not a network such as 10.0.0.0/24");
        }
        return new Cidr(network.get(), Integer.parseInt(length));
    }

    /** The prefix of this length that {@code address} lies in. */
    public static Cidr around(Ipv4 address, int prefix) {
        return new Cidr(new Ipv4(address.bits() & maskBits(prefix)), prefix);
    }

    public boolean contains(Ipv4 address) {
        return (address.bits() & maskBits(prefix)) == network.bits();
    }

    /** Whether every address of {@code other} lies in this prefix. */
    public boolean contains(Cidr other) {
        return other.prefix >= prefix && contains(other.network);
    }

    public boolean overlaps(Cidr other) {
        return contains(other) || other.contains(this);
    }

    public Ipv4 mask() {
        return new Ipv4(maskBits(prefix));
    }

    /** The highest address; for prefixes up to /30 that is the directed broadcast address. */
    public Ipv4 broadcast() {
        return new Ipv4(network.bits() | ~maskBits(prefix));
    }

    /** Whether the address is one that no host may have: network or broadcast of a prefix up to /30. */
    public boolean isNetworkOrBroadcast(Ipv4 address) {
        return prefix <= 30 && (address.equals(network) || address.equals(broadcast()));
    }

    private static int maskBits(int prefix) {
        return prefix == 0 ? 0 : -1 << (32 - prefix);
    }

    @Override
    public int compareTo(Cidr other) {
        int byNetwork = network.compareTo(other.network);
        return byNetwork != 0 ? byNetwork : Integer.compare(prefix, other.prefix);
    }

    @Override
    public String toString() {
        return network + "/" + prefix;
    }
}
