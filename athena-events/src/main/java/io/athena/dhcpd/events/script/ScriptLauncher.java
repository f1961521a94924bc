package io.athena.dhcpd.events.script;

import io.athena.dhcpd.core.link.ProcessGroup;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.events.hook.OneLine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a program without a shell and without arguments: what clients say reaches it by environment and standard input
 * only. Each run is a process group of its own, made by {@code setsid} of util-linux or busybox, since Java cannot; the
 * group is killed when the program ends or its time is over, so that nothing it started is left.
 */
final class ScriptLauncher {

    private static final Logger LOG = LoggerFactory.getLogger(ScriptLauncher.class);
    private static final String USUAL_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final long POLL_MILLIS = 10;

    private final String path;
    private final @Nullable Path setsid;
    private final ProcessGroup groups = new ProcessGroup();
    private final Executor helpers;
    private final TimeSource time;

    /**
     * A launcher.
     *
     * @param path PATH of the scripts, or null for the usual one
     * @param helpers threads that feed the programs
     */
    ScriptLauncher(@Nullable String path, Executor helpers, TimeSource time) {
        this.path = path == null || path.isEmpty() ? USUAL_PATH : path;
        this.helpers = helpers;
        this.time = time;
        this.setsid = Stream.of((this.path + ":" + USUAL_PATH).split(":"))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, "setsid"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        if (setsid == null) {
            LOG.warn(
                    "There is no setsid in {}: of a script that is killed, processes may stay that it has left behind."
                            + " Install util-linux.",
                    this.path);
        }
    }

    /**
     * Runs a program to its end; an interrupt kills it.
     *
     * @throws RejectedExecutionException when the helpers are shut down; the program is killed then, too
     */
    ScriptRun run(String command, Map<String, String> variables, byte[] stdin, Duration timeout)
            throws InterruptedException {
        Process process;
        try {
            process = start(command, variables);
        } catch (IOException e) {
            return new ScriptRun.NotStarted(OneLine.of(String.valueOf(e.getMessage())));
        }
        try (StandardError stderr = new StandardError(process.getErrorStream())) {
            helpers.execute(() -> feed(process, stdin));
            boolean ended = await(process, stderr, timeout.toNanos());
            kill(process);
            stderr.drain();
            String said = OneLine.of(stderr.kept());
            return ended ? new ScriptRun.Exited(process.exitValue(), said) : new ScriptRun.TimedOut(said);
        } catch (InterruptedException | RuntimeException | Error e) {
            kill(process);
            throw e;
        }
    }

    /** Reads what it says as it comes, or it would stand still at a full pipe; whether it ended in time. */
    private boolean await(Process process, StandardError stderr, long nanos) throws InterruptedException {
        long start = time.nanoTime();
        while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            if (time.nanoTime() - start >= nanos) {
                return false;
            }
            stderr.drain();
        }
        return true;
    }

    private Process start(String command, Map<String, String> variables) throws IOException {
        ProcessBuilder builder =
                setsid == null ? new ProcessBuilder(command) : new ProcessBuilder(List.of(setsid.toString(), command));
        builder.directory(Path.of("/").toFile());
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", path);
        environment.putAll(variables);
        return builder.start();
    }

    /** The tree as well as the group: a child may have left the group, or have no parent left in the tree. */
    private void kill(Process process) {
        List<ProcessHandle> descendants =
                process.isAlive() ? process.descendants().toList() : List.of();
        if (setsid != null) {
            groups.kill(process.pid());
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
        // Not by the process itself, which would close the pipes before they are read.
        process.toHandle().destroyForcibly();
    }

    /** A script need not read what it is told. */
    private static void feed(Process process, byte[] stdin) {
        try (OutputStream out = process.getOutputStream()) {
            out.write(stdin);
        } catch (IOException e) {
            LOG.trace("a script did not read its input", e);
        }
    }
}
