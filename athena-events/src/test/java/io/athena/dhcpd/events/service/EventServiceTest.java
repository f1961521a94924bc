package io.athena.dhcpd.events.service;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.athena.dhcpd.core.config.ServerConfig;
import io.athena.dhcpd.core.event.EventLog;
import io.athena.dhcpd.core.event.EventType;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.events.HooksConfig;
import io.athena.dhcpd.events.LogLines;
import io.athena.dhcpd.events.Samples;
import io.athena.dhcpd.events.ScriptHook;
import io.athena.dhcpd.events.hook.HookStatus;
import io.athena.dhcpd.events.hook.Trial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class EventServiceTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Set<EventType> ALL = EnumSet.allOf(EventType.class);

    @TempDir
    Path folder;

    @Test
    void withoutHooksAndLogNobodyHears() throws Exception {
        EventService events = start(hooks(), 0, "node-a");
        for (EventType type : EventType.values()) {
            assertThat(events.publisher().hears(type)).isFalse();
        }
        assertThat(events.log()).isEmpty();
        assertThat(events.hooks()).isEmpty();
        events.close(LONG);
    }

    @Test
    void theLogOutlivesTheServiceAndNamesItsNode() throws Exception {
        EventService events = start(hooks(), 10, "node-a");
        assertThat(events.publisher().hears(EventType.LEASE_DISCOVER)).isTrue();
        events.publisher().publish(Samples.granted());
        events.close(LONG);
        EventService later = start(hooks(), 10, "node-b");
        List<EventLog.Kept> kept = later.log().orElseThrow().newest(5, ALL, Long.MAX_VALUE);
        assertThat(kept).singleElement().satisfies(each -> assertThat(
                        new String(each.entry().json(), StandardCharsets.UTF_8))
                .contains("\"node_id\":\"node-a\""));
        later.close(LONG);
    }

    @Test
    void aLogThatCannotBeOpenedCostsNothingButTheLog() throws Exception {
        Files.writeString(folder.resolve("events"), "in the way");
        try (LogLines lines = LogLines.of(EventService.class)) {
            EventService events = start(hooks(), 10, "node-a");
            assertThat(events.log()).isEmpty();
            assertThat(lines.lines(Level.WARN)).hasSize(1);
            events.publisher().publish(Samples.granted());
            events.close(LONG);
        }
    }

    @Test
    void aReloadSwapsHooksAndLeavesThemAloneWhenTheyStayAsTheyAre() throws Exception {
        EventService events = start(hooks(script("first")), 0, "node-a");
        events.publisher().publish(Samples.granted());
        await(() -> events.hooks().get(0).succeeded() == 1);
        events.reload(hooks(script("first")), server(0, "node-a"));
        assertThat(events.hooks().get(0).lastRun()).isPositive();
        events.reload(hooks(script("second")), server(0, "node-a"));
        events.publisher().publish(Samples.granted());
        await(() -> events.hooks().get(0).succeeded() == 1);
        assertThat(events.hooks()).extracting(HookStatus::name).containsExactly("second");
        assertThat(Files.readAllLines(folder.resolve("out"))).containsExactly("first", "second");
        events.reload(hooks(), server(0, "node-a"));
        assertThat(events.publisher().hears(EventType.LEASE_ACK)).isFalse();
        events.close(LONG);
    }

    @Test
    void aTestEventCanBeFiredAtAnyHook() throws Exception {
        EventService events = start(hooks(script("mine")), 0, "node-a");
        assertThat(events.test("nobody's")).isEqualTo(Trial.UNKNOWN);
        assertThat(events.test("mine")).isEqualTo(Trial.GIVEN);
        await(() -> events.hooks().get(0).succeeded() == 1);
        events.close(LONG);
    }

    @Test
    void aHookThatIsFullIsNotTriedAndNobodyWhoAsksWaitsForIt() throws Exception {
        Path file = folder.resolve("hanging.sh");
        Files.writeString(file, "#!/bin/sh\nsleep 600\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        EventService events =
                start(hooks(new ScriptHook("hanging", ALL, file.toString(), LONG, List.of())), 0, "node-a");
        for (int i = 0; i < 200; i++) {
            events.publisher().publish(Samples.granted(i, i));
        }
        await(() -> events.hooks().get(0).dropped() > 0);
        // The place that is kept for trials, then none.
        await(() -> events.test("hanging") == Trial.BUSY);
        assertThat(events.hooks()).extracting(HookStatus::name).containsExactly("hanging");
        events.close(Duration.ofMillis(10));
    }

    @Test
    void aTestEventIsOfAKindThatTheHookAsksFor() throws Exception {
        Path file = folder.resolve("kinds.sh");
        Files.writeString(file, "#!/bin/sh\necho $ATHENA_EVENT $ATHENA_HA_NEW_ROLE >> '" + folder + "/out'\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        Set<EventType> pair = EnumSet.of(EventType.HA_SYNC_COMPLETE, EventType.HA_FAILOVER);
        EventService events = start(hooks(new ScriptHook("pair", pair, file.toString(), LONG, List.of())), 0, "node-a");
        assertThat(events.test("pair")).isEqualTo(Trial.GIVEN);
        await(() -> events.hooks().get(0).succeeded() == 1);
        assertThat(Files.readAllLines(folder.resolve("out"))).containsExactly("ha.failover active");
        events.close(LONG);
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void thereIsATestEventOfEveryKind(EventType type) {
        assertThat(TestEvents.forHook(EnumSet.of(type), Samples.AT).type()).isEqualTo(type);
        assertThat(TestEvents.forHook(EnumSet.of(type, EventType.LEASE_ACK), Samples.AT)
                        .type())
                .isEqualTo(EventType.LEASE_ACK);
    }

    private EventService start(HooksConfig hooks, int logSize, String node) {
        return EventService.start(hooks, server(logSize, node), new Meters(), TimeSource.system());
    }

    private ServerConfig server(int logSize, String node) {
        return new ServerConfig(
                List.of("lo"),
                null,
                null,
                "info",
                folder,
                null,
                67,
                68,
                Duration.ofSeconds(60),
                folder.resolve("control.sock"),
                false,
                node,
                logSize,
                null);
    }

    private static HooksConfig hooks(ScriptHook... scripts) {
        return new HooksConfig(100, 2, LONG, List.of(scripts), List.of());
    }

    private ScriptHook script(String name) throws IOException {
        Path file = folder.resolve(name + ".sh");
        if (!Files.exists(file)) {
            Files.writeString(file, "#!/bin/sh\necho " + name + " >> '" + folder + "/out'\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return new ScriptHook(name, Set.of(EventType.LEASE_ACK), file.toString(), LONG, List.of());
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
