package io.athena.dhcpd.core.lease;

/**
 * In what ways a DHCPDISCOVER lets itself be answered other than by an OFFER of an address that is then held.
 *
 * @param rapidCommit option 80 was sent: by an ACK at once (RFC 4039)
 * @param ipv6Only option 55 asks for 108: it may do without IPv4, so that nothing need be held for it (RFC 8925)
 * @param autoConfigure option 116 was sent: where there is no address, by an OFFER that says so (RFC 2563)
 */
public record Wishes(boolean rapidCommit, boolean ipv6Only, boolean autoConfigure) {

    /** A client that wants what RFC 2131 knows. */
    public static final Wishes NONE = new Wishes(false, false, false);

    /** The same, to be answered by an OFFER first. */
    Wishes withoutRapidCommit() {
        return new Wishes(false, ipv6Only, autoConfigure);
    }
}
