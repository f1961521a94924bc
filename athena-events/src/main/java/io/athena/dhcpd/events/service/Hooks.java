package io.athena.dhcpd.events.service;

import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.events.HooksConfig;
import io.athena.dhcpd.events.bus.EventBus;
import io.athena.dhcpd.events.hook.HookStatus;
import io.athena.dhcpd.events.hook.Trial;
import io.athena.dhcpd.events.render.EventJson;
import io.athena.dhcpd.events.render.Node;
import io.athena.dhcpd.events.script.Scripts;
import io.athena.dhcpd.events.webhook.Webhooks;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** All hooks of one configuration. */
record Hooks(Scripts scripts, Webhooks webhooks) {

    static Hooks start(HooksConfig config, EventBus bus, Node node, Meters meters, TimeSource time) {
        EventJson json = new EventJson(node);
        return new Hooks(
                Scripts.start(config, bus, json, meters, time),
                Webhooks.start(config, bus, json, node.id(), meters, time));
    }

    List<HookStatus> statuses() {
        return Stream.concat(scripts.statuses().stream(), webhooks.statuses().stream())
                .toList();
    }

    Trial test(String name, DomainEvent event) {
        Trial script = scripts.test(name, event);
        return script == Trial.UNKNOWN ? webhooks.test(name, event) : script;
    }

    void close(Duration limit) {
        scripts.close(limit);
        webhooks.close(limit);
    }
}
