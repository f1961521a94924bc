package io.athena.dhcpd.events.script;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.athena.dhcpd.core.event.EventType;
import io.athena.dhcpd.core.event.LeaseEvent;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.events.HooksConfig;
import io.athena.dhcpd.events.LogLines;
import io.athena.dhcpd.events.Samples;
import io.athena.dhcpd.events.ScriptHook;
import io.athena.dhcpd.events.bus.EventBus;
import io.athena.dhcpd.events.bus.Subscription;
import io.athena.dhcpd.events.hook.HookStatus;
import io.athena.dhcpd.events.hook.Trial;
import io.athena.dhcpd.events.render.EventJson;
import io.athena.dhcpd.events.render.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class ScriptsTest {

    private static final Set<EventType> ALL = EnumSet.allOf(EventType.class);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final TimeSource time = TimeSource.system();
    private final Meters meters = new Meters();
    private final EventBus bus = new EventBus(meters, time);
    private final LogLines log = LogLines.of(ScriptListener.class);

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        bus.close();
        log.close();
    }

    @Test
    void aScriptRunsForTheEventsItAsksForAndOnlyThere() throws Exception {
        String append = "echo \"$ATHENA_EVENT $ATHENA_IP\" >> '" + folder + "/out'";
        Scripts scripts = start(
                4,
                10_000,
                new ScriptHook("here", Set.of(EventType.LEASE_ACK), script("a", append), LONG, List.of(Samples.SUBNET)),
                new ScriptHook("elsewhere", ALL, script("b", append), LONG, List.of(Cidr.parse("192.0.2.0/24"))));
        bus.publish(Samples.granted());
        bus.publish(Samples.refused());
        bus.publish(Samples.detected());
        scripts.close(LONG);
        assertThat(folder.resolve("out")).hasContent("lease.ack 10.10.0.105");
        assertThat(scripts.statuses()).extracting(HookStatus::succeeded).containsExactly(1L, 0L);
        assertThat(runs("here", "ok")).isEqualTo(1);
        assertThat(log.lines(Level.DEBUG)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "echo 'no such zone' >&2; exit 7 | WARN  | the script ended with exit code 7: no such zone",
                "exit 1                          | WARN  | the script ended with exit code 1",
                "echo early >&2; : > \"$0.late\"; sleep 600 | ERROR | the script was killed after 300 ms: early"
            })
    void aFailureIsLoggedCountedAndKept(String body, String level, String error) throws Exception {
        String command = script("a", body);
        Scripts scripts = start(
                Samples.standingUntil(() -> Files.exists(Path.of(command + ".late"))),
                1,
                100,
                new ScriptHook("failing", ALL, command, Duration.ofMillis(300), List.of()));
        bus.publish(Samples.granted());
        scripts.close(LONG);
        assertThat(log.lines()).containsExactly(level + " " + error + " hook=failing event=lease.ack not_logged=0");
        HookStatus status = scripts.statuses().get(0);
        assertThat(status.failed()).isEqualTo(1);
        assertThat(status.lastError()).isEqualTo(error);
        assertThat(status.lastRun()).isPositive();
        assertThat(runs("failing", "failed")).isEqualTo(1);
    }

    @Test
    void aScriptThatAlwaysFailsDoesNotFillTheLog() throws Exception {
        ScriptHook hook = new ScriptHook("failing", ALL, script("a", "exit 1"), LONG, List.of());
        Scripts scripts = start(Samples.standingUntil(() -> false), 4, 10_000, hook);
        for (int i = 0; i < 60; i++) {
            bus.publish(Samples.granted(i, i));
        }
        scripts.close(LONG);
        assertThat(scripts.statuses().get(0).failed()).isEqualTo(60);
        assertThat(log.lines(Level.WARN)).hasSize(20);
    }

    @Test
    void oneClientsEventsKeepTheirOrderAndNoMoreScriptsRunThanAllowed() throws Exception {
        String body = """
                mkdir "%1$s/running.$$"
                ls -d "%1$s"/running.* | wc -l >> '%1$s/counts'
                echo "$ATHENA_IP" >> "%1$s/$ATHENA_HOSTNAME"
                rmdir "%1$s/running.$$"
                """.formatted(folder);
        Scripts scripts = start(2, 10_000, new ScriptHook("ordered", ALL, script("a", body), LONG, List.of()));
        for (int i = 0; i < 40; i++) {
            bus.publish(Samples.granted(i % 4, 10 + i));
        }
        scripts.close(LONG);
        for (int client = 0; client < 4; client++) {
            List<String> lines = Files.readAllLines(folder.resolve("host-" + client));
            assertThat(lines).hasSize(10).isSorted();
        }
        assertThat(Files.readAllLines(folder.resolve("counts")).stream().map(line -> Integer.valueOf(line.strip())))
                .hasSize(40)
                .allMatch(count -> count <= 2);
    }

    @Test
    void aHookThatHangsHoldsUpNoOtherOneLongerThanItsTimeoutAndLosesItsOwnEvents() throws Exception {
        Scripts scripts = start(
                2,
                16,
                new ScriptHook("hanging", ALL, script("a", "sleep 600"), Duration.ofMinutes(9), List.of()),
                new ScriptHook("quick", Set.of(EventType.LEASE_NAK), script("b", "exit 0"), LONG, List.of()));
        // One key, so that one worker hangs and the other one is free: eight are under way, one has no room there.
        for (int i = 0; i < 9; i++) {
            bus.publish(Samples.granted(1, 1));
        }
        await(() -> scripts.statuses().get(0).waiting() == 0);
        for (int i = 0; i < 1000; i++) {
            bus.publish(Samples.granted(1, 1));
        }
        bus.publish(Samples.refused());
        await(() -> scripts.statuses().get(1).succeeded() == 1);
        HookStatus hanging = scripts.statuses().get(0);
        assertThat(hanging.waiting()).isEqualTo(16);
        assertThat(hanging.dropped()).isEqualTo(1001 - 16);
        assertThat(meters.counter(DhcpMeter.EVENT_BUFFER_DROPS).sum()).isEqualTo(hanging.dropped());
        scripts.close(Duration.ofMillis(10));
        await(() -> log.lines(Level.WARN).stream().anyMatch(line -> line.contains("killed because the server stops")));
        assertThat(runs("hanging", "failed")).isEqualTo(1);
    }

    @Test
    void whenTheHooksAreClosedTheirScriptsAreGone() throws Exception {
        String body = "echo $$ > '" + folder + "/self.new'; mv '" + folder + "/self.new' '" + folder
                + "/self'; exec sleep 600";
        Scripts scripts = start(1, 100, new ScriptHook("hanging", ALL, script("a", body), LONG, List.of()));
        bus.publish(Samples.granted());
        Path self = folder.resolve("self");
        await(() -> Files.exists(self));
        long pid = Long.parseLong(Files.readString(self).strip());
        try (LogLines lines = LogLines.of(Scripts.class)) {
            scripts.close(Duration.ofMillis(10));
            boolean gone = scripts.statuses().get(0).failed() == 1;
            // On a machine that is too busy to kill anything it says so instead.
            assertThat(gone || !lines.lines(Level.WARN).isEmpty()).isTrue();
        }
        ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
    }

    @Test
    void aTestEventRunsTheScriptAndSaysThatItIsOne() throws Exception {
        Scripts scripts = start(
                1,
                100,
                new ScriptHook(
                        "mine",
                        Set.of(EventType.LEASE_NAK),
                        script("a", "cat > '" + folder + "/out'"),
                        LONG,
                        List.of()));
        LeaseEvent event = Samples.granted();
        assertThat(scripts.test("other", event)).isEqualTo(Trial.UNKNOWN);
        assertThat(scripts.test("mine", event)).isEqualTo(Trial.GIVEN);
        scripts.close(LONG);
        assertThat(Files.readString(folder.resolve("out"))).contains("\"test\":true");
    }

    private Scripts start(int concurrency, int buffer, ScriptHook... hooks) {
        return start(time, concurrency, buffer, hooks);
    }

    /** @param clock by which scripts are given up and lines are counted */
    private Scripts start(TimeSource clock, int concurrency, int buffer, ScriptHook... hooks) {
        HooksConfig config = new HooksConfig(buffer, concurrency, LONG, List.of(hooks), List.of());
        Scripts scripts = Scripts.prepare(config, bus, new EventJson(Node.standalone("node-a")), meters, clock);
        bus.exchange(List.of(), scripts.subscriptions());
        scripts.subscriptions().forEach(Subscription::start);
        return scripts;
    }

    private long runs(String hook, String result) {
        return meters.counter(DhcpMeter.HOOK_RUNS, hook, result).sum();
    }

    private String script(String name, String body) throws IOException {
        Path file = folder.resolve(name + ".sh");
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
