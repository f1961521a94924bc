package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.event.EventPublisher;

/**
 * Who listens to an engine.
 *
 * @param observer hears of changes
 * @param trace hears on what grounds it decides
 * @param events hears of what happens to addresses
 * @param alarm hears of answers to probes that cannot be believed
 */
public record EngineListeners(LeaseObserver observer, DecisionTrace trace, EventPublisher events, ConflictAlarm alarm) {

    /** Nobody. */
    public static final EngineListeners NONE =
            new EngineListeners(LeaseObserver.NONE, DecisionTrace.NONE, EventPublisher.NONE, ConflictAlarm.NONE);

    /** One who wants to hear of changes. */
    public static EngineListeners of(LeaseObserver observer) {
        return new EngineListeners(observer, NONE.trace, NONE.events, NONE.alarm);
    }

    /** One who wants to hear on what grounds it decides. */
    public static EngineListeners of(DecisionTrace trace) {
        return new EngineListeners(NONE.observer, trace, NONE.events, NONE.alarm);
    }

    /** The same, and these hear of conflicts. */
    public EngineListeners with(EventPublisher newEvents, ConflictAlarm newAlarm) {
        return new EngineListeners(observer, trace, newEvents, newAlarm);
    }
}
