package io.athena.dhcpd.events;

import io.athena.dhcpd.core.event.EventType;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code [hooks]}.
 *
 * @param eventBufferSize how many events may wait before the newest are dropped
 * @param scriptConcurrency how many scripts run at once
 * @param scriptTimeout the time limit of scripts that set none
 * @param scripts in file order
 * @param webhooks in file order
 */
public record HooksConfig(
        int eventBufferSize,
        int scriptConcurrency,
        Duration scriptTimeout,
        List<ScriptHook> scripts,
        List<WebhookHook> webhooks) {

    /** What the hook of this name asks for; empty when there is none. */
    public Set<EventType> eventsOf(String hook) {
        Stream<Set<EventType>> ofScripts =
                scripts.stream().filter(each -> each.name().equals(hook)).map(ScriptHook::events);
        Stream<Set<EventType>> ofWebhooks =
                webhooks.stream().filter(each -> each.name().equals(hook)).map(WebhookHook::events);
        return Stream.concat(ofScripts, ofWebhooks).findFirst().orElse(Set.of());
    }
}
