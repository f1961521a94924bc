package io.athena.dhcpd.core.engine;

/**
 * Who listens to an engine.
 *
 * @param observer hears of changes
 * @param trace hears on what grounds it decides
 */
public record EngineListeners(LeaseObserver observer, DecisionTrace trace) {

    /** Nobody. */
    public static final EngineListeners NONE = new EngineListeners(LeaseObserver.NONE, DecisionTrace.NONE);

    /** One who wants to hear of changes. */
    public static EngineListeners of(LeaseObserver observer) {
        return new EngineListeners(observer, DecisionTrace.NONE);
    }

    /** One who wants to hear on what grounds it decides. */
    public static EngineListeners of(DecisionTrace trace) {
        return new EngineListeners(LeaseObserver.NONE, trace);
    }
}
