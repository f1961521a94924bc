package io.athena.dhcpd.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * What a sub-command did when it was run inside the test.
 *
 * @param exitCode its status
 * @param out what it printed
 * @param err what it complained of
 */
record Console(int exitCode, String out, String err) {

    static Console run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command =
                AthenaDhcpd.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int exitCode = command.execute(arguments);
        return new Console(exitCode, out.toString(), err.toString());
    }

    /** A client behind a relay at 127.0.0.2, as patient as clients are, takes a lease. @param more options of probe */
    static Console takeLease(int port, String mac, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "probe",
                "--server",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--client-port",
                "0",
                "--timeout",
                "5",
                "--tries",
                "12",
                "--relay",
                "127.0.0.2",
                "--link",
                "192.0.2.0",
                "--mac",
                mac));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }
}
