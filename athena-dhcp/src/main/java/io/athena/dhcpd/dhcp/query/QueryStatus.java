package io.athena.dhcpd.dhcp.query;

/** What option 151 can say (RFC 6926 section 6.2.2, RFC 7724 section 6.2). */
enum QueryStatus {
    SUCCESS(0),
    UNSPEC_FAIL(1),
    QUERY_TERMINATED(2),
    MALFORMED_QUERY(3),
    NOT_ALLOWED(4),
    DATA_MISSING(5),
    CONNECTION_ACTIVE(6),
    CATCH_UP_COMPLETE(7),
    TLS_CONNECTION_REFUSED(8);

    private final int code;

    QueryStatus(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
