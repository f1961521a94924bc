package io.athena.dhcpd.ddns.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.athena.dhcpd.core.config.HttpUrl;
import io.athena.dhcpd.ddns.HeldPort;
import io.athena.dhcpd.ddns.update.DnsFailure;
import io.athena.dhcpd.ddns.update.DnsFailure.Reach;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiClientTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(200);

    @TempDir
    Path folder;

    private final HttpClients clients = new HttpClients(ProxySelector.of(null));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch ended = new CountDownLatch(1);

    @AfterEach
    void close() {
        ended.countDown();
        clients.close();
        threads.shutdownNow();
    }

    @Test
    void anAnswerComesWithItsStatusAndBody() throws Exception {
        try (Server server = new Server(exchange -> answer(exchange, 422, "{\"error\": \"no\"}"))) {
            ApiAnswer answer = ask(server.url(""), LONG);

            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.isSuccess()).isFalse();
            assertThat(answer.text()).isEqualTo("{\"error\": \"no\"}");
            assertThat(answer.body()).hasContent("{\"error\": \"no\"}");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, SERVER, refuses the API key (401)",
        "403, SERVER, refuses the API key (403)",
        "404, SERVER, knows no such address (404)",
        "409, NAME,   refuses this change (409): what it says",
        "422, NAME,   refuses this change (422): what it says",
        "429, SERVER, answers 429: what it says",
        "500, SERVER, answers 500: what it says",
        "503, SERVER, answers 503: what it says",
        "302, SERVER, 'redirects (302), which is not followed'",
    })
    void everyStatusIsASentenceAndReachesAsFarAsItShould(int status, Reach reach, String words) {
        DnsFailure failure = client("http://127.0.0.1:1/", LONG).refusal(status, "what it says");

        assertThat(failure).hasMessageContaining(words).hasMessageStartingWith("PowerDNS at http://127.0.0.1:1 ");
        assertThat(failure.reach()).isEqualTo(reach);
    }

    @Test
    void aRedirectIsNotFollowedWithTheKey() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (Server server = new Server(exchange -> {
            requests.incrementAndGet();
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            answer(exchange, 307, "");
        })) {
            assertThat(ask(server.url(""), LONG).status()).isEqualTo(307);
            assertThat(requests).hasValue(1);
        }
    }

    @Test
    void aServerThatSaysNothingIsGivenUp() throws Exception {
        try (Server server = new Server(exchange -> awaitEnd())) {
            assertFails(server.url(""), SHORT, "does not answer within 200 ms");
        }
    }

    /** The time is for all of the answer: a byte now and then does not stretch it. */
    @Test
    void aServerThatNeverEndsItsAnswerIsGivenUp() throws Exception {
        try (Server server = new Server(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaitEnd();
        })) {
            assertFails(server.url(""), SHORT, "does not answer within 200 ms");
        }
    }

    @Test
    void anAnswerThatIsTooLongIsNotReadToItsEnd() throws Exception {
        CompletableFuture<Boolean> hungUp = new CompletableFuture<>();
        try (Server server = new Server(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                byte[] piece = new byte[1 << 16];
                while (ended.getCount() > 0) {
                    out.write(piece);
                }
                hungUp.complete(false);
            } catch (IOException e) {
                hungUp.complete(true);
            }
        })) {
            assertFails(server.url(""), LONG, "sends a longer answer than is read: more than 1048576 bytes");
            assertThat(hungUp.get()).isTrue();
        }
    }

    @Test
    void aWholeZoneMayBeLonger() throws Exception {
        byte[] zone = new byte[3 << 20];
        try (Server server = new Server(exchange -> {
            exchange.sendResponseHeaders(200, zone.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(zone);
            }
        })) {
            ApiClient client = client(server.url(""), LONG);

            assertThat(client.sendForZone(client.request("/zone").build())
                            .body()
                            .readAllBytes())
                    .hasSize(zone.length);
        }
    }

    @Test
    void aServerThatHangsUpIsSaidToDoSo() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> {
                while (!socket.isClosed()) {
                    try (Socket connection = socket.accept()) {
                        connection.getInputStream().read();
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            assertFails(
                    "http://127.0.0.1:" + socket.getLocalPort(), LONG, "broke the connection", "lets this host use");
        }
    }

    @Test
    void aServerThatIsNotThereIsSaidSo() throws Exception {
        try (HeldPort free = new HeldPort()) {
            assertFails("http://127.0.0.1:" + free.number(), LONG, "cannot be reached");
        }
        assertFails("http://nowhere.invalid:8081", LONG, "has a name that is not known");
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(selfSigned()));
        try (Server server = new Server(https, exchange -> requests.incrementAndGet())) {
            assertFails("https://localhost:" + server.port() + "/", LONG, "fails at TLS: ", "certificate must be");
            assertThat(requests).hasValue(0);
        }
    }

    @Test
    void aPathThatMayBeASecretIsInNoMessage() {
        assertFails("http://127.0.0.1:1/t0k3n", LONG, "PowerDNS at http://127.0.0.1:1/*** cannot be reached");
    }

    @Test
    void whoWaitsCanBeInterrupted() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (Server server = new Server(exchange -> {
            asked.countDown();
            awaitEnd();
        })) {
            CompletableFuture<Throwable> outcome = new CompletableFuture<>();
            Thread waiter = new Thread(() -> outcome.complete(catchThrowable(() -> ask(server.url(""), LONG))));
            waiter.start();
            asked.await();
            waiter.interrupt();
            assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void closingFailsWhatIsUnderWayAndWhatComesAfterwards() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (Server server = new Server(exchange -> {
            asked.countDown();
            awaitEnd();
        })) {
            ApiClient client = client(server.url(""), LONG);
            CompletableFuture<Throwable> outcome = CompletableFuture.supplyAsync(
                    () -> catchThrowable(() -> client.send(client.request("/").build())), threads);
            asked.await();
            client.close();
            assertThat(outcome.get()).isInstanceOf(DnsFailure.class).hasMessageContaining("is not asked any more");
            assertThatThrownBy(() -> client.send(client.request("/").build()))
                    .isInstanceOf(DnsFailure.class)
                    .hasMessageContaining("is not asked any more");
        }
    }

    @Test
    void afterTheThreadsAreGoneNothingIsAsked() {
        clients.close();
        assertFails("http://127.0.0.1:1/", LONG, "is not asked any more");
    }

    @Test
    void aPathBeforeTheApisOwnIsKept() {
        assertThat(client("https://dns.example.net/pdns/", LONG)
                        .request("/api/v1?a=b")
                        .build()
                        .uri())
                .hasToString("https://dns.example.net/pdns/api/v1?a=b");
        assertThat(client("http://[2001:db8::1]:8081", LONG)
                        .request("/api")
                        .build()
                        .uri())
                .hasToString("http://[2001:db8::1]:8081/api");
    }

    @Test
    void whatAServerSaysIsOneBoundedLine() {
        assertThat(OneLine.of("  a\r\n\u001b[2Jb\u202ec ")).isEqualTo("a [2Jb c");
        assertThat(OneLine.of("x".repeat(5000))).hasSize(304);
    }

    private void assertFails(String url, Duration timeout, String... words) {
        assertThatThrownBy(() -> ask(url, timeout))
                .hasMessageContainingAll(words)
                .hasMessageNotContaining("t0k3n")
                .isInstanceOfSatisfying(
                        DnsFailure.class, failure -> assertThat(failure.reach()).isEqualTo(Reach.SERVER));
    }

    private ApiAnswer ask(String url, Duration timeout) throws DnsFailure, InterruptedException {
        ApiClient client = client(url, timeout);
        return client.send(client.request("/api").build());
    }

    private ApiClient client(String url, Duration timeout) {
        return new ApiClient(clients, HttpUrl.parse(url), "PowerDNS", timeout);
    }

    private void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private final class Server implements AutoCloseable {

        private final HttpServer server;

        Server(HttpHandler handler) throws IOException {
            this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), handler);
        }

        Server(HttpServer server, HttpHandler handler) {
            this.server = server;
            server.setExecutor(threads);
            server.createContext("/", handler);
            server.start();
        }

        int port() {
            return server.getAddress().getPort();
        }

        String url(String path) {
            return "http://127.0.0.1:" + port() + path;
        }

        @Override
        public void close() {
            ended.countDown();
            server.stop(0);
        }
    }

    private SSLContext selfSigned() throws Exception {
        Path store = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/keytool",
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
