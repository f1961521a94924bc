package io.athena.dhcpd.app.serve;

import io.athena.dhcpd.conflict.ConflictConfig;
import io.athena.dhcpd.conflict.Prober;
import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.engine.ConflictProbe;
import io.athena.dhcpd.core.link.FrameSocketException;
import io.athena.dhcpd.core.link.JnrProbeSockets;
import io.athena.dhcpd.core.link.NamedInterface;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.listen.ServedInterface;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The conflict probes of a serving process, from its start over each reload to its end. */
final class Probing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Probing.class);

    private final AtomicReference<List<ServedInterface>> interfaces;
    private final @Nullable Prober prober;
    private final String failure;

    private Probing(AtomicReference<List<ServedInterface>> interfaces, @Nullable Prober prober, String failure) {
        this.interfaces = interfaces;
        this.prober = prober;
        this.failure = failure;
    }

    /**
     * Starts probing; where that is not possible the service goes on without, and {@link #problem} says why. No network
     * is attached before {@link #attach}.
     */
    static Probing start(AthenaConfig config, Meters meters, TimeSource time) {
        AtomicReference<List<ServedInterface>> interfaces = new AtomicReference<>(List.of());
        try {
            Supplier<List<NamedInterface>> states = () -> interfaces.get().stream()
                    .map(served -> new NamedInterface(served.name(), served.state()))
                    .toList();
            ConflictConfig section = config.section(ConflictConfig.class);
            Prober prober = Prober.open(section, states, JnrProbeSockets.open(), meters, time);
            return new Probing(interfaces, prober, "");
        } catch (FrameSocketException e) {
            LOG.error("No address is probed before it is offered: {}", e.getMessage());
            return new Probing(interfaces, null, String.valueOf(e.getMessage()));
        }
    }

    /** Interfaces that are served from now on; their states may change. */
    void attach(List<ServedInterface> served) {
        interfaces.set(served);
    }

    /** What the engines ask. */
    ConflictProbe probe() {
        return prober == null ? ConflictProbe.NONE : prober;
    }

    /** Follows a configuration, once its interfaces are served, and says what it means for its subnets. */
    void follow(AthenaConfig config) {
        if (prober != null) {
            prober.reconfigure(config.section(ConflictConfig.class));
            prober.explain(config.subnets());
        }
    }

    /** Why nothing can be probed although it should be; empty when all is well. */
    String problem() {
        return prober == null ? failure : prober.problem();
    }

    @Override
    public void close() {
        if (prober != null) {
            prober.close();
        }
    }
}
