package io.athena.dhcpd.dhcp.query;

import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;

/** The states of option 156 that addresses of this server can be in (RFC 6926 section 6.2.7). */
enum BindingState {
    AVAILABLE(1),
    ACTIVE(2),
    EXPIRED(3),
    RELEASED(4),
    ABANDONED(5);

    private final int code;

    BindingState(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** The state of a record at {@code now}: a lease is over when its time is, reaped or not. */
    static BindingState of(Lease lease, long now) {
        if (lease.state() == LeaseState.ACTIVE) {
            return lease.isActive(now) ? ACTIVE : EXPIRED;
        }
        return switch (lease.state()) {
            case EXPIRED -> EXPIRED;
            case RELEASED -> RELEASED;
            case DECLINED -> ABANDONED;
            default -> AVAILABLE;
        };
    }
}
