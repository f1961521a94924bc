package io.athena.dhcpd.core.engine;

import static io.athena.dhcpd.core.lease.LeaseState.ACTIVE;
import static io.athena.dhcpd.core.lease.LeaseState.DECLINED;
import static io.athena.dhcpd.core.lease.LeaseState.EXPIRED;
import static io.athena.dhcpd.core.lease.LeaseState.FREE;
import static io.athena.dhcpd.core.lease.LeaseState.OFFERED;
import static io.athena.dhcpd.core.lease.LeaseState.RELEASED;

import io.athena.dhcpd.core.lease.LeaseState;
import java.util.EnumMap;
import java.util.Map;

/** The life of an address with one client: every legal transition, in one table. */
public final class LeaseLifecycle {

    /** What can happen to an address. */
    public enum Input {
        /** It is put into a DHCPOFFER. */
        OFFER,
        /** A DHCPACK for it is durable: first lease, renewal, INIT-REBOOT, BOOTP. */
        GRANT,
        /** The hold of an offer ended without a REQUEST. */
        LAPSE,
        /** The lease time is over. */
        EXPIRE,
        /** Its client sent DHCPRELEASE, or moved to another address of the link. */
        RELEASE,
        /** Its client sent DHCPDECLINE. */
        DECLINE,
        /** The hold after a conflict ended. */
        HOLD_END
    }

    private static final Map<LeaseState, Map<Input, LeaseState>> TABLE = new EnumMap<>(LeaseState.class);

    static {
        from(FREE, Map.of(Input.OFFER, OFFERED, Input.GRANT, ACTIVE));
        from(OFFERED, Map.of(Input.OFFER, OFFERED, Input.GRANT, ACTIVE, Input.LAPSE, FREE, Input.DECLINE, DECLINED));
        from(
                ACTIVE,
                Map.of(
                        Input.OFFER, ACTIVE,
                        Input.GRANT, ACTIVE,
                        Input.EXPIRE, EXPIRED,
                        Input.RELEASE, RELEASED,
                        Input.DECLINE, DECLINED));
        from(EXPIRED, Map.of(Input.OFFER, OFFERED, Input.GRANT, ACTIVE));
        from(RELEASED, Map.of(Input.OFFER, OFFERED, Input.GRANT, ACTIVE));
        from(DECLINED, Map.of(Input.HOLD_END, FREE));
    }

    private LeaseLifecycle() {}

    private static void from(LeaseState state, Map<Input, LeaseState> ways) {
        TABLE.put(state, ways);
    }

    /** Whether the input is legal in this state. */
    public static boolean allows(LeaseState state, Input input) {
        return TABLE.getOrDefault(state, Map.of()).containsKey(input);
    }

    /** The state after the input. @throws IllegalStateException when the table has no such way */
    public static LeaseState on(LeaseState state, Input input) {
        LeaseState next = TABLE.getOrDefault(state, Map.of()).get(input);
        if (next == null) {
            throw new IllegalStateException("no transition from " + state + " by " + input);
        }
        return next;
    }
}
