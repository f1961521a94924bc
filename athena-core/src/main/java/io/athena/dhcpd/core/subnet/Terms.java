package io.athena.dhcpd.core.subnet;

import io.athena.dhcpd.core.config.OptionScope;
import io.athena.dhcpd.core.option.OptionSet;
import java.util.List;

/**
 * On what terms an address is given: everything a reply says beyond the address itself, merged and encoded when the
 * configuration is compiled.
 *
 * @param scope defaults, subnet, pool and reservation merged, with mask and broadcast address derived
 * @param boot what the boot fields of the header say
 * @param alwaysSend option codes sent whether asked for or not
 */
public record Terms(OptionScope scope, BootHeader boot, List<Integer> alwaysSend) {

    /** The lease time where nothing sets one: 12 hours. */
    public static final long DEFAULT_LEASE_TIME = 12 * 3600;

    /** A client cannot ask for less than this, unless the configured time is shorter still. */
    private static final long SHORTEST_REQUESTED = 60;

    static Terms of(OptionScope scope, List<Integer> alwaysSend) {
        return new Terms(scope, BootHeader.of(scope), alwaysSend);
    }

    public OptionSet options() {
        return scope.options();
    }

    /** The configured lease time in seconds. */
    public long leaseTime() {
        Long seconds = scope.leaseTime();
        return seconds == null ? DEFAULT_LEASE_TIME : seconds;
    }

    /** RFC 2131 section 4.3.1: the time the client asks for where it is shorter than ours, else ours. */
    public long leaseTimeFor(long requested) {
        long configured = leaseTime();
        if (requested < 0 || requested >= configured) {
            return configured;
        }
        return Math.max(requested, Math.min(configured, SHORTEST_REQUESTED));
    }

    /** T1 and T2 that go with a lease of {@code seconds}. */
    public LeaseTimes times(long seconds) {
        return LeaseTimes.of(Math.min(seconds, LeaseTimes.FOREVER), scope.renewalTime(), scope.rebindTime());
    }
}
