package io.athena.dhcpd.app.serve;

import io.athena.dhcpd.api.ApiConfig;
import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ConfigSections;
import io.athena.dhcpd.app.ExitCode;
import io.athena.dhcpd.app.Version;
import io.athena.dhcpd.app.control.ControlReply;
import io.athena.dhcpd.app.control.ControlServer;
import io.athena.dhcpd.app.control.ControlService;
import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.ConfigProblem;
import io.athena.dhcpd.core.config.ConfigResult;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ha.HaConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The serving process from its first line to its last. The data plane comes first; control socket and web layer follow
 * and may fail without taking DHCP with them. Reload and stop run one after the other on the thread that called
 * {@link #run}.
 */
public final class Server {

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    /** Under the ten seconds after which service managers lose patience. */
    private static final long STOP_SECONDS = 9;

    private final Path file;
    private final TimeSource time;
    private final BlockingQueue<Signals.Request> requests = new LinkedBlockingQueue<>();

    /** @param file the configuration, read again at each reload */
    public Server(Path file, TimeSource time) {
        this.file = file;
        this.time = time;
    }

    /**
     * Serves until TERM or INT.
     *
     * @return 0 after a clean stop
     * @throws CommandFailure when it cannot start serving, with what to do about it
     */
    public int run() throws CommandFailure, InterruptedException {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) ->
                LOG.error("Thread {} ended by a failure that nobody expected", thread.getName(), failure));
        try {
            AthenaConfig config = startable();
            LogLevels.set(config.server().logLevel());
            LOG.info("athena-dhcpd {} starts with {}", Version.current(), file);
            Signals.deliverTo(requests);
            serve(config);
            return ExitCode.OK;
        } finally {
            LogLevels.flush();
        }
    }

    private AthenaConfig startable() throws CommandFailure {
        ConfigResult loaded = load();
        AthenaConfig config = loaded.config();
        if (config == null) {
            throw new CommandFailure(
                    ExitCode.FAILED, file + " has errors, so nothing is served. Correct them and start again.");
        }
        if (config.section(HaConfig.class).refusesToServe()) {
            throw new CommandFailure(
                    ExitCode.REFUSED,
                    "ha.role is \"secondary\", and this release has no partner link: two nodes would lease the same"
                            + " addresses. Serve with the primary alone, or set ha.enabled = false here.");
        }
        return config;
    }

    private ConfigResult load() {
        LogLevels.set("info");
        ConfigResult loaded = ConfigSections.load(file);
        for (ConfigProblem problem : loaded.problems()) {
            if (problem.isError()) {
                LOG.error("{}: {}", file, problem);
            } else {
                LOG.warn("{}: {}", file, problem);
            }
        }
        return loaded;
    }

    private void serve(AthenaConfig config) throws CommandFailure, InterruptedException {
        DataPlane plane = DataPlane.start(config, time);
        PidFile pidFile = new PidFile(config.server().pidFile());
        pidFile.write();
        ControlServer control = control(config, plane);
        Web web = new Web(config.section(ApiConfig.class));
        web.start(plane);
        LOG.info("Serving");
        AthenaConfig current = config;
        while (requests.take() == Signals.Request.RELOAD) {
            current = reloaded(current, plane);
        }
        LOG.info("Stopping");
        haltWhenStuck();
        if (control != null) {
            control.close();
        }
        plane.close();
        web.close();
        pidFile.close();
        LOG.info("Stopped");
    }

    private @Nullable ControlServer control(AthenaConfig config, DataPlane plane) {
        long startedAt = time.epochSeconds();
        ControlService service = new ControlService(
                plane.desk(),
                plane.conflicts(),
                plane.events(),
                plane.names(),
                plane.history(),
                time,
                () -> new ControlReply.Status(
                        Version.current(),
                        ProcessHandle.current().pid(),
                        startedAt,
                        plane.journalWritable(),
                        plane.waitingInterfaces(),
                        plane.degradations()));
        try {
            return ControlServer.open(config.server().controlSocket(), service);
        } catch (IOException e) {
            LOG.error(
                    "The control socket {} cannot be opened, so the command line cannot reach this server: {}",
                    config.server().controlSocket(),
                    e.getMessage());
            return null;
        }
    }

    private AthenaConfig reloaded(AthenaConfig current, DataPlane plane) {
        ConfigResult loaded = load();
        AthenaConfig changed = loaded.config();
        if (changed == null || changed.section(HaConfig.class).refusesToServe()) {
            LogLevels.set(current.server().logLevel());
            plane.meters().counter(DhcpMeter.CONFIG_RELOADS, "refused").increment();
            LOG.error("{} was not taken over; the configuration before it stays in force", file);
            return current;
        }
        try {
            List<String> restart = new ArrayList<>(plane.reload(changed));
            if (!changed.section(ApiConfig.class).equals(current.section(ApiConfig.class))) {
                restart.add("api");
            }
            LogLevels.set(changed.server().logLevel());
            restart.forEach(key -> LOG.warn("{} has changed and needs a restart; until then the old value holds", key));
            plane.meters().counter(DhcpMeter.CONFIG_RELOADS, "applied").increment();
            LOG.info("{} was taken over", file);
            return changed;
        } catch (RuntimeException e) {
            LogLevels.set(current.server().logLevel());
            plane.meters().counter(DhcpMeter.CONFIG_RELOADS, "refused").increment();
            LOG.error("{} could not be taken over; the configuration before it stays in force", file, e);
            return current;
        }
    }

    /** What was acknowledged is in the journal, so ending hard costs a replay and no lease. */
    private static void haltWhenStuck() {
        Thread watchdog = new Thread(
                () -> {
                    try {
                        TimeUnit.SECONDS.sleep(STOP_SECONDS);
                        LOG.error("Stopping took longer than {} s; the process ends as it is", STOP_SECONDS);
                        LogLevels.flush();
                        Runtime.getRuntime().halt(ExitCode.FAILED);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "athena-stop");
        watchdog.setDaemon(true);
        watchdog.start();
    }
}
