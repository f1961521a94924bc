package io.athena.dhcpd.conflict;

import org.slf4j.event.Level;

/**
 * What a configuration means for probes, as long as it holds.
 *
 * @param probing whether anything is probed or announced at all
 * @param icmp whether addresses on networks that are not attached are probed
 * @param announcing whether new leases are announced
 * @param timeoutNanos how long an answer is waited for
 * @param level the level at which results are logged
 */
record ProbeRules(boolean probing, boolean icmp, boolean announcing, long timeoutNanos, Level level) {

    /** @param permitted whether this process may have the sockets */
    static ProbeRules of(ConflictConfig config, boolean permitted) {
        return new ProbeRules(
                config.enabled() && permitted,
                config.icmpFallback(),
                config.sendGratuitousArp(),
                config.probeTimeout().toNanos(),
                Level.valueOf(config.probeLogLevel().name()));
    }
}
