package io.athena.dhcpd.core.net;

/**
 * Addresses from first to last, both included.
 *
 * @param first the lowest address
 * @param last the highest address, not below {@code first}
 */
public record AddressRange(Ipv4 first, Ipv4 last) {

    public AddressRange {
        if (first.compareTo(last) > 0) {
            throw new IllegalArgumentException("the range starts at " + first + ", after its end " + last);
        }
    }

    public boolean contains(Ipv4 address) {
        return address.compareTo(first) >= 0 && address.compareTo(last) <= 0;
    }

    public boolean overlaps(AddressRange other) {
        return first.compareTo(other.last) <= 0 && other.first.compareTo(last) <= 0;
    }

    /** How many addresses, 1 to 2^32. */
    public long size() {
        return last.toLong() - first.toLong() + 1;
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
