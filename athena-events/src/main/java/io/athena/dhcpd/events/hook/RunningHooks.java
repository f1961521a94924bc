package io.athena.dhcpd.events.hook;

import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.events.bus.EventBus;
import io.athena.dhcpd.events.bus.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The hooks of one kind that listen on a bus, in the order of the file. */
public final class RunningHooks {

    /** Runs a hook for an event that never happened, whatever its filter says. */
    @FunctionalInterface
    public interface Trial {

        void run(DomainEvent event) throws InterruptedException;
    }

    private record Hook(HookRecord record, Trial trial, Subscription subscription) {}

    private final EventBus bus;
    private final List<Hook> hooks = new ArrayList<>();

    public RunningHooks(EventBus bus) {
        this.bus = bus;
    }

    /** Adds a hook that listens already. */
    public void add(HookRecord record, Trial trial, Subscription subscription) {
        hooks.add(new Hook(record, trial, subscription));
    }

    /** Runs a hook for an event that never happened; false when there is none of this name. */
    public boolean test(String name, DomainEvent event) throws InterruptedException {
        for (Hook hook : hooks) {
            if (hook.record().name().equals(name)) {
                hook.trial().run(event);
                return true;
            }
        }
        return false;
    }

    /** How each hook fares. */
    public List<HookStatus> statuses() {
        return hooks.stream()
                .map(hook -> hook.record()
                        .status(
                                hook.subscription().dropped(),
                                hook.subscription().waiting()))
                .toList();
    }

    /** Ends every hook; what is under way may go on for at most this long. */
    public void close(Duration limit) {
        bus.close(hooks.stream().map(Hook::subscription).toList(), limit);
    }
}
