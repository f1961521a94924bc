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
 * @param companions what works beside it
 */
record Surroundings(
        int port,
        TimeSource time,
        ConflictRules rules,
        UnaryOperator<LeaseJournal> journal,
        UnaryOperator<RecoveredState> recovered,
        Companions companions) {

    /** The machine's time of day, by which no DISCOVER grows stale, however long a thread has to wait for its processor. */
    private static final TimeSource UNHURRIED = new TimeSource() {
        @Override
        public long epochSeconds() {
            return TimeSource.system().epochSeconds();
        }

        @Override
        public long epochMillis() {
            return TimeSource.system().epochMillis();
        }

        @Override
        public long wallMillis() {
            return TimeSource.system().wallMillis();
        }

        @Override
        public long nanoTime() {
            return 0;
        }
    };

    static final Surroundings USUAL = new Surroundings(
            0,
            UNHURRIED,
            ConflictFixtures.rules(),
            UnaryOperator.identity(),
            UnaryOperator.identity(),
            Companions.NONE);

    Surroundings onPort(int taken) {
        return new Surroundings(taken, time, rules, journal, recovered, companions);
    }

    Surroundings under(TimeSource clock) {
        return new Surroundings(port, clock, rules, journal, recovered, companions);
    }

    Surroundings ruledBy(ConflictRules others) {
        return new Surroundings(port, time, others, journal, recovered, companions);
    }

    Surroundings writingTo(LeaseJournal other) {
        return new Surroundings(port, time, rules, its -> other, recovered, companions);
    }

    Surroundings recovering(UnaryOperator<RecoveredState> otherwise) {
        return new Surroundings(port, time, rules, journal, otherwise, companions);
    }

    Surroundings beside(Companions others) {
        return new Surroundings(port, time, rules, journal, recovered, others);
    }
}
