package io.athena.dhcpd.core.lease;

import java.util.Locale;

/** Why a packet got no answer, or a NAK: the log key, the metric tag and the console's reason code in one. */
public enum DropReason {
    // Malformed: the packet cannot be believed (counted, rarely logged).
    TOO_SHORT,
    TOO_LONG,
    NOT_A_REQUEST,
    BAD_COOKIE,
    BAD_HARDWARE_LENGTH,
    TRUNCATED_OPTION,
    BAD_MESSAGE_TYPE,
    SERVER_MESSAGE,
    NO_IDENTITY,
    BAD_HARDWARE_ADDRESS,

    // Refused at the gate.
    NO_SUBNET,
    OWN_GIADDR,
    BAD_GIADDR,
    NOT_SERVING,
    QUEUE_FULL,
    STALE,
    RATE_LIMITED,
    TOO_MANY_NEWCOMERS,
    TOO_MANY_WAITING,
    LEASEQUERY_REFUSED,
    LEASEQUERY_UNUSABLE,

    // What a client has to prove (RFC 3118).
    NOT_AUTHENTICATED,
    BAD_AUTHENTICATION,
    REPLAYED,

    // The engine's answers.
    OTHER_SERVER,
    NO_FREE_ADDRESS,
    NO_MATCHING_POOL,
    NOT_HOLDER,
    TOO_MANY_DECLINES,
    NO_RECORD,
    NOT_OURS,
    NO_BOOTP_BINDING,
    LEASE_NOT_WRITTEN,
    ADDRESS_MISSING,

    // Reasons of a NAK.
    WRONG_NETWORK,
    NOT_YOUR_ADDRESS,
    ADDRESS_UNUSABLE,
    OFFER_GONE,

    // Faults of ours.
    INTERNAL_ERROR;

    private final String tag = name().toLowerCase(Locale.ROOT);

    /** Lower-case name, for logs and meters. */
    public String tag() {
        return tag;
    }
}
