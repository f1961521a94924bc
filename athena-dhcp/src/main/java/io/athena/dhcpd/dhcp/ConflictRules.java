package io.athena.dhcpd.dhcp;

import java.time.Duration;

/**
 * What the conflict section says about addresses found in use.
 *
 * @param hold how long a declined address is withheld
 * @param maxConflicts after how many conflicts an address is withheld until somebody clears it
 */
public record ConflictRules(Duration hold, int maxConflicts) {}
