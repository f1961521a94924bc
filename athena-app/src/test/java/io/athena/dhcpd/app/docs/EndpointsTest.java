package io.athena.dhcpd.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.api.observe.ServiceStatus;
import io.athena.dhcpd.app.wiring.WebLayer;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every endpoint that a document names answers. */
class EndpointsTest {

    @Test
    void everyEndpointInTheDocumentsAnswers() throws Exception {
        Meters meters = new Meters();
        meters.counter(DhcpMeter.CHECKPOINTS).increment();
        List<String> silent = new ArrayList<>();
        int asked = 0;
        try (WebLayer web = WebLayer.start(new InetSocketAddress("127.0.0.1", 0), meters, new Healthy())) {
            for (Documents.Mention mention : Documents.mentions()) {
                String path = mention.name().replaceFirst("^GET ", "");
                if (path.matches("/(metrics|actuator|api)\\b.*")) {
                    asked++;
                    if (status(web, path.replace("NAME", DhcpMeter.CHECKPOINTS.id())) != 200) {
                        silent.add(mention.place());
                    }
                }
            }
        }
        assertThat(asked).isPositive();
        assertThat(silent).isEmpty();
    }

    private static int status(WebLayer web, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + web.port() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static final class Healthy implements ServiceStatus {
        @Override
        public boolean journalWritable() {
            return true;
        }

        @Override
        public List<String> waitingInterfaces() {
            return List.of();
        }

        @Override
        public List<String> degradations() {
            return List.of();
        }
    }
}
