package io.athena.dhcpd.app.cli;

import io.athena.dhcpd.app.ConfigSections;
import io.athena.dhcpd.app.ExitCode;
import io.athena.dhcpd.core.config.ConfigProblem;
import io.athena.dhcpd.core.config.ConfigResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads a configuration and prints every problem at once. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Checks a configuration file and prints every problem with its line and its cure.",
            "Warnings alone do not make it fail."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:no errors; there may be warnings", "1:errors were found", "2:the command line is wrong"})
public final class CheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The configuration to check.")
    private Path file = Path.of("");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ConfigResult result = ConfigSections.load(file);
        PrintWriter out = spec.commandLine().getOut();
        for (ConfigProblem problem : result.problems()) {
            out.println((problem.isError() ? "error: " : "warning: ") + problem);
        }
        out.printf("%s: %s, %s%n", file, counted(result.errors(), "error"), counted(result.warnings(), "warning"));
        return result.config() == null ? ExitCode.FAILED : ExitCode.OK;
    }

    private static String counted(List<ConfigProblem> problems, String what) {
        return problems.size() == 1 ? "1 " + what : problems.size() + " " + what + "s";
    }
}
