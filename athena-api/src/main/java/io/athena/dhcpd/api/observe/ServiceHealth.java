package io.athena.dhcpd.api.observe;

import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Up while leases can be made durable and every configured interface is served; degraded when that is so and something
 * else does not work.
 */
public final class ServiceHealth implements HealthIndicator {

    /** Clients are served, so nobody should take the server out of service; people should look at it. */
    public static final Status DEGRADED = new Status("DEGRADED", "serves, but not all that is configured works");

    private final ServiceStatus status;

    public ServiceHealth(ServiceStatus status) {
        this.status = status;
    }

    @Override
    public Health health() {
        boolean writable = status.journalWritable();
        List<String> waiting = status.waitingInterfaces();
        List<String> degradations = status.degradations();
        Health.Builder health = new Health.Builder(statusOf(writable && waiting.isEmpty(), degradations));
        return health.withDetail("journal_writable", writable)
                .withDetail("waiting_interfaces", waiting)
                .withDetail("degradations", degradations)
                .build();
    }

    private static Status statusOf(boolean serves, List<String> degradations) {
        if (!serves) {
            return Status.DOWN;
        }
        return degradations.isEmpty() ? Status.UP : DEGRADED;
    }
}
