package io.athena.dhcpd.events.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.athena.dhcpd.core.event.EventListener;
import io.athena.dhcpd.core.event.EventLog;
import io.athena.dhcpd.core.event.EventType;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.store.FileEventLog;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.events.LogLines;
import io.athena.dhcpd.events.Samples;
import io.athena.dhcpd.events.bus.EventBus;
import io.athena.dhcpd.events.render.EventJson;
import io.athena.dhcpd.events.render.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventRecorderTest {

    private static final EventJson JSON = new EventJson(Node.standalone("node-a"));

    private final Samples.TestTime time = new Samples.TestTime();
    private final Written log = new Written();
    private final EventRecorder recorder = new EventRecorder(log, 2000, JSON, time);

    @TempDir
    Path store;

    @Test
    void aLoneEventIsWrittenAtOnceAndTheNextOnesASecondLaterTogether() {
        recorder.heard(Samples.granted());
        assertThat(recorder.idle()).isEqualTo(EventListener.NOTHING_LEFT);
        assertThat(log.batches).containsExactly(1);
        recorder.heard(Samples.granted());
        recorder.heard(Samples.refused());
        assertThat(recorder.idle()).isEqualTo(1_000_000_000);
        assertThat(log.batches).containsExactly(1);
        time.forward(1);
        assertThat(recorder.idle()).isEqualTo(EventListener.NOTHING_LEFT);
        assertThat(log.batches).containsExactly(1, 2);
    }

    @Test
    void aFloodIsWrittenOnceInTenSecondsAndOnlyWhatTheLogKeeps() {
        recorder.heard(Samples.granted());
        recorder.idle();
        for (int i = 0; i < 5000; i++) {
            recorder.heard(Samples.granted(i, 1));
        }
        assertThat(recorder.idle()).isEqualTo(10_000_000_000L);
        time.forward(10);
        recorder.heard(Samples.granted());
        assertThat(log.batches).containsExactly(1, 2000);
    }

    @Test
    void whatWaitsIsWrittenAtTheEnd() {
        recorder.heard(Samples.granted());
        recorder.idle();
        recorder.heard(Samples.granted());
        recorder.ended();
        assertThat(log.batches).containsExactly(1, 1);
    }

    @Test
    void aFullDiskCostsTheEventsAndOneWarning() {
        log.failure = new IOException("No space left on device");
        try (LogLines lines = LogLines.of(EventRecorder.class)) {
            for (int i = 0; i < 5; i++) {
                recorder.heard(Samples.granted());
                recorder.ended();
            }
            assertThat(lines.lines(Level.WARN)).singleElement().asString().contains("No space left on device");
        }
        log.failure = null;
        recorder.heard(Samples.granted());
        recorder.ended();
        assertThat(log.batches).containsExactly(1);
    }

    @Test
    void whatIsPublishedIsReadAfterARestart() throws IOException {
        EventBus bus = new EventBus(new Meters(), TimeSource.system());
        try (FileEventLog files = FileEventLog.open(store, 50)) {
            bus.listen(
                    "log",
                    EnumSet.allOf(EventType.class),
                    1000,
                    new EventRecorder(files, 50, JSON, TimeSource.system()));
            for (int i = 0; i < 500; i++) {
                bus.publish(Samples.granted(i, 1));
            }
            bus.close(Duration.ofSeconds(20));
        }
        try (FileEventLog files = FileEventLog.open(store, 50)) {
            List<EventLog.Kept> kept = files.newest(100, EnumSet.allOf(EventType.class), Long.MAX_VALUE);
            assertThat(kept).hasSize(50);
            assertThat(new String(kept.get(0).entry().json(), StandardCharsets.UTF_8))
                    .contains("host-499");
        }
    }

    private static final class Written implements EventLog {
        private final List<Integer> batches = new ArrayList<>();
        private IOException failure;

        @Override
        public void append(List<Entry> entries) throws IOException {
            if (failure != null) {
                throw failure;
            }
            batches.add(entries.size());
        }

        @Override
        public List<Kept> newest(int limit, Set<EventType> types, long before) {
            return List.of();
        }
    }
}
