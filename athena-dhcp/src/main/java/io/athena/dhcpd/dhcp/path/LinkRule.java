package io.athena.dhcpd.dhcp.path;

/** By what the link of a client is found, in this order. */
public enum LinkRule {
    /** Sub-option 5 of option 82 (RFC 3527). */
    LINK_SELECTION("sub-option 5 of option 82"),
    /** Option 118 (RFC 3011), where the subnet lets itself be chosen. */
    SUBNET_SELECTION("option 118"),
    GIADDR("the relay agent's address (giaddr)"),
    CIADDR("the client's own address (ciaddr)"),
    INTERFACE("an address of the interface");

    private final String text;

    LinkRule(String text) {
        this.text = text;
    }

    /** The same for people. */
    public String text() {
        return text;
    }
}
