package io.athena.dhcpd.events.webhook;

import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.events.HooksConfig;
import io.athena.dhcpd.events.WebhookHook;
import io.athena.dhcpd.events.bus.EventBus;
import io.athena.dhcpd.events.bus.Subscription;
import io.athena.dhcpd.events.hook.HookRecord;
import io.athena.dhcpd.events.hook.HookStatus;
import io.athena.dhcpd.events.hook.KeyedQueue;
import io.athena.dhcpd.events.hook.RunningHooks;
import io.athena.dhcpd.events.hook.Trial;
import io.athena.dhcpd.events.render.EventJson;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The webhooks of a configuration, which share one HTTP client with its pool of connections. */
public final class Webhooks {

    /** Deliveries of one hook at the same time, those that wait for another attempt among them. */
    private static final int UNDER_WAY = 8;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final EventBus bus;
    private final EventJson json;
    private final String node;
    private final Meters meters;
    private final TimeSource time;
    private final ExecutorService workers;
    private final RunningHooks running;

    private Webhooks(EventBus bus, EventJson json, String node, Meters meters, TimeSource time) {
        this.bus = bus;
        this.running = new RunningHooks(bus);
        this.json = json;
        this.node = node;
        this.meters = meters;
        this.time = time;
        AtomicInteger count = new AtomicInteger();
        this.workers = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "athena-webhook-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Every webhook, none of which listens yet. @param node which server tells, for a header */
    public static Webhooks prepare(
            HooksConfig config, EventBus bus, EventJson json, String node, Meters meters, TimeSource time) {
        Webhooks webhooks = new Webhooks(bus, json, node, meters, time);
        if (!config.webhooks().isEmpty()) {
            ProxySelector proxies = new EnvironmentProxies(System.getenv(), ProxySelector.getDefault());
            HttpClient client = client(webhooks.workers, proxies);
            config.webhooks().forEach(hook -> webhooks.add(hook, client, config.eventBufferSize()));
        }
        return webhooks;
    }

    /** Certificates and names are verified, as by default. HTTP/1.1, since not every small receiver bears an upgrade. */
    static HttpClient client(Executor workers, ProxySelector proxies) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .proxy(proxies)
                .executor(workers)
                .build();
    }

    private void add(WebhookHook hook, HttpClient client, int bufferSize) {
        HookRecord record = new HookRecord(hook.name(), "webhook", meters, time);
        WebhookListener listener = new WebhookListener(
                hook,
                new WebhookRequest(hook, client, node),
                new WebhookBody(hook.template(), json, node),
                new CircuitBreaker(time),
                new KeyedQueue(workers, UNDER_WAY),
                wait -> TimeUnit.NANOSECONDS.sleep(wait.toNanos()),
                record);
        running.add(record, listener::test, bus.prepare(hook.name(), hook.events(), bufferSize, listener));
    }

    /** The hooks' places on the bus. */
    public List<Subscription> subscriptions() {
        return running.subscriptions();
    }

    /** Sends a hook an event that never happened. */
    public Trial test(String name, DomainEvent event) {
        return running.test(name, event);
    }

    /** How each hook fares, in the order of the file. */
    public List<HookStatus> statuses() {
        return running.statuses();
    }

    /** Ends every hook; deliveries may go on for at most this long. */
    public void close(Duration limit) {
        running.close(limit);
        workers.shutdownNow();
    }
}
