package io.athena.dhcpd.ddns.reconcile;

/**
 * A difference between leases and DNS.
 *
 * @param kind what differs
 * @param ip the address it is about
 * @param name the name it is about
 * @param detail what DNS says instead; empty when nothing
 */
public record Drift(Kind kind, String ip, String name, String detail) {

    /** What differs. */
    public enum Kind {
        /** A lease has a name of which there is no A record. */
        ADDRESS_MISSING("address_missing", true),
        /** The PTR record of a lease is missing or says another name. */
        POINTER_MISSING("pointer_missing", true),
        /** The name of a lease that is over still has its A record. */
        ADDRESS_LEFT("address_left", true),
        /** The address of a lease that is over still has its PTR record. */
        POINTER_LEFT("pointer_left", true),
        /** The name of a lease is somebody else's. */
        FOREIGN("foreign", false),
        /** A record in our zones says an address of ours without a lease, and nothing proves that it is ours to remove. */
        UNKNOWN("unknown", false);

        private final String tag;
        private final boolean repairable;

        Kind(String tag, boolean repairable) {
            this.tag = tag;
            this.repairable = repairable;
        }

        /** Lower-case name, for people and programs. */
        public String tag() {
            return tag;
        }

        /** Whether this server may put it right. */
        public boolean isRepairable() {
            return repairable;
        }
    }
}
