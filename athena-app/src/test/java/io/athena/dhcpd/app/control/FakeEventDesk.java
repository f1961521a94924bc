package io.athena.dhcpd.app.control;

import io.athena.dhcpd.core.event.EventLog;
import io.athena.dhcpd.core.event.EventType;
import io.athena.dhcpd.events.hook.HookStatus;
import io.athena.dhcpd.events.hook.Trial;
import io.athena.dhcpd.events.service.EventDesk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One hook, and a log of as many events as were put. */
final class FakeEventDesk implements EventDesk, EventLog {

    static final HookStatus HOOK = new HookStatus("inventory", "webhook", 7, 1, 2, 3, 4, "the target answered 500");

    final List<String> tested = new ArrayList<>();
    private final List<Kept> kept = new ArrayList<>();
    boolean keeps = true;
    Trial trial = Trial.GIVEN;

    @Override
    public Optional<EventLog> log() {
        return keeps ? Optional.of(this) : Optional.empty();
    }

    @Override
    public List<HookStatus> hooks() {
        return List.of(HOOK);
    }

    @Override
    public Trial test(String hook) {
        tested.add(hook);
        return hook.equals(HOOK.name()) ? trial : Trial.UNKNOWN;
    }

    @Override
    public void append(List<Entry> entries) {
        entries.forEach(entry -> kept.add(0, new Kept(kept.size() + 1L, entry)));
    }

    @Override
    public List<Kept> newest(int limit, Set<EventType> types, long before) {
        return kept.stream()
                .filter(each ->
                        each.id() < before && types.contains(each.entry().type()))
                .limit(limit)
                .toList();
    }
}
