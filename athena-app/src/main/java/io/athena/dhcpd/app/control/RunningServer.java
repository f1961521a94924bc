package io.athena.dhcpd.app.control;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.app.ConfigSections;
import io.athena.dhcpd.app.ExitCode;
import io.athena.dhcpd.core.config.AthenaConfig;
import java.io.IOException;
import java.nio.file.Path;

/** Asks the server of a configuration, which has to run. */
public final class RunningServer {

    private final Path config;

    public RunningServer(Path config) {
        this.config = config;
    }

    public <T extends ControlReply> T ask(ControlRequest request, Class<T> expected) throws CommandFailure {
        AthenaConfig read = ConfigSections.load(config).config();
        if (read == null) {
            throw new CommandFailure(ExitCode.FAILED, config + " cannot be used. See 'check'.");
        }
        Path socket = read.server().controlSocket();
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
