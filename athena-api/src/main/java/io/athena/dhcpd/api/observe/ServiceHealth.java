package io.athena.dhcpd.api.observe;

import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while leases can be made durable and every configured interface is served. */
public final class ServiceHealth implements HealthIndicator {

    private final ServiceStatus status;

    public ServiceHealth(ServiceStatus status) {
        this.status = status;
    }

    @Override
    public Health health() {
        boolean writable = status.journalWritable();
        List<String> waiting = status.waitingInterfaces();
        return (writable && waiting.isEmpty() ? Health.up() : Health.down())
                .withDetail("journal_writable", writable)
                .withDetail("waiting_interfaces", waiting)
                .build();
    }
}
