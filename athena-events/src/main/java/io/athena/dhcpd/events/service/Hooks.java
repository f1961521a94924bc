package io.athena.dhcpd.events.service;

import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.events.HooksConfig;
import io.athena.dhcpd.events.bus.EventBus;
import io.athena.dhcpd.events.hook.HookStatus;
import io.athena.dhcpd.events.render.EventJson;
import io.athena.dhcpd.events.script.Scripts;
import java.time.Duration;
import java.util.List;

/** All hooks of one configuration. */
record Hooks(Scripts scripts) {

    static Hooks start(HooksConfig config, EventBus bus, EventJson json, Meters meters, TimeSource time) {
        return new Hooks(Scripts.start(config, bus, json, meters, time));
    }

    List<HookStatus> statuses() {
        return scripts.statuses();
    }

    boolean test(String name, DomainEvent event) throws InterruptedException {
        return scripts.test(name, event);
    }

    void close(Duration limit) {
        scripts.close(limit);
    }
}
