package io.athena.dhcpd.dhcp;

import io.athena.dhcpd.core.engine.ProofObserver;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.LogBudget;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what addresses were known to be when they were given, and says so when one was given unproven. */
final class ProofBoard implements ProofObserver {

    private static final Logger LOG = LoggerFactory.getLogger(ProofBoard.class);

    private final Map<Proof, LongAdder> given = new EnumMap<>(Proof.class);
    private final LongAdder hits;
    private final LongAdder misses;
    private final LogBudget warnings;

    ProofBoard(Meters meters, LogBudget warnings) {
        for (Proof proof : Proof.values()) {
            given.put(proof, meters.counter(DhcpMeter.OFFERS, proof.tag()));
        }
        this.hits = meters.counter(DhcpMeter.PROBE_CACHE_HITS);
        this.misses = meters.counter(DhcpMeter.PROBE_CACHE_MISSES);
        this.warnings = warnings;
    }

    @Override
    public void given(Ipv4 address, Proof proof, int tried) {
        given.get(proof).increment();
        misses.add(tried);
        if (proof == Proof.READY) {
            hits.increment();
        }
        if (proof == Proof.UNPROVEN) {
            warn(address, tried);
        }
    }

    private void warn(Ipv4 address, int tried) {
        long suppressed = warnings.permit(Proof.UNPROVEN.tag());
        if (suppressed != LogBudget.SILENT) {
            LOG.atWarn()
                    .addKeyValue("ip", address)
                    .addKeyValue("probes", tried)
                    .addKeyValue("suppressed", suppressed)
                    .log(
                            "an address is offered that no probe has cleared: those tried before it were in use or could not"
                                    + " be probed in time");
        }
    }
}
