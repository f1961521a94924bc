package io.athena.dhcpd.app.leases;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ExitCode;
import io.athena.dhcpd.core.lease.LeaseCsv;
import io.athena.dhcpd.core.time.TimeSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
        LeaseImport target = new LeaseImport(leases.config(), TimeSource.system());
        LeaseCsv.Parsed parsed = parsed();
        CheckedRows checked = target.check(parsed.rows());
        List<LeaseCsv.Problem> problems = new ArrayList<>(parsed.problems());
        problems.addAll(checked.problems());
        if (!problems.isEmpty()) {
            show(problems);
            throw new CommandFailure(ExitCode.FAILED, "Nothing was imported. Correct these lines and try again.");
        }
        List<String> refusals = target.store(checked.leases());
        return report(checked, refusals);
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

    private int report(CheckedRows checked, List<String> refusals) {
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
