package io.athena.dhcpd.events.hook;

import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.events.bus.EventBus;
import io.athena.dhcpd.events.bus.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The hooks of one kind that listen on a bus, in the order of the file. */
public final class RunningHooks {

    private record Hook(HookRecord record, Predicate<DomainEvent> trial, Subscription subscription) {}

    private final EventBus bus;
    private final List<Hook> hooks = new ArrayList<>();

    public RunningHooks(EventBus bus) {
        this.bus = bus;
    }

    /**
     * Adds a hook.
     *
     * @param trial runs it for an event that never happened, whatever its filter says; false when there is no room for
     *     that. MUST come back at once
     */
    public void add(HookRecord record, Predicate<DomainEvent> trial, Subscription subscription) {
        hooks.add(new Hook(record, trial, subscription));
    }

    /** Runs a hook for an event that never happened, and comes back at once. */
    public Trial test(String name, DomainEvent event) {
        return hooks.stream()
                .filter(hook -> hook.record().name().equals(name))
                .findFirst()
                .map(hook -> hook.trial().test(event) ? Trial.GIVEN : Trial.BUSY)
                .orElse(Trial.UNKNOWN);
    }

    /** The hooks' places on the bus, in their order. */
    public List<Subscription> subscriptions() {
        return hooks.stream().map(Hook::subscription).toList();
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
        bus.close(subscriptions(), limit);
    }
}
