package io.athena.dhcpd.core.engine;

/**
 * How an engine probes.
 *
 * @param starter starts probes
 * @param observer hears what each address was known to be when it was given
 */
public record Probing(ProbeStarter starter, ProofObserver observer) {

    /** Not at all. */
    public static final Probing NONE = new Probing(ProbeStarter.NONE, ProofObserver.NONE);
}
