package io.athena.dhcpd.events;

import java.time.Duration;
import java.util.List;

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
        List<WebhookHook> webhooks) {}
