package io.athena.dhcpd.ddns.name;

import org.jspecify.annotations.Nullable;

/**
 * Where the names of a subnet lie.
 *
 * @param limit what every name lies below
 * @param domain what a single label is completed by; the limit or below it
 * @param forward whether there is a zone of A records
 */
record NameScope(String limit, String domain, boolean forward) {

    /**
     * The scope of names, or null when nothing says where they could lie. Without a zone of A records a PTR record can
     * still say the name that the subnet's domain gives.
     *
     * @param zone of A records, or null
     * @param domainName the subnet's domain, or null
     */
    static @Nullable NameScope of(@Nullable String zone, @Nullable String domainName) {
        if (zone == null) {
            return domainName == null ? null : new NameScope(domainName, domainName, false);
        }
        boolean inside = domainName != null && (domainName.equals(zone) || NameText.isBelow(domainName, zone));
        return new NameScope(zone, inside ? domainName : zone, true);
    }

    /** A label in this domain; null when that is too long for a name. */
    @Nullable
    String complete(String label) {
        String name = label + "." + domain;
        return name.length() > NameText.MAX_NAME ? null : name;
    }
}
