package io.athena.dhcpd.events.service;

import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.events.HooksConfig;
import io.athena.dhcpd.events.bus.EventBus;
import io.athena.dhcpd.events.bus.Subscription;
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
record Hooks(EventBus bus, Scripts scripts, Webhooks webhooks) {

    static Hooks start(HooksConfig config, EventBus bus, Node node, Meters meters, TimeSource time) {
        Hooks hooks = prepare(config, bus, node, meters, time);
        bus.exchange(List.of(), hooks.subscriptions());
        hooks.subscriptions().forEach(Subscription::start);
        return hooks;
    }

    private static Hooks prepare(HooksConfig config, EventBus bus, Node node, Meters meters, TimeSource time) {
        EventJson json = new EventJson(node);
        return new Hooks(
                bus,
                Scripts.prepare(config, bus, json, meters, time),
                Webhooks.prepare(config, bus, json, node.id(), meters, time));
    }

    /**
     * The hooks of a changed configuration, from the next event on. They begin when these have ended, for which these have
     * so long: a client's events keep their order, and none is told by both.
     */
    Hooks replacedBy(HooksConfig changed, Node node, Meters meters, TimeSource time, Duration limit) {
        Hooks after = prepare(changed, bus, node, meters, time);
        bus.exchange(subscriptions(), after.subscriptions());
        close(limit);
        after.subscriptions().forEach(Subscription::start);
        return after;
    }

    private List<Subscription> subscriptions() {
        return Stream.concat(scripts.subscriptions().stream(), webhooks.subscriptions().stream())
                .toList();
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
