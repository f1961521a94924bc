package io.athena.dhcpd.app.control;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ExitCode;
import java.io.IOException;
import java.nio.file.Path;

/** Asks the server of a configuration, which has to run. */
public final class RunningServer {

    private final ConfigOption config;

    RunningServer(ConfigOption config) {
        this.config = config;
    }

    /** The server's answer. @throws CommandFailure when none runs, or it cannot do what is asked */
    public <T extends ControlReply> T ask(ControlRequest request, Class<T> expected) throws CommandFailure {
        Path socket = config.read().server().controlSocket();
        try (ControlClient client = ControlClient.connect(socket)) {
            if (client == null) {
                throw new CommandFailure(ExitCode.FAILED, "No server answers on " + socket + ".");
            }
            return client.ask(request, expected);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "The running server could not do it: " + e.getMessage(), e);
        }
    }
}
