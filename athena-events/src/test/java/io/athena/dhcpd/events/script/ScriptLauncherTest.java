package io.athena.dhcpd.events.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.athena.dhcpd.core.link.ProcessGroup;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.events.Samples;
import io.athena.dhcpd.events.render.EventEnvironment;
import io.athena.dhcpd.events.render.EventJson;
import io.athena.dhcpd.events.render.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ScriptLauncherTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final byte[] NOTHING = {};

    private final ExecutorService helpers = Executors.newCachedThreadPool();
    private final ScriptLauncher launcher = launcher(TimeSource.system());

    @TempDir
    Path folder;

    private ScriptLauncher launcher(TimeSource time) {
        return new ScriptLauncher("/usr/bin:/bin", helpers, time);
    }

    /** Lets the time of a script be over once it has written these files. */
    private ScriptLauncher launcherUntilThereIs(String... files) {
        return launcher(Samples.standingUntil(() -> Stream.of(files).allMatch(this::isWritten)));
    }

    private boolean isWritten(String file) {
        return folder.resolve(file).toFile().length() > 0;
    }

    @AfterEach
    void close() {
        helpers.shutdownNow();
    }

    @Test
    void aScriptGetsItsVariablesAndPathAndNothingElse() throws Exception {
        Map<String, String> variables = EventEnvironment.of(Samples.granted());
        assertThat(run("/usr/bin/env > '" + folder + "/out'", variables, NOTHING))
                .isEqualTo(new ScriptRun.Exited(0, ""));
        // PWD and the like are the shell's own.
        assertThat(Files.readAllLines(folder.resolve("out")).stream()
                        .filter(line -> !line.matches("(PWD|OLDPWD|SHLVL|_)=.*")))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Stream.of("PATH=/usr/bin:/bin"),
                                variables.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()))
                        .toList());
    }

    @Test
    void aScriptGetsTheWholeEventOnStandardInput() throws Exception {
        byte[] json = new EventJson(Node.standalone("node-a")).of(Samples.granted());
        assertThat(run("cat > '" + folder + "/out'", Map.of(), json)).isEqualTo(new ScriptRun.Exited(0, ""));
        assertThat(folder.resolve("out")).hasBinaryContent(json);
    }

    @Test
    void aScriptNeedNotReadItsInputHoweverLongItIs() throws Exception {
        assertThat(run("exit 0", Map.of(), new byte[1 << 20])).isEqualTo(new ScriptRun.Exited(0, ""));
        assertThat(run("exec 0<&-; exit 0", Map.of(), new byte[1 << 20])).isEqualTo(new ScriptRun.Exited(0, ""));
    }

    @Test
    void itHasNoArgumentsAndStartsInTheRootFolder() throws Exception {
        assertThat(run("echo \"$# $(pwd)\" >&2; exit 3", Map.of(), NOTHING)).isEqualTo(new ScriptRun.Exited(3, "0 /"));
    }

    @Test
    void whatItSaysIsKeptInOneLineAndBounded() throws Exception {
        ScriptRun.Exited forged =
                (ScriptRun.Exited) run("printf 'no\\nWARN forged\\033[2J' >&2; exit 1", Map.of(), NOTHING);
        assertThat(forged.stderr()).isEqualTo("no WARN forged [2J");
        ScriptRun.Exited flood =
                (ScriptRun.Exited) run("head -c 3000000 /dev/zero | tr '\\0' x >&2; exit 1", Map.of(), NOTHING);
        assertThat(flood.code()).isEqualTo(1);
        assertThat(flood.stderr()).hasSizeLessThan(1100).startsWith("xxx");
    }

    @Test
    void valuesOfClientsAreNeverASyntax() throws Exception {
        Path victim = folder.resolve("victim");
        Map<String, String> variables = Map.of("ATHENA_HOSTNAME", "$(touch " + victim + "); `touch " + victim + "` -x");
        assertThat(run("echo $ATHENA_HOSTNAME > /dev/null; echo \"$ATHENA_HOSTNAME\" > /dev/null", variables, NOTHING))
                .isEqualTo(new ScriptRun.Exited(0, ""));
        assertThat(victim).doesNotExist();
    }

    @Test
    void aScriptThatHangsIsKilledWithEverythingItStarted() throws Exception {
        String body = "sleep 600 & echo $! > '" + folder + "/child'\n"
                // A child whose parent has ended, so that no tree leads to it.
                + "(sleep 600 & echo $! > '" + folder + "/orphan')\n"
                + "(trap '' TERM; sleep 600) & wait";
        assertThat(launcherUntilThereIs("child", "orphan").run(script(body), Map.of(), NOTHING, LONG))
                .isEqualTo(new ScriptRun.TimedOut(""));
        awaitEnd(pid("child"));
        awaitEnd(pid("orphan"));
    }

    @Test
    void aScriptThatFloodsWhileItHangsIsKilledToo() throws Exception {
        String body = "for i in 1 2 3 4 5 6 7 8 9; do echo flood >&2; done\n"
                + "echo yes > '" + folder + "/said'\n"
                + "while :; do echo flood >&2; done";
        assertThat(launcherUntilThereIs("said").run(script(body), Map.of(), NOTHING, LONG))
                .isInstanceOfSatisfying(ScriptRun.TimedOut.class, run -> assertThat(run.stderr())
                        .startsWith("flood flood")
                        .hasSizeLessThan(1100));
    }

    @Test
    void whatAScriptLeavesInTheBackgroundEndsWithIt() throws Exception {
        assertThat(run("sleep 600 & echo $! > '" + folder + "/child'\nexit 0", Map.of(), NOTHING))
                .isEqualTo(new ScriptRun.Exited(0, ""));
        awaitEnd(pid("child"));
    }

    @Test
    void anInterruptKillsTheScript() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        String command = script("echo $$ > '" + folder + "/self'; sleep 600");
        Thread runner = new Thread(() -> {
            try {
                launcher.run(command, Map.of(), NOTHING, LONG);
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        runner.start();
        while (!isWritten("self")) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        runner.interrupt();
        assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
        awaitEnd(pid("self"));
    }

    @Test
    void aScriptThatNobodyCanFeedAnyMoreIsKilled() throws Exception {
        helpers.shutdownNow();
        String command = script("echo $$ > '" + folder + "/self'; sleep 600");
        assertThatThrownBy(() -> launcher.run(command, Map.of(), NOTHING, LONG))
                .isInstanceOf(RejectedExecutionException.class);
        try (Stream<ProcessHandle> children = ProcessHandle.current().children()) {
            for (ProcessHandle child : children.toList()) {
                child.onExit().get(60, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void aScriptThatIsNotThereFails() throws Exception {
        ScriptRun run = launcher.run(folder.resolve("none").toString(), Map.of(), NOTHING, LONG);
        assertThat(run).isInstanceOfSatisfying(ScriptRun.Exited.class, exited -> {
            assertThat(exited.code()).isNotZero();
            assertThat(exited.stderr()).contains("No such file");
        });
    }

    @Test
    void noGroupButOneCanBeMeant() {
        ProcessGroup groups = new ProcessGroup();
        for (long leader : new long[] {-1, 0, 1, 1L << 40}) {
            assertThatThrownBy(() -> groups.kill(leader)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private ScriptRun run(String body, Map<String, String> variables, byte[] stdin) throws Exception {
        return launcher.run(script(body), variables, stdin, LONG);
    }

    private String script(String body) throws IOException {
        Path file = folder.resolve("script");
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }

    private long pid(String file) throws IOException {
        return Long.parseLong(Files.readString(folder.resolve(file)).strip());
    }

    /** Where nobody reaps, a process that has ended stays as a zombie. */
    private static void awaitEnd(long pid) throws Exception {
        while (runs(pid)) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static boolean runs(long pid) {
        try {
            return !Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
        } catch (IOException e) {
            // It is gone, perhaps while it was looked at.
            return false;
        }
    }
}
