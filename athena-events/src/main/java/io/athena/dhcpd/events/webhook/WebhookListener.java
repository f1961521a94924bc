package io.athena.dhcpd.events.webhook;

import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.core.event.EventListener;
import io.athena.dhcpd.events.WebhookHook;
import io.athena.dhcpd.events.hook.HookFilter;
import io.athena.dhcpd.events.hook.HookRecord;
import io.athena.dhcpd.events.hook.KeyedQueue;
import io.athena.dhcpd.events.render.OrderKeys;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One webhook: sends each event that it gets until the target takes it or its attempts are used up. */
final class WebhookListener implements EventListener {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookListener.class);

    /** Waits between two attempts. */
    @FunctionalInterface
    interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    private final WebhookHook hook;
    private final HookFilter filter;
    private final WebhookRequest request;
    private final WebhookBody body;
    private final CircuitBreaker breaker;
    private final Backoff backoff;
    private final KeyedQueue queue;
    private final Pause pause;
    private final HookRecord record;

    WebhookListener(
            WebhookHook hook,
            WebhookRequest request,
            WebhookBody body,
            CircuitBreaker breaker,
            KeyedQueue queue,
            Pause pause,
            HookRecord record) {
        this.hook = hook;
        this.filter = new HookFilter(hook.events(), hook.subnets());
        this.request = request;
        this.body = body;
        this.breaker = breaker;
        this.backoff = new Backoff(hook.retryBackoff());
        this.queue = queue;
        this.pause = pause;
        this.record = record;
    }

    @Override
    public void heard(DomainEvent event) throws InterruptedException {
        if (filter.admits(event)) {
            queue.submit(OrderKeys.of(event), task(event, false));
        }
    }

    @Override
    public void ended() throws InterruptedException {
        queue.awaitIdle();
    }

    /** Sends an event that never happened, whatever the filter says; false when there is no room. */
    boolean test(DomainEvent event) {
        return queue.offer(OrderKeys.of(event), task(event, true));
    }

    private Runnable task(DomainEvent event, boolean test) {
        byte[] bytes = body.of(event, test);
        return () -> deliver(event.type().tag(), bytes);
    }

    private void deliver(String event, byte[] bytes) {
        boolean mayTry = false;
        try {
            breaker.await();
            mayTry = true;
            conclude(event, attempts(event, bytes));
        } catch (InterruptedException e) {
            if (mayTry) {
                breaker.abandoned();
            }
            record.failed(event, "not sent because the server stops", LOG.atWarn());
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            breaker.abandoned();
            // Only what it is: the text may repeat a header or the address.
            record.failed(event, "could not be sent: " + e.getClass().getName(), LOG.atError());
        }
    }

    private Attempt attempts(String event, byte[] bytes) throws InterruptedException {
        Attempt attempt = request.send(event, bytes);
        for (int retry = 0;
                retry < hook.retries() && attempt instanceof Attempt.Failed failed && failed.later();
                retry++) {
            LOG.debug("webhook {}: {}, trying again", hook.name(), failed.reason());
            pause.of(backoff.before(retry));
            attempt = request.send(event, bytes);
        }
        return attempt;
    }

    private void conclude(String event, Attempt attempt) {
        if (attempt instanceof Attempt.Failed failed) {
            record.failed(event, failed.reason(), LOG.atWarn());
            if (failed.later() && breaker.failed()) {
                LOG.atWarn()
                        .addKeyValue("hook", hook.name())
                        .addKeyValue("target", hook.url())
                        .log("nothing is sent for a while, since the target takes nothing; events wait");
            } else if (!failed.later()) {
                // It answers, so it is there: what it refuses is this request.
                answered();
            }
        } else {
            record.succeeded();
            answered();
        }
    }

    private void answered() {
        if (breaker.succeeded()) {
            LOG.atInfo()
                    .addKeyValue("hook", hook.name())
                    .addKeyValue("target", hook.url())
                    .log("the target is back");
        }
    }
}
