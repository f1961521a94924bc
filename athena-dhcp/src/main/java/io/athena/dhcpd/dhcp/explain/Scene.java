package io.athena.dhcpd.dhcp.explain;

import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.ConfigLines;
import io.athena.dhcpd.core.engine.NamePolicy;
import io.athena.dhcpd.core.engine.Offer;
import io.athena.dhcpd.core.journal.RecoveredState;
import io.athena.dhcpd.core.link.InterfaceState;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.ConflictRules;
import java.util.List;
import java.util.Map;

/**
 * What an explanation starts from. All of it is only read.
 *
 * @param config the configuration
 * @param lines where it stands in its file
 * @param conflictRules what its conflict section says
 * @param interfaces the interfaces that are served, by name, in the order of the configuration
 * @param leases what the store holds; its images are used up
 * @param offers OFFERs of a running server that are not answered yet, the oldest first
 * @param expirySuspended whether a running server does not believe its clock
 * @param names decides which names leases get in DNS
 * @param time the machine's clocks
 */
public record Scene(
        AthenaConfig config,
        ConfigLines lines,
        ConflictRules conflictRules,
        Map<String, InterfaceState> interfaces,
        RecoveredState leases,
        List<Offer> offers,
        boolean expirySuspended,
        NamePolicy names,
        TimeSource time) {}
