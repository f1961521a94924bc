package io.athena.dhcpd.app.serve;

import io.athena.dhcpd.api.ApiConfig;
import io.athena.dhcpd.app.wiring.WebLayer;
import io.athena.dhcpd.core.config.HostPort;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the web layer up beside the running service, which goes on whatever becomes of it. */
final class Web implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Web.class);

    private final ApiConfig config;
    private final AtomicReference<@Nullable WebLayer> layer = new AtomicReference<>();

    Web(ApiConfig config) {
        this.config = config;
    }

    /** Starts in the background; opens nothing when the API is not enabled. */
    void start(DataPlane plane) {
        if (!config.enabled()) {
            LOG.info("The API is off (api.enabled), so no port is opened for it");
            return;
        }
        Thread starter = new Thread(() -> run(plane), "athena-web");
        starter.setDaemon(true);
        starter.start();
    }

    private void run(DataPlane plane) {
        HostPort at = config.loopbackListen();
        try {
            WebLayer started = WebLayer.start(new InetSocketAddress(at.host(), at.port()), plane.meters(), plane);
            layer.set(started);
            LOG.info("Metrics and health are at http://{}/metrics and /actuator", at);
        } catch (RuntimeException e) {
            LOG.error(
                    "The web layer could not be started on {}; DHCP is served all the same, without metrics and health."
                            + " Free the port or change api.listen, then restart: {}",
                    at,
                    rootMessage(e));
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    @Override
    public void close() {
        WebLayer started = layer.getAndSet(null);
        if (started != null) {
            started.close();
        }
    }
}
