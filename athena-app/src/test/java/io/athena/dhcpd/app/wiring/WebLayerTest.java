package io.athena.dhcpd.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.api.observe.ServiceStatus;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebLayerTest {

    private final Meters meters = new Meters();
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile boolean journalWritable = true;
    private volatile List<String> waiting = List.of();
    private volatile List<String> degradations = List.of();
    private WebLayer web;

    @BeforeAll
    void start() {
        web = WebLayer.start(new InetSocketAddress("127.0.0.1", 0), meters, new ServiceStatus() {
            @Override
            public boolean journalWritable() {
                return journalWritable;
            }

            @Override
            public List<String> waitingInterfaces() {
                return waiting;
            }

            @Override
            public List<String> degradations() {
                return degradations;
            }
        });
    }

    @AfterAll
    void stop() {
        web.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/actuator/prometheus"})
    void metersThatAppearWhileItRunsAreShown(String path) throws Exception {
        meters.counter(DhcpMeter.PACKETS_RECEIVED, path).increment();

        assertThat(get(path).body()).contains("athena_dhcpd_packets_received_total{type=\"" + path + "\"} 1.0");
    }

    @Test
    void theMetersAreActuatorsToo() throws Exception {
        meters.counter(DhcpMeter.SEND_ERRORS, "raw").increment();

        assertThat(get("/actuator/metrics/athena_dhcpd_send_errors").body()).contains("\"value\":1.0");
    }

    @Test
    void healthFollowsTheJournalAndTheInterfaces() throws Exception {
        assertThat(get("/actuator/health").statusCode()).isEqualTo(200);
        journalWritable = false;
        assertThat(get("/actuator/health").statusCode()).isEqualTo(503);
        journalWritable = true;
        waiting = List.of("eth7");
        HttpResponse<String> down = get("/actuator/health");
        waiting = List.of();

        assertThat(down.statusCode()).isEqualTo(503);
        assertThat(down.body()).contains("eth7");
    }

    /** Load balancers and orchestrators go by the code: who serves clients stays in service. */
    @Test
    void aDegradedServerStaysInServiceAndSaysWhatItLacks() throws Exception {
        degradations = List.of("addresses are not probed");
        HttpResponse<String> degraded = get("/actuator/health");
        journalWritable = false;
        HttpResponse<String> down = get("/actuator/health");
        journalWritable = true;
        degradations = List.of();
        HttpResponse<String> up = get("/actuator/health");

        assertThat(degraded.statusCode()).isEqualTo(200);
        assertThat(degraded.body()).contains("\"status\":\"DEGRADED\"").contains("addresses are not probed");
        // The whole, before its parts.
        assertThat(degraded.body().indexOf("\"status\":\"DEGRADED\""))
                .isNotEqualTo(degraded.body().lastIndexOf("\"status\":\"DEGRADED\""));
        assertThat(down.statusCode()).isEqualTo(503);
        assertThat(down.body()).doesNotContain("\"status\":\"DEGRADED\"");
        assertThat(up.body()).doesNotContain("DEGRADED");
    }

    /** The names as they are documented for whoever writes alerts. */
    @Test
    void theMetersOfProbesHaveTheNamesThatAreDocumented() throws Exception {
        for (String method : List.of("arp", "icmp")) {
            for (String result : List.of("clear", "conflict", "timeout", "error")) {
                meters.counter(DhcpMeter.CONFLICT_PROBES, method, result).increment();
            }
            meters.timer(DhcpMeter.CONFLICT_PROBE_DURATION, method).record(500_000_000);
        }

        assertThat(get("/metrics").body())
                .contains("athena_dhcpd_conflict_probes_total{method=\"arp\",result=\"clear\"} 1.0")
                .contains("athena_dhcpd_conflict_probes_total{method=\"arp\",result=\"conflict\"} 1.0")
                .contains("athena_dhcpd_conflict_probes_total{method=\"arp\",result=\"timeout\"} 1.0")
                .contains("athena_dhcpd_conflict_probes_total{method=\"arp\",result=\"error\"} 1.0")
                .contains("athena_dhcpd_conflict_probes_total{method=\"icmp\",result=\"clear\"} 1.0")
                .contains("athena_dhcpd_conflict_probes_total{method=\"icmp\",result=\"conflict\"} 1.0")
                .contains("athena_dhcpd_conflict_probes_total{method=\"icmp\",result=\"timeout\"} 1.0")
                .contains("athena_dhcpd_conflict_probes_total{method=\"icmp\",result=\"error\"} 1.0")
                .contains("athena_dhcpd_conflict_probe_duration_seconds_count{method=\"arp\"} 1")
                .contains("athena_dhcpd_conflict_probe_duration_seconds_sum{method=\"arp\"} 0.5")
                .contains("athena_dhcpd_conflict_probe_duration_seconds_count{method=\"icmp\"} 1")
                .contains("athena_dhcpd_conflict_probe_duration_seconds_sum{method=\"icmp\"} 0.5");
    }

    @Test
    void infoNamesTheRelease() throws Exception {
        assertThat(get("/actuator/info").body()).contains("\"version\":\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/env", "/actuator/beans", "/actuator/heapdump", "/actuator/configprops", "/"})
    void nothingElseIsServed(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void loggersCanBeReadAndNotChanged() throws Exception {
        assertThat(get("/actuator/loggers/io.athena").body()).contains("effectiveLevel");

        assertThat(post("/actuator/loggers/io.athena", "{\"configuredLevel\":\"TRACE\"}")
                        .statusCode())
                .isEqualTo(405);
        assertThat(LoggerFactory.getLogger("io.athena").isTraceEnabled()).isFalse();
    }

    /** Reactor Netty 1.3.6 and 1.3.7 stop reading a kept connection now and then. */
    @Test
    void aKeptConnectionAnswersAfterRefusedBodies() throws Exception {
        for (int i = 0; i < 200; i++) {
            assertThat(post("/actuator/loggers/io.athena", "{}").statusCode()).isEqualTo(405);
            assertThat(get("/actuator/loggers/io.athena").statusCode()).isEqualTo(200);
        }
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(uri(path))
                        .timeout(Duration.ofSeconds(90))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(uri(path))
                        .timeout(Duration.ofSeconds(90))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + web.port() + path);
    }
}
