package io.athena.dhcpd.app.cli;

import io.athena.dhcpd.app.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the release and the Java runtime. */
@Command(name = "version", mixinStandardHelpOptions = true, description = "Prints the release and the Java runtime.")
public final class VersionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine()
                .getOut()
                .printf(
                        "athena-dhcpd %s (Java %s, %s)%n",
                        Version.current(), System.getProperty("java.version"), System.getProperty("java.vendor"));
        return 0;
    }
}
