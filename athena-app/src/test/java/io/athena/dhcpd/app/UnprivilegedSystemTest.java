package io.athena.dhcpd.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that was not given the right to raw sockets; only root can take it away from one. */
class UnprivilegedSystemTest {

    private static final List<String> UNPRIVILEGED =
            List.of("setpriv", "--bounding-set=-net_raw", "--inh-caps=-net_raw");

    @Test
    void leasesAreGivenOutAndEverybodyIsToldThatNothingIsProbed(@TempDir Path folder) throws Exception {
        assumeTrue(canTakeThePrivilegeAway(), "needs root and setpriv");
        int port = FreePorts.any();
        int webPort = FreePorts.any();
        Path config = ServerProcess.config(folder, port, """
                [conflict_detection]
                enabled = true

                [api]
                listen = "127.0.0.1:%d"
                """.formatted(webPort));
        try (ServerProcess server = ServerProcess.startUnder(UNPRIVILEGED, "--config", config.toString())) {
            assertThat(server.await("No address is probed before it is offered"))
                    .contains("ERROR", "CAP_NET_RAW", "conflict_detection.enabled");
            server.await("Server Serving");

            Console probe = Console.takeLease(port, "02:00:00:00:00:01");
            assertThat(probe.exitCode()).as(probe.toString()).isZero();

            Console status = Console.run("status", "--config", config.toString());
            assertThat(status.exitCode()).as("it serves").isZero();
            assertThat(status.out()).contains("degraded: addresses are not probed", "CAP_NET_RAW");

            server.await("Metrics and health are at");
            HttpResponse<String> health = health(webPort);
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body())
                    .startsWith("{\"components\"")
                    .contains("\"status\":\"DEGRADED\"", "addresses are not probed", "CAP_NET_RAW");
            server.signal("TERM");
            assertThat(server.exitCode()).isZero();
            assertThat(server.count("No address is probed before it is offered"))
                    .isEqualTo(1);
        }
    }

    private static HttpResponse<String> health(int port) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health"))
                                .timeout(Duration.ofSeconds(90))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static boolean canTakeThePrivilegeAway() throws InterruptedException {
        List<String> trial = new ArrayList<>(UNPRIVILEGED);
        trial.add("true");
        try {
            return new ProcessBuilder(trial).start().waitFor() == 0;
        } catch (IOException e) {
            // No such program here.
            return false;
        }
    }
}
