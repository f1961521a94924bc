package io.athena.dhcpd.dhcp.wire;

/** Offsets and sizes of RFC 2131 section 2, figure 1, in bytes. */
final class Layout {

    static final int HOPS_AT = 3;
    static final int GIADDR_AT = 24;
    static final int CHADDR_SIZE = 16;
    static final int SNAME_AT = 44;
    static final int SNAME_SIZE = 64;
    static final int FILE_AT = 108;
    static final int FILE_SIZE = 128;
    static final int COOKIE_AT = 236;
    static final int OPTIONS_AT = 240;

    /** The four bytes in front of DHCP options and BOOTP vendor extensions (RFC 2131 section 3). */
    static final int COOKIE = 0x63825363;

    /** The size of a BOOTP message (RFC 951), below which old relay agents and boot ROMs drop replies. */
    static final int BOOTP_SIZE = 300;

    /** IP and UDP headers, which option 57 counts with the message. */
    static final int IP_UDP_HEADERS = 28;

    private Layout() {}
}
