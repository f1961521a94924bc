package io.athena.dhcpd.app.control;

import io.athena.dhcpd.core.event.EventLog;
import io.athena.dhcpd.core.event.EventType;
import io.athena.dhcpd.events.EventNames;
import io.athena.dhcpd.events.hook.Trial;
import io.athena.dhcpd.events.service.EventDesk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What may be asked about events and hooks over the control socket. */
final class EventVerbs {

    /** As many as surely fit into a frame. */
    private static final int MOST_EVENTS = 100;

    private final EventDesk desk;

    EventVerbs(EventDesk desk) {
        this.desk = desk;
    }

    /** Carries out a request. @throws IllegalArgumentException when it names a kind of event that there is not */
    ControlReply answer(ControlRequest.AboutEvents request) {
        if (request instanceof ControlRequest.Hooks) {
            return new ControlReply.Hooks(desk.hooks());
        }
        if (request instanceof ControlRequest.TestHook test) {
            return new ControlReply.Outcome(refusal(test.name(), desk.test(test.name())));
        }
        return page((ControlRequest.PageEvents) request);
    }

    private static String refusal(String hook, Trial trial) {
        return switch (trial) {
            case GIVEN -> "";
            case BUSY -> "hook '" + hook + "' has too much under way to be tried; 'hooks list' tells how it fares";
            case UNKNOWN -> "there is no hook '" + hook + "'";
        };
    }

    private ControlReply page(ControlRequest.PageEvents request) {
        EventLog log = desk.log().orElse(null);
        if (log == null) {
            return new ControlReply.Refused("no events are kept; see server.event_log_size");
        }
        Set<EventType> types =
                request.type().isEmpty() ? EnumSet.allOf(EventType.class) : EventNames.of(request.type());
        int limit = Math.max(1, Math.min(request.limit(), MOST_EVENTS));
        try {
            List<EventLog.Kept> kept = log.newest(limit, types, request.before());
            return new ControlReply.Events(
                    kept.stream()
                            .map(each -> new String(each.entry().json(), StandardCharsets.UTF_8))
                            .toList(),
                    kept.size() < limit ? 0 : kept.get(kept.size() - 1).id());
        } catch (IOException e) {
            return new ControlReply.Refused("the log of events cannot be read: " + e.getMessage());
        }
    }
}
