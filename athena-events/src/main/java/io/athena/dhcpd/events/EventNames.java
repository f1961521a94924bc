package io.athena.dhcpd.events;

import io.athena.dhcpd.core.event.EventType;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The kinds of events that a hook asks for: by name, or by a pattern such as {@code conflict.*}. */
public final class EventNames {

    private EventNames() {}

    /** All that a name stands for. @throws IllegalArgumentException when that is nothing */
    public static Set<EventType> of(String name) {
        // Stars in a row say no more than one does, and would take the matcher for ever.
        Pattern pattern =
                Pattern.compile(Pattern.quote(name.replaceAll("\\*+", "*")).replace("*", "\\E.*\\Q"));
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        for (EventType type : EventType.values()) {
            if (pattern.matcher(type.tag()).matches()) {
                types.add(type);
            }
        }
        if (types.isEmpty()) {
            throw new IllegalArgumentException("'" + name + "' is not an event");
        }
        return types;
    }

    /** What several names stand for together. */
    static Set<EventType> union(Collection<Set<EventType>> sets) {
        Set<EventType> all = EnumSet.noneOf(EventType.class);
        sets.forEach(all::addAll);
        return all;
    }
}
