package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.app.ConfigSections;
import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.ConfigProblem;
import io.athena.dhcpd.core.config.ConfigResult;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that passes the server's own check: what the check refuses is left out and told, until nothing is.
 *
 * @param toml its text
 * @param config what it says
 * @param warnings how many warnings the check has
 */
record FittingConfig(String toml, AthenaConfig config, int warnings) {

    /**
     * Writes and checks the network.
     *
     * @param file where the configuration is to stand
     * @param store the folder of the lease store, or null for the default
     */
    static FittingConfig of(ImportedNetwork network, Path file, @Nullable Path store) {
        while (true) {
            TomlLines lines = TomlWriter.write(network, store);
            ConfigResult result = ConfigSections.parse(lines.text(), file);
            AthenaConfig config = result.config();
            if (config != null) {
                return new FittingConfig(lines.text(), config, result.warnings().size());
            }
            leaveOut(network, lines, result);
        }
    }

    /** Every round takes at least one part out; what came from one place is told once. */
    private static void leaveOut(ImportedNetwork network, TomlLines lines, ConfigResult result) {
        Set<String> told = new HashSet<>();
        for (ConfigProblem error : result.errors()) {
            TomlLines.Part part = lines.partAt(error.line());
            if (part == null) {
                throw new IllegalStateException("the import wrote what the server refuses: " + error);
            }
            part.drop().run();
            if (told.add(part.place() + part.name() + text(error))) {
                network.findings().add(part.place(), part.name() + " is left out: " + text(error));
            }
        }
    }

    /** What the check says, without lines of a file that nobody gets to see. */
    private static String text(ConfigProblem error) {
        String text = error.text().replaceAll(" on line [0-9]+", "");
        return error.cure().isEmpty() ? text : text + "; " + error.cure();
    }
}
