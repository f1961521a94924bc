package io.athena.dhcpd.dhcp;

import io.athena.dhcpd.core.journal.LeaseJournal;
import io.athena.dhcpd.core.journal.RecoveredState;
import io.athena.dhcpd.core.time.TimeSource;
import java.util.function.UnaryOperator;

/**
 * What a {@link RunningService} stands on.
 *
 * @param port where it listens; 0 for any port that is free
 * @param time the clocks of the service; its store goes by the machine's
 * @param rules what is done about addresses found in use
 * @param journal what takes the place of the store's journal
 * @param recovered what takes the place of what the store had at start
 */
record Surroundings(
        int port,
        TimeSource time,
        ConflictRules rules,
        UnaryOperator<LeaseJournal> journal,
        UnaryOperator<RecoveredState> recovered) {

    static final Surroundings USUAL = new Surroundings(
            0, TimeSource.system(), ConflictFixtures.rules(), UnaryOperator.identity(), UnaryOperator.identity());

    Surroundings onPort(int taken) {
        return new Surroundings(taken, time, rules, journal, recovered);
    }

    Surroundings under(TimeSource clock) {
        return new Surroundings(port, clock, rules, journal, recovered);
    }

    Surroundings ruledBy(ConflictRules others) {
        return new Surroundings(port, time, others, journal, recovered);
    }

    Surroundings writingTo(LeaseJournal other) {
        return new Surroundings(port, time, rules, its -> other, recovered);
    }

    Surroundings recovering(UnaryOperator<RecoveredState> otherwise) {
        return new Surroundings(port, time, rules, journal, otherwise);
    }
}
