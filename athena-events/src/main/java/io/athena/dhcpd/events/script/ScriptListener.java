package io.athena.dhcpd.events.script;

import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.core.event.EventListener;
import io.athena.dhcpd.events.ScriptHook;
import io.athena.dhcpd.events.hook.HookFilter;
import io.athena.dhcpd.events.hook.HookRecord;
import io.athena.dhcpd.events.hook.KeyedQueue;
import io.athena.dhcpd.events.render.EventEnvironment;
import io.athena.dhcpd.events.render.EventJson;
import io.athena.dhcpd.events.render.OrderKeys;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One script hook: runs its script for each event that it gets, for one client after another's back, never out of turn. */
final class ScriptListener implements EventListener {

    private static final Logger LOG = LoggerFactory.getLogger(ScriptListener.class);

    private final ScriptHook hook;
    private final HookFilter filter;
    private final ScriptLauncher launcher;
    private final KeyedQueue queue;
    private final EventJson json;
    private final HookRecord record;

    ScriptListener(ScriptHook hook, ScriptLauncher launcher, KeyedQueue queue, EventJson json, HookRecord record) {
        this.hook = hook;
        this.filter = new HookFilter(hook.events(), hook.subnets());
        this.launcher = launcher;
        this.queue = queue;
        this.json = json;
        this.record = record;
    }

    @Override
    public void heard(DomainEvent event) throws InterruptedException {
        if (filter.admits(event)) {
            queue.submit(OrderKeys.of(event), task(event, json.of(event)));
        }
    }

    @Override
    public void ended() throws InterruptedException {
        queue.awaitIdle();
    }

    /** Runs the script for an event that never happened, whatever the filter says; false when there is no room. */
    boolean test(DomainEvent event) {
        return queue.offer(OrderKeys.of(event), task(event, json.of(event, true)));
    }

    private Runnable task(DomainEvent event, byte[] stdin) {
        Map<String, String> variables = EventEnvironment.of(event);
        return () -> run(event, variables, stdin);
    }

    private void run(DomainEvent event, Map<String, String> variables, byte[] stdin) {
        try {
            judge(event, launcher.run(hook.command(), variables, stdin, hook.timeout()));
        } catch (InterruptedException | RejectedExecutionException e) {
            record.failed(event.type().tag(), "killed because the server stops", LOG.atWarn());
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            record.failed(event.type().tag(), "the script could not be run: " + e, LOG.atError());
        }
    }

    private void judge(DomainEvent event, ScriptRun run) {
        String type = event.type().tag();
        if (run instanceof ScriptRun.Exited exited && exited.code() == 0) {
            record.succeeded();
            LOG.atDebug()
                    .addKeyValue("hook", hook.name())
                    .addKeyValue("event", type)
                    .addKeyValue("stderr", exited.stderr())
                    .log("a script was run");
        } else if (run instanceof ScriptRun.Exited exited) {
            record.failed(
                    type, "the script ended with exit code " + exited.code() + said(exited.stderr()), LOG.atWarn());
        } else if (run instanceof ScriptRun.TimedOut timedOut) {
            String after = "the script was killed after " + hook.timeout().toMillis() + " ms";
            record.failed(type, after + said(timedOut.stderr()), LOG.atError());
        } else if (run instanceof ScriptRun.NotStarted not) {
            record.failed(type, "the script could not be started: " + not.reason(), LOG.atError());
        }
    }

    private static String said(String stderr) {
        return stderr.isEmpty() ? "" : ": " + stderr;
    }
}
