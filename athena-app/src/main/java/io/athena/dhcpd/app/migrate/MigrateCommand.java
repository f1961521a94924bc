package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ExitCode;
import io.athena.dhcpd.app.leases.CheckedRows;
import io.athena.dhcpd.app.leases.LeaseImport;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseCsv;
import io.athena.dhcpd.core.time.TimeSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes over configuration and leases of another DHCP server. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Reads the configuration of another DHCP server, and its leases, and writes them in this server's forms.",
            "What is written passes 'check'. What could not be carried over is listed with file, line and cure; a pool"
                    + " that was closed to somebody and cannot be closed here is left out."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done; what could not be carried over was listed",
            "1:a file cannot be read or written, is broken, or is there already",
            "2:the command line is wrong",
            "3:the lease store cannot be opened"
        })
public final class MigrateCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "SERVER", description = "Whose files they are: ${COMPLETION-CANDIDATES}.")
    private Origin origin = Origin.ISC;

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "Its configuration: dhcpd.conf, kea-dhcp4.conf or dnsmasq.conf. Includes are followed.")
    private Path configuration = Path.of("");

    @Option(
            names = "--leases",
            paramLabel = "FILE",
            description = "Its leases: dhcpd.leases, kea-leases4.csv or dnsmasq.leases.")
    private @Nullable Path leases;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where the configuration goes.")
    private Path out = Path.of("");

    @Option(
            names = "--leases-out",
            paramLabel = "CSV",
            description = "Where the leases go, to be taken over later with 'leases import'.")
    private @Nullable Path leasesOut;

    @Option(
            names = "--store",
            paramLabel = "FOLDER",
            description = "The store to take the leases into at once; becomes lease_db of the configuration.")
    private @Nullable Path store;

    @Option(
            names = "--interface",
            paramLabel = "NAME",
            split = ",",
            description = "The interfaces to serve, where the files do not say or are wrong.")
    private List<String> interfaces = List.of();

    @Option(names = "--force", description = "Replaces files that are there already.")
    private boolean force;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        if (leases == null ? leasesOut != null : leasesOut == null && store == null) {
            throw new ParameterException(
                    spec.commandLine(), "--leases FILE goes together with --leases-out CSV or --store FOLDER.");
        }
        OutputFiles files = new OutputFiles(force);
        files.refuseToOverwrite(out);
        if (leasesOut != null) {
            files.refuseToOverwrite(leasesOut);
        }
        ImportedNetwork network = origin.read(configuration);
        if (leases != null) {
            origin.readLeases(leases, network);
        }
        settleInterfaces(network);
        network.settle();
        FittingConfig fitting = FittingConfig.of(network, out, store == null ? null : store.toAbsolutePath());
        files.add(out, fitting.toml());
        return finish(network, fitting, files);
    }

    private void settleInterfaces(ImportedNetwork network) {
        Place whole = new Place(configuration, 0);
        if (!interfaces.isEmpty()) {
            network.interfaces().clear();
            interfaces.forEach(name -> network.interfaces().add(new Sourced<>(whole, name)));
        } else if (network.interfaces().isEmpty()) {
            network.findings()
                    .add(whole, "does not say which interfaces to serve; eth0 is written, set server.interface");
        }
    }

    private int finish(ImportedNetwork network, FittingConfig fitting, OutputFiles files)
            throws CommandFailure, InterruptedException {
        MigrationReport report = new MigrationReport(spec.commandLine().getOut());
        LeaseImport target = new LeaseImport(fitting.config(), TimeSource.system());
        List<ImportedLease> found = network.leases().inForce();
        List<LeaseCsv.Row> rows = new ArrayList<>();
        found.forEach(lease -> rows.add(lease.row(rows.size() + 1)));
        CheckedRows checked = target.check(rows);
        if (leasesOut != null) {
            files.add(leasesOut, csv(checked.leases()));
        }
        files.write();
        report.configuration(configuration, out, network, fitting);
        Findings leftBehind = leasesLeftBehind(network, found, checked);
        int refused = 0;
        if (leases != null && store != null) {
            refused = refused(target.store(checked.leases()), found, checked, leftBehind);
        }
        if (leases != null) {
            int kept = checked.leases().size() - refused;
            report.leases(leases, kept, network.leases().endedCount() + checked.past(), leftBehind);
        }
        return ExitCode.OK;
    }

    private static String csv(List<Lease> leases) {
        return leases.stream()
                .sorted(Comparator.comparing(Lease::ip))
                .map(lease -> LeaseCsv.format(lease) + "\r\n")
                .collect(Collectors.joining("", LeaseCsv.HEADER + "\r\n", ""));
    }

    private static Findings leasesLeftBehind(ImportedNetwork network, List<ImportedLease> found, CheckedRows checked) {
        Findings leftBehind = new Findings();
        checked.problems()
                .forEach(problem -> leftBehind.add(found.get(problem.line() - 1).place(), problem.text()));
        network.leases()
                .declined()
                .forEach((ip, place) -> leftBehind.add(
                        place, ip + " was found in use by somebody else; exclude it from its pool if it still is"));
        return leftBehind;
    }

    private static int refused(
            List<String> refusals, List<ImportedLease> found, CheckedRows checked, Findings leftBehind) {
        int refused = 0;
        for (int i = 0; i < refusals.size(); i++) {
            if (!refusals.get(i).isEmpty()) {
                ImportedLease lease = found.get(checked.lines().get(i) - 1);
                leftBehind.add(lease.place(), lease.ip() + " " + refusals.get(i));
                refused++;
            }
        }
        return refused;
    }
}
