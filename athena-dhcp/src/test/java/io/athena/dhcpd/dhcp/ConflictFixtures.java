package io.athena.dhcpd.dhcp;

import java.time.Duration;

/** What the conflict section says in tests that are about something else. */
public final class ConflictFixtures {

    private ConflictFixtures() {}

    /** Declined addresses are withheld for an hour, after three times for good. */
    public static ConflictRules rules() {
        return rules(Duration.ofHours(1));
    }

    static ConflictRules rules(Duration hold) {
        return new ConflictRules(hold, 3);
    }
}
