package io.athena.dhcpd.core.config;

import io.athena.dhcpd.core.option.OptionSet;
import org.jspecify.annotations.Nullable;

/**
 * What defaults, subnet, class, pool and reservation have in common: options, lease times and where to boot from. The
 * more specific scope wins.
 *
 * @param options encoded options without 51, 58 and 59
 * @param leaseTime seconds, {@code 0xffffffff} for ever, or null when not set here
 * @param renewalTime T1 in seconds, or null when not set here
 * @param rebindTime T2 in seconds, or null when not set here
 * @param boot the boot fields of the header
 */
public record OptionScope(
        OptionSet options,
        @Nullable Long leaseTime,
        @Nullable Long renewalTime,
        @Nullable Long rebindTime,
        BootFields boot) {

    public static final OptionScope EMPTY = new OptionScope(OptionSet.EMPTY, null, null, null);

    /** A scope that says nothing about booting. */
    public OptionScope(
            OptionSet options, @Nullable Long leaseTime, @Nullable Long renewalTime, @Nullable Long rebindTime) {
        this(options, leaseTime, renewalTime, rebindTime, BootFields.NONE);
    }

    /** This scope with everything that {@code inner} sets put over it. */
    public OptionScope overriddenBy(OptionScope inner) {
        return new OptionScope(
                options.overriddenBy(inner.options),
                inner.leaseTime != null ? inner.leaseTime : leaseTime,
                inner.renewalTime != null ? inner.renewalTime : renewalTime,
                inner.rebindTime != null ? inner.rebindTime : rebindTime,
                boot.overriddenBy(inner.boot));
    }
}
