package io.athena.dhcpd.events.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.athena.dhcpd.core.config.HttpUrl;
import io.athena.dhcpd.core.config.Secret;
import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.core.event.EventType;
import io.athena.dhcpd.core.event.HaEvent;
import io.athena.dhcpd.core.event.LeaseEvent;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.events.HeldPort;
import io.athena.dhcpd.events.HooksConfig;
import io.athena.dhcpd.events.LogLines;
import io.athena.dhcpd.events.Samples;
import io.athena.dhcpd.events.WebhookHook;
import io.athena.dhcpd.events.WebhookHook.Method;
import io.athena.dhcpd.events.WebhookHook.Template;
import io.athena.dhcpd.events.bus.EventBus;
import io.athena.dhcpd.events.bus.Subscription;
import io.athena.dhcpd.events.hook.HookRecord;
import io.athena.dhcpd.events.hook.HookStatus;
import io.athena.dhcpd.events.hook.KeyedQueue;
import io.athena.dhcpd.events.hook.Trial;
import io.athena.dhcpd.events.render.EventJson;
import io.athena.dhcpd.events.render.Node;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class WebhooksTest {

    private static final Set<EventType> ALL = EnumSet.allOf(EventType.class);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final EventJson JSON = new EventJson(Node.standalone("node-a"));

    private final TimeSource time = TimeSource.system();
    private final Meters meters = new Meters();
    private final EventBus bus = new EventBus(meters, time);
    private final LogLines log = LogLines.of(WebhookListener.class);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Duration> waits = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        bus.close();
        threads.shutdownNow();
        log.close();
    }

    @Test
    void aTargetGetsTheEventWithHeadersAndAnHonestSignature() throws Exception {
        try (Target target = new Target()) {
            WebhookHook hook = new WebhookHook(
                    "inventory",
                    Set.of(EventType.LEASE_ACK),
                    HttpUrl.parse(target.url("/api/dhcp/events?key=1")),
                    Method.PUT,
                    Map.of("Authorization", new Secret("Bearer secret123")),
                    LONG,
                    0,
                    null,
                    new Secret("key"),
                    Template.JSON,
                    List.of(Samples.SUBNET));
            Webhooks webhooks = start(hook);
            bus.publish(Samples.granted());
            bus.publish(Samples.refused());
            webhooks.close(LONG);
            assertThat(target.got).singleElement().satisfies(got -> {
                assertThat(got.method()).isEqualTo("PUT");
                assertThat(got.uri()).hasToString("/api/dhcp/events?key=1");
                assertThat(got.body()).isEqualTo(JSON.of(Samples.granted()));
                assertThat(got.headers())
                        .containsEntry("Content-Type", "application/json")
                        .containsEntry("Authorization", "Bearer secret123")
                        .containsEntry("X-Athena-Event", "lease.ack")
                        .containsEntry("X-Athena-Node", "node-a")
                        .containsEntry("X-Athena-Signature", Signature.of(got.body(), new Secret("key")))
                        .doesNotContainKey("Upgrade");
            });
            assertThat(webhooks.statuses()).singleElement().satisfies(status -> {
                assertThat(status.kind()).isEqualTo("webhook");
                assertThat(status.succeeded()).isEqualTo(1);
                assertThat(status.failed()).isZero();
                assertThat(status.lastError()).isNull();
            });
            assertThat(meters.counter(DhcpMeter.HOOK_RUNS, "inventory", "ok").sum())
                    .isEqualTo(1);
        }
    }

    /** RFC 4231 section 4.3, test case 2. */
    @Test
    void theSignatureIsTheHmacOfTheBody() {
        assertThat(Signature.of(Samples.ascii("what do ya want for nothing?"), new Secret("Jefe")))
                .isEqualTo("sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void whatATargetFailsToTakeIsSentAgainAfterWaitsThatGrow() throws Exception {
        try (Target target = new Target().answering(500, 503, 429)) {
            deliver(hook(target.url("/"), 3, null, LONG), Samples.granted());
            assertThat(target.got).hasSize(4);
            assertThat(waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(15));
            assertThat(runs("ok")).isEqualTo(1);
            assertThat(log.lines(Level.WARN)).isEmpty();
        }
    }

    @Test
    void retriesAreAttemptsAfterTheFirst() throws Exception {
        try (Target target = new Target().always(500)) {
            HookStatus status =
                    deliver(hook(target.url("/T00/B00/geheim"), 2, Duration.ofSeconds(2), LONG), Samples.granted());
            assertThat(target.got).hasSize(3);
            assertThat(waits).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4));
            assertThat(status.failed()).isEqualTo(1);
            assertThat(status.lastError()).isEqualTo("the target answered 500");
            assertThat(log.lines()).noneMatch(line -> line.contains("geheim"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "302|the target answered 302; redirects are not followed, write the final address",
                "308|the target answered 308; redirects are not followed, write the final address",
                "400|the target answered 400",
                "401|the target answered 401",
                "404|the target answered 404"
            })
    void aRefusalIsNotRepeatedAndARedirectIsNotFollowed(int status, String error) throws Exception {
        try (Target target = new Target().always(status)) {
            HookStatus after = deliver(hook(target.url("/"), 3, null, LONG), Samples.granted());
            assertThat(target.got).hasSize(1);
            assertThat(after.lastError()).isEqualTo(error);
        }
    }

    @Test
    void aTargetThatIsSlowOrSilentIsGivenUpInTime() throws Exception {
        try (Target target = new Target().answering(0)) {
            // Of the attempts after the silence, the machine may be too slow for some as well.
            HookStatus status = deliver(hook(target.url("/"), 100, null, Duration.ofSeconds(1)), Samples.granted());
            assertThat(target.got).hasSizeGreaterThan(1);
            assertThat(waits).isNotEmpty();
            assertThat(status.succeeded()).isEqualTo(1);
        }
        try (Target target = new Target().always(0)) {
            HookStatus status = deliver(hook(target.url("/"), 0, null, Duration.ofMillis(300)), Samples.granted());
            assertThat(status.lastError()).isEqualTo("the target did not answer within 300 ms");
        }
    }

    @Test
    void aTargetThatSendsBackWhatItGotPutsNoSecretIntoTheLog() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> echo(server));
            WebhookHook hook = new WebhookHook(
                    "echoed",
                    ALL,
                    HttpUrl.parse("http://127.0.0.1:" + server.getLocalPort() + "/T00/geheim?token=hidden"),
                    Method.POST,
                    Map.of("Authorization", new Secret("Bearer covert")),
                    LONG,
                    0,
                    null,
                    new Secret("key"),
                    Template.JSON,
                    List.of());
            String error = deliver(hook, Samples.granted()).lastError();
            assertThat(error).startsWith("the connection broke: ").doesNotContain("geheim", "hidden", "covert");
            assertThat(log.lines()).noneMatch(line -> line.matches(".*(geheim|hidden|covert).*"));
        }
    }

    /** The request's first line, from a server of another kind. */
    private static void echo(ServerSocket server) {
        try (var socket = server.accept()) {
            byte[] request = new byte[4096];
            int length = socket.getInputStream().read(request);
            socket.getOutputStream().write(request, 0, length);
            TimeUnit.SECONDS.sleep(100);
        } catch (Exception e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aDeliveryThatFailsAsNobodyExpectedIsCountedAndTellsNoSecret() throws Exception {
        WebhookHook hook = new WebhookHook(
                "odd",
                ALL,
                HttpUrl.parse("http://127.0.0.1:1/"),
                Method.POST,
                Map.of("Authorization", new Secret("Bearer geheim€")),
                LONG,
                0,
                null,
                null,
                Template.JSON,
                List.of());
        HookStatus status = deliver(hook, Samples.granted());
        assertThat(status.failed()).isEqualTo(1);
        assertThat(status.lastError()).isEqualTo("could not be sent: java.lang.IllegalArgumentException");
        assertThat(log.lines()).singleElement().asString().doesNotContain("geheim");
    }

    @Test
    void anAnswerWithoutEndIsGivenUpToo() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> {
                try (var socket = server.accept()) {
                    byte[] head = Samples.ascii("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
                    socket.getOutputStream().write(head);
                    TimeUnit.SECONDS.sleep(100);
                } catch (Exception e) {
                    Thread.currentThread().interrupt();
                }
            });
            String url = "http://127.0.0.1:" + server.getLocalPort() + "/";
            assertThat(deliver(hook(url, 0, null, Duration.ofMillis(300)), Samples.granted())
                            .lastError())
                    .isEqualTo("the target did not answer within 300 ms");
        }
    }

    @Test
    void aTargetThatRefusesConnectionsOrBreaksThemIsToldApart() throws Exception {
        try (HeldPort closed = new HeldPort()) {
            assertThat(deliver(hook("http://127.0.0.1:" + closed.number() + "/", 0, null, LONG), Samples.granted())
                            .lastError())
                    .isEqualTo("the target cannot be reached");
        }
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> {
                try {
                    server.accept().close();
                } catch (Exception e) {
                    Thread.currentThread().interrupt();
                }
            });
            String url = "http://127.0.0.1:" + server.getLocalPort() + "/geheim";
            assertThat(deliver(hook(url, 0, null, LONG), Samples.granted()).lastError())
                    .startsWith("the connection broke: ")
                    .doesNotContain("geheim");
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(selfSigned()));
        try (Target target = new Target(server)) {
            HookStatus status =
                    deliver(hook("https://localhost:" + target.port() + "/", 0, null, LONG), Samples.granted());
            assertThat(target.got).isEmpty();
            assertThat(status.lastError()).startsWith("TLS with the target failed: ");
        }
    }

    @Test
    void aTargetElsewhereIsReachedThroughTheProxy() throws Exception {
        try (Target proxy = new Target()) {
            EnvironmentProxies proxies =
                    new EnvironmentProxies(Map.of("http_proxy", "http://127.0.0.1:" + proxy.port()), null);
            WebhookHook hook = hook("http://inventory.invalid/events", 0, null, LONG);
            HookRecord record = new HookRecord(hook.name(), "webhook", meters, time);
            KeyedQueue queue = new KeyedQueue(threads, 8);
            listener(hook, queue, new CircuitBreaker(time), record, proxies).heard(Samples.granted());
            queue.awaitIdle();
            assertThat(record.status(0, 0).succeeded()).isEqualTo(1);
            assertThat(proxy.got).singleElement().satisfies(got -> assertThat(got.headers())
                    .containsEntry("Host", "inventory.invalid"));
        }
    }

    @Test
    void aDeadTargetIsLeftAloneUntilItIsBackAndNothingThatWaitsIsLost() throws Exception {
        try (Target target = new Target().answering(500, 500, 500, 500)) {
            Samples.TestTime clock = new Samples.TestTime();
            CircuitBreaker breaker = new CircuitBreaker(clock);
            HookRecord record = new HookRecord("dead", "webhook", meters, time);
            KeyedQueue queue = new KeyedQueue(threads, 100);
            WebhookListener listener = listener(hook(target.url("/"), 0, null, LONG), queue, breaker, record, null);
            for (int i = 0; i < 8; i++) {
                listener.heard(Samples.granted(1, i));
            }
            await(() -> breaker.state() == CircuitBreaker.State.OPEN);
            assertThat(target.got).hasSize(3);
            await(() -> queue.underWay() == 5);
            assertThat(log.lines(Level.WARN)).anyMatch(line -> line.contains("events wait"));
            // The trial fails, the one after the next rest does not.
            clock.forward(31);
            wake(breaker);
            await(() -> target.got.size() == 4 && breaker.state() == CircuitBreaker.State.OPEN);
            clock.forward(61);
            wake(breaker);
            queue.awaitIdle();
            assertThat(target.got).hasSize(8);
            assertThat(record.status(0, 0).succeeded()).isEqualTo(4);
            assertThat(log.lines(Level.INFO)).hasSize(1);
        }
    }

    @Test
    void oneClientsEventsAreSentInOrderAndOthersDoNotWaitForThem() throws Exception {
        try (Target target = new Target()) {
            Webhooks webhooks = start(hook(target.url("/"), 0, null, LONG));
            for (int i = 0; i < 60; i++) {
                bus.publish(Samples.granted(i % 3, 10 + i));
            }
            webhooks.close(LONG);
            for (int client = 0; client < 3; client++) {
                String host = "\"hostname\":\"host-" + client + "\"";
                assertThat(target.got.stream()
                                .map(got -> new String(got.body(), StandardCharsets.UTF_8))
                                .filter(body -> body.contains(host))
                                .map(body -> Integer.valueOf(body.replaceAll(".*\"ip\":\"10.10.0.([0-9]+)\".*", "$1"))))
                        .hasSize(20)
                        .isSorted();
            }
        }
    }

    @Test
    void stoppingDoesNotWaitForATargetThatHangs() throws Exception {
        try (Target target = new Target().always(0)) {
            Webhooks webhooks = start(hook(target.url("/"), 3, null, LONG));
            bus.publish(Samples.granted());
            await(() -> target.got.size() == 1);
            webhooks.close(Duration.ofMillis(10));
            await(() -> log.lines(Level.WARN).stream()
                    .anyMatch(line -> line.contains("not sent because the server stops")));
            assertThat(runs("failed")).isEqualTo(1);
        }
    }

    @Test
    void aTestEventIsSentWhateverTheHookAsksFor() throws Exception {
        try (Target target = new Target()) {
            WebhookHook nowhere = new WebhookHook(
                    "hook",
                    Set.of(EventType.HA_FAILOVER),
                    HttpUrl.parse(target.url("/")),
                    Method.POST,
                    Map.of(),
                    LONG,
                    0,
                    null,
                    null,
                    Template.JSON,
                    List.of(Cidr.parse("192.0.2.0/24")));
            Webhooks webhooks = start(nowhere);
            assertThat(webhooks.test("other", Samples.granted())).isEqualTo(Trial.UNKNOWN);
            assertThat(webhooks.test("hook", Samples.granted())).isEqualTo(Trial.GIVEN);
            webhooks.close(LONG);
            assertThat(target.got).singleElement().satisfies(got -> {
                assertThat(new String(got.body(), StandardCharsets.UTF_8)).contains("\"test\":true");
                assertThat(got.headers()).doesNotContainKey("X-Athena-Signature");
            });
        }
    }

    @Test
    void slackGetsATextAndBlocks() {
        assertThat(body(Template.SLACK, Samples.detected(), false))
                .isEqualTo("{\"text\":\"DHCP: conflict.detected 10.10.0.105, 10.10.0.0/24, arp_probe,"
                        + " aa:bb:cc:11:22:33, 1, node-a\",\"blocks\":["
                        + "{\"type\":\"header\",\"text\":{\"type\":\"plain_text\",\"text\":\"DHCP: conflict.detected\",\"emoji\":false}},"
                        + "{\"type\":\"section\",\"fields\":["
                        + "{\"type\":\"plain_text\",\"text\":\"Address: 10.10.0.105\",\"emoji\":false},"
                        + "{\"type\":\"plain_text\",\"text\":\"Subnet: 10.10.0.0/24\",\"emoji\":false},"
                        + "{\"type\":\"plain_text\",\"text\":\"Found by: arp_probe\",\"emoji\":false},"
                        + "{\"type\":\"plain_text\",\"text\":\"Answered by: aa:bb:cc:11:22:33\",\"emoji\":false},"
                        + "{\"type\":\"plain_text\",\"text\":\"Times: 1\",\"emoji\":false},"
                        + "{\"type\":\"plain_text\",\"text\":\"Server: node-a\",\"emoji\":false}]}]}");
    }

    @Test
    void chatsAreToldOfAChangeOfRoles() {
        DomainEvent change = new HaEvent.FailedOver("standby", "active", "unreachable", Samples.AT);
        assertThat(body(Template.SLACK, change, false))
                .contains("DHCP: ha.failover", "Role before: standby", "Role: active", "Peer: unreachable");
        assertThat(body(Template.TEAMS, new HaEvent.SyncCompleted(812, Samples.AT), false))
                .contains("DHCP: ha.sync_complete", "{\"title\":\"Leases\",\"value\":\"812\"}");
    }

    @Test
    void teamsGetsAMessageWithAnAdaptiveCard() {
        assertThat(body(Template.TEAMS, Samples.refused(), true))
                .isEqualTo("{\"type\":\"message\",\"attachments\":[{"
                        + "\"contentType\":\"application/vnd.microsoft.card.adaptive\",\"content\":{"
                        + "\"$schema\":\"http://adaptivecards.io/schemas/adaptive-card.json\","
                        + "\"type\":\"AdaptiveCard\",\"version\":\"1.4\",\"body\":["
                        + "{\"type\":\"TextBlock\",\"text\":\"DHCP: lease.nak (test)\",\"weight\":\"Bolder\","
                        + "\"size\":\"Medium\",\"wrap\":true},"
                        + "{\"type\":\"FactSet\",\"facts\":["
                        + "{\"title\":\"MAC\",\"value\":\"aa:bb:cc:dd:ee:02\"},"
                        + "{\"title\":\"Reason\",\"value\":\"not_your_address\"},"
                        + "{\"title\":\"Server\",\"value\":\"node-a\"}]}]}}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!channel>", "[pay](http://evil.example)", "*bold* `code`", "a\"b\\c\nd"})
    void aClientsNameIsNoMarkup(String name) {
        DomainEvent event = new LeaseEvent.Renewed(
                Samples.facts(MacAddress.parse("02:00:00:00:00:01"), Samples.ADDRESS, name, Samples.RELAY, new byte[0]),
                Samples.AT);
        for (Template template : List.of(Template.SLACK, Template.TEAMS)) {
            String facts = ChatFacts.of(event, "node-a").get("Host");
            assertThat(facts).matches("[A-Za-z0-9._:/? -]+");
            assertThat(body(template, event, false)).contains(facts).doesNotContain(name);
        }
    }

    private static String body(Template template, DomainEvent event, boolean test) {
        return new String(new WebhookBody(template, JSON, "node-a").of(event, test), StandardCharsets.UTF_8);
    }

    private static WebhookHook hook(String url, int retries, @Nullable Duration backoff, Duration timeout) {
        return new WebhookHook(
                "hook",
                ALL,
                HttpUrl.parse(url),
                Method.POST,
                Map.of(),
                timeout,
                retries,
                backoff,
                null,
                Template.JSON,
                List.of());
    }

    private Webhooks start(WebhookHook hook) {
        HooksConfig config = new HooksConfig(10_000, 1, LONG, List.of(), List.of(hook));
        Webhooks hooks = Webhooks.prepare(config, bus, JSON, "node-a", meters, time);
        bus.exchange(List.of(), hooks.subscriptions());
        hooks.subscriptions().forEach(Subscription::start);
        return hooks;
    }

    /** One event through one hook whose waits take no time. */
    private HookStatus deliver(WebhookHook hook, DomainEvent event) throws InterruptedException {
        HookRecord record = new HookRecord(hook.name(), "webhook", meters, time);
        KeyedQueue queue = new KeyedQueue(threads, 8);
        listener(hook, queue, new CircuitBreaker(time), record, null).heard(event);
        queue.awaitIdle();
        return record.status(0, 0);
    }

    private WebhookListener listener(
            WebhookHook hook,
            KeyedQueue queue,
            CircuitBreaker breaker,
            HookRecord record,
            @Nullable EnvironmentProxies proxies) {
        EnvironmentProxies none = new EnvironmentProxies(Map.of(), null);
        return new WebhookListener(
                hook,
                new WebhookRequest(hook, Webhooks.client(threads, proxies == null ? none : proxies), "node-a"),
                new WebhookBody(hook.template(), JSON, "node-a"),
                breaker,
                queue,
                waits::add,
                record);
    }

    private long runs(String result) {
        return meters.counter(DhcpMeter.HOOK_RUNS, "hook", result).sum();
    }

    /** Waiting goes by the machine's clock, the rest by the test's. */
    private static void wake(CircuitBreaker breaker) {
        synchronized (breaker) {
            breaker.notifyAll();
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

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
