package io.athena.dhcpd.events.log;

import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.core.event.EventListener;
import io.athena.dhcpd.core.event.EventLog;
import io.athena.dhcpd.core.meter.LogBudget;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.events.render.EventJson;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events into the log, a lone one at once. When many come it waits and writes only those that the log would still
 * have by then: a flood of any size costs the disk one log's worth of text in ten seconds.
 */
public final class EventRecorder implements EventListener {

    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);

    private static final long SOON = TimeUnit.SECONDS.toNanos(1);
    private static final long LATER = TimeUnit.SECONDS.toNanos(10);
    private static final int MANY = 1000;

    private final EventLog log;
    private final int size;
    private final EventJson json;
    private final TimeSource time;
    private final LogBudget alarms;
    private final Deque<DomainEvent> pending = new ArrayDeque<>();
    private long written;

    /** @param size how many events the log keeps */
    public EventRecorder(EventLog log, int size, EventJson json, TimeSource time) {
        this.log = log;
        this.size = size;
        this.json = json;
        this.time = time;
        this.alarms = new LogBudget(time, 1);
        this.written = time.nanoTime() - LATER;
    }

    @Override
    public void heard(DomainEvent event) {
        if (pending.size() == size) {
            pending.removeFirst();
        }
        pending.addLast(event);
        if (pending.size() >= MANY && time.nanoTime() - written >= LATER) {
            write();
        }
    }

    @Override
    public long idle() {
        if (pending.isEmpty()) {
            return NOTHING_LEFT;
        }
        long wait = (pending.size() < MANY ? SOON : LATER) - (time.nanoTime() - written);
        if (wait > 0) {
            return wait;
        }
        write();
        return NOTHING_LEFT;
    }

    @Override
    public void ended() {
        write();
    }

    private void write() {
        List<EventLog.Entry> entries = new ArrayList<>(pending.size());
        pending.forEach(event -> entries.add(new EventLog.Entry(event.type(), event.at(), json.of(event))));
        pending.clear();
        written = time.nanoTime();
        try {
            log.append(entries);
        } catch (IOException e) {
            if (alarms.permit("write") != LogBudget.SILENT) {
                LOG.warn("{} events could not be kept for later reading: {}", entries.size(), e.toString());
            }
        }
    }
}
