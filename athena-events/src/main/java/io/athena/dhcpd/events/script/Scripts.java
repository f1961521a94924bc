package io.athena.dhcpd.events.script;

import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.events.HooksConfig;
import io.athena.dhcpd.events.ScriptHook;
import io.athena.dhcpd.events.bus.EventBus;
import io.athena.dhcpd.events.bus.Subscription;
import io.athena.dhcpd.events.hook.HookRecord;
import io.athena.dhcpd.events.hook.HookStatus;
import io.athena.dhcpd.events.hook.KeyedQueue;
import io.athena.dhcpd.events.hook.RunningHooks;
import io.athena.dhcpd.events.hook.Trial;
import io.athena.dhcpd.events.render.EventJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The script hooks of a configuration, which share the right to run so many scripts at a time. */
public final class Scripts {

    private static final Logger LOG = LoggerFactory.getLogger(Scripts.class);

    /** Per hook and worker; what is beyond waits in the hook's queue on the bus, where it is counted when it is lost. */
    private static final int UNDER_WAY_PER_WORKER = 4;

    /** How long killing may take: a process that outlives the server would never be killed at all. */
    private static final Duration KILLING = Duration.ofSeconds(2);

    private final EventBus bus;
    private final ExecutorService workers;
    private final ExecutorService helpers = Executors.newCachedThreadPool(threads("athena-script-io-"));
    private final RunningHooks running;

    private Scripts(EventBus bus, int concurrency) {
        this.bus = bus;
        this.running = new RunningHooks(bus);
        this.workers = Executors.newFixedThreadPool(concurrency, threads("athena-script-"));
    }

    /** Every script hook, none of which listens yet. */
    public static Scripts prepare(HooksConfig config, EventBus bus, EventJson json, Meters meters, TimeSource time) {
        Scripts scripts = new Scripts(bus, config.scriptConcurrency());
        if (!config.scripts().isEmpty()) {
            ScriptLauncher launcher = new ScriptLauncher(System.getenv("PATH"), scripts.helpers, time);
            config.scripts().forEach(hook -> scripts.add(hook, launcher, config, json, meters, time));
        }
        return scripts;
    }

    private void add(
            ScriptHook hook,
            ScriptLauncher launcher,
            HooksConfig config,
            EventJson json,
            Meters meters,
            TimeSource time) {
        Path command = Path.of(hook.command());
        if (!Files.isRegularFile(command) || !Files.isExecutable(command)) {
            LOG.warn("Script hook '{}': {} is not there or not executable", hook.name(), hook.command());
        }
        HookRecord record = new HookRecord(hook.name(), "script", meters, time);
        KeyedQueue queue = new KeyedQueue(workers, config.scriptConcurrency() * UNDER_WAY_PER_WORKER);
        ScriptListener listener = new ScriptListener(hook, launcher, queue, json, record);
        Subscription subscription = bus.prepare(hook.name(), hook.events(), config.eventBufferSize(), listener);
        running.add(record, listener::test, subscription);
    }

    /** The hooks' places on the bus. */
    public List<Subscription> subscriptions() {
        return running.subscriptions();
    }

    /** Runs a hook's script for an event that never happened. */
    public Trial test(String name, DomainEvent event) {
        return running.test(name, event);
    }

    /** How each hook fares, in the order of the file. */
    public List<HookStatus> statuses() {
        return running.statuses();
    }

    /** Ends every hook; scripts may go on for at most this long, then they are killed. */
    public void close(Duration limit) {
        running.close(limit);
        workers.shutdownNow();
        try {
            if (!workers.awaitTermination(KILLING.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("A script that was to be killed is not gone yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        helpers.shutdown();
    }

    private static ThreadFactory threads(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
