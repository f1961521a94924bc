package io.athena.dhcpd.events.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.events.LogLines;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentProxiesTest {

    @ParameterizedTest
    @CsvSource({
        "https://inventory.example/x,     DIRECT",
        "https://a.inventory.example/x,   DIRECT",
        "https://other.example/x,         secure:3128",
        "http://other.example/x,          plain:80",
        "http://localhost:8080/x,         DIRECT",
        "http://127.0.0.1/x,              DIRECT",
        "http://[::1]/x,                  DIRECT",
        "https://corp.internal/x,         DIRECT",
        "https://notinventory.example/x,  secure:3128"
    })
    void theEnvironmentSaysWhichProxyAndWhereNone(String url, String proxy) {
        EnvironmentProxies proxies = new EnvironmentProxies(
                Map.of(
                        "HTTPS_PROXY", "http://secure:3128",
                        "http_proxy", "plain",
                        "NO_PROXY", "inventory.example, .INTERNAL"),
                null);
        assertThat(text(proxies, url)).isEqualTo(proxy);
    }

    @Test
    void aStarMeansNoneAtAllAndWithoutAnyTheSettingsOfJavaHold() {
        Map<String, String> none = Map.of("HTTPS_PROXY", "http://secure:3128", "NO_PROXY", "*");
        assertThat(text(new EnvironmentProxies(none, null), "https://a.example/"))
                .isEqualTo("DIRECT");
        ProxySelector java = ProxySelector.of(InetSocketAddress.createUnresolved("java", 8080));
        assertThat(text(new EnvironmentProxies(Map.of(), java), "https://a.example/"))
                .isEqualTo("java:8080");
        assertThat(text(new EnvironmentProxies(Map.of(), null), "https://a.example/"))
                .isEqualTo("DIRECT");
    }

    @Test
    void aProxyWithAPasswordIsRefusedWithoutShowingIt() {
        try (LogLines log = LogLines.of(EnvironmentProxies.class)) {
            EnvironmentProxies proxies =
                    new EnvironmentProxies(Map.of("HTTPS_PROXY", "http://me:geheim@secure:3128"), null);
            assertThat(text(proxies, "https://a.example/")).isEqualTo("DIRECT");
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("HTTPS_PROXY")
                    .doesNotContain("geheim");
        }
    }

    private static String text(ProxySelector proxies, String url) {
        return proxies.select(URI.create(url)).stream()
                .map(proxy -> proxy.address() instanceof InetSocketAddress address
                        ? address.getHostString() + ":" + address.getPort()
                        : proxy.type().toString())
                .findFirst()
                .orElseThrow();
    }
}
