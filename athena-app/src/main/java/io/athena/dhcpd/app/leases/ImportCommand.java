package io.athena.dhcpd.app.leases;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ExitCode;
import io.athena.dhcpd.app.control.ControlClient;
import io.athena.dhcpd.app.control.ControlReply;
import io.athena.dhcpd.app.control.ControlRequest;
import io.athena.dhcpd.app.control.LeaseRow;
import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.ServerConfig;
import io.athena.dhcpd.core.engine.LeaseDesk;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseCsv;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.store.LeaseStore;
import io.athena.dhcpd.core.store.StoreException;
import io.athena.dhcpd.core.store.StoreSettings;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.Topology;
import io.athena.dhcpd.core.subnet.TopologyCompiler;
import io.athena.dhcpd.core.time.TimeSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Takes leases over from a CSV file. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Takes over the leases of a CSV file, as 'leases --format csv' writes it.",
            "Every row is checked against the configuration first; while one has a problem, nothing is imported.",
            "With the server down the store is locked and written; a row whose lease has ended is left out."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every lease still in force was imported and is durable",
            "1:the file has problems, or some leases were refused",
            "2:the command line is wrong",
            "3:the lease store cannot be opened"
        })
final class ImportCommand implements Callable<Integer> {

    private static final int MAX_LINES_SHOWN = 100;

    @Parameters(paramLabel = "CSV", description = "The file to import.")
    private Path file = Path.of("");

    @ParentCommand
    private @Nullable LeasesCommand leases;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        if (leases == null) {
            throw new IllegalStateException("import is part of the leases command");
        }
        AthenaConfig config = leases.config();
        TimeSource time = TimeSource.system();
        Topology topology = TopologyCompiler.compile(config, ownAddresses(config.server()));
        LeaseCsv.Parsed parsed = parsed();
        ImportCheck.Checked checked = new ImportCheck(topology, time.epochSeconds()).check(parsed.rows());
        List<LeaseCsv.Problem> problems = new ArrayList<>(parsed.problems());
        problems.addAll(checked.problems());
        if (!problems.isEmpty()) {
            show(problems);
            throw new CommandFailure(ExitCode.FAILED, "Nothing was imported. Correct these lines and try again.");
        }
        List<String> refusals = imported(config, topology, checked.leases(), time);
        return report(checked, refusals);
    }

    private static List<Ipv4> ownAddresses(ServerConfig server) {
        return Stream.of(server.bindAddress(), server.serverId())
                .filter(Objects::nonNull)
                .toList();
    }

    private LeaseCsv.Parsed parsed() throws CommandFailure {
        try (Reader in = Files.newBufferedReader(file)) {
            return LeaseCsv.parse(in);
        } catch (CharacterCodingException e) {
            throw new CommandFailure(ExitCode.FAILED, file + " is not UTF-8 text. Save it as UTF-8.", e);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, file + " cannot be read: " + e, e);
        }
    }

    private static List<String> imported(AthenaConfig config, Topology topology, List<Lease> rows, TimeSource time)
            throws CommandFailure, InterruptedException {
        try (ControlClient client = ControlClient.connect(config.server().controlSocket())) {
            if (client != null) {
                return byServer(client, rows);
            }
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "The running server did not import all: " + e.getMessage(), e);
        }
        try (LeaseStore store = LeaseStore.open(
                config.server().leaseDb(),
                StoreSettings.DEFAULT.withCautionSeconds(topology.longestLeaseTime()),
                new Meters(),
                time)) {
            return new OfflineImport(store, ip -> linkId(topology, ip), time.epochSeconds()).run(rows);
        } catch (StoreException e) {
            throw new CommandFailure(ExitCode.STORE, "No server answers, and " + e.getMessage(), e);
        }
    }

    private static List<String> byServer(ControlClient client, List<Lease> rows) throws IOException {
        List<String> refusals = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += LeaseDesk.MAX_PAGE) {
            List<LeaseRow> page = rows.subList(from, Math.min(rows.size(), from + LeaseDesk.MAX_PAGE)).stream()
                    .map(LeaseRow::of)
                    .toList();
            refusals.addAll(client.ask(new ControlRequest.ImportLeases(page), ControlReply.Imported.class)
                    .refusals());
        }
        return refusals;
    }

    private static String linkId(Topology topology, Ipv4 ip) {
        Link link = topology.linkOf(ip);
        return link == null ? "" : link.id();
    }

    private int report(ImportCheck.Checked checked, List<String> refusals) {
        List<LeaseCsv.Problem> refused = new ArrayList<>();
        for (int i = 0; i < refusals.size(); i++) {
            if (!refusals.get(i).isEmpty()) {
                refused.add(new LeaseCsv.Problem(
                        checked.lines().get(i), checked.leases().get(i).ip() + " " + refusals.get(i)));
            }
        }
        show(refused);
        spec.commandLine()
                .getOut()
                .printf(
                        "%d imported, %d refused, %d left out because they have ended%n",
                        refusals.size() - refused.size(), refused.size(), checked.past());
        return refused.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private void show(List<LeaseCsv.Problem> problems) {
        PrintWriter err = spec.commandLine().getErr();
        problems.stream()
                .limit(MAX_LINES_SHOWN)
                .forEach(problem -> err.println("line " + problem.line() + ": " + problem.text()));
        if (problems.size() > MAX_LINES_SHOWN) {
            err.println("and " + (problems.size() - MAX_LINES_SHOWN) + " more");
        }
    }
}
