package io.athena.dhcpd.app.wiring;

import io.athena.dhcpd.api.observe.MeterBridge;
import io.athena.dhcpd.api.observe.MetricsRoute;
import io.athena.dhcpd.api.observe.ServiceHealth;
import io.athena.dhcpd.api.observe.ServiceStatus;
import io.athena.dhcpd.core.meter.Meters;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebFilter;
import reactor.netty.resources.LoopResources;

/** Wires athena-api: what is given by the data plane comes in as singletons that are there already. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ApiWiring {

    /** Event loops of its own: those that Reactor Netty shares belong to nobody, and closing them would hit others. */
    @Bean
    ReactorResourceFactory reactorResources() {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setLoopResourcesSupplier(() -> LoopResources.create("athena-http", 2, true));
        resources.setShutdownQuietPeriod(Duration.ZERO);
        return resources;
    }

    @Bean
    MeterBridge meterBridge(Meters meters) {
        return new MeterBridge(meters);
    }

    @Bean
    WebFilter freshMeters(MeterBridge bridge) {
        return MetricsRoute.refreshing(bridge);
    }

    @Bean
    RouterFunction<ServerResponse> metricsRoute(PrometheusMeterRegistry registry) {
        return MetricsRoute.of(registry);
    }

    @Bean
    ServiceHealth dhcpHealthIndicator(ServiceStatus status) {
        return new ServiceHealth(status);
    }
}
