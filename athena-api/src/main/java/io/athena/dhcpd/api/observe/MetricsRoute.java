package io.athena.dhcpd.api.observe;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebFilter;

/** {@code GET /metrics} in Prometheus' text form, and the filter that keeps every view of the meters fresh. */
public final class MetricsRoute {

    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private MetricsRoute() {}

    /** The route of its own, beside Actuator's. */
    public static RouterFunction<ServerResponse> of(PrometheusMeterRegistry registry) {
        return RouterFunctions.route()
                .GET("/metrics", request -> ServerResponse.ok()
                        .contentType(MediaType.parseMediaType(TEXT))
                        .bodyValue(registry.scrape(TEXT)))
                .build();
    }

    /** Refreshes the bridge before a request is answered. */
    public static WebFilter refreshing(MeterBridge bridge) {
        return (exchange, chain) -> {
            bridge.refresh();
            return chain.filter(exchange);
        };
    }
}
