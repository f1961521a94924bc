package io.athena.dhcpd.core.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What reading a configuration gave.
 *
 * @param config the configuration; null exactly when {@code problems} holds an error
 * @param problems everything found, in the order of the file
 * @param lines where the configuration stands in the file; null together with it
 */
public record ConfigResult(
        @Nullable AthenaConfig config,
        List<ConfigProblem> problems,
        @Nullable ConfigLines lines) {

    public ConfigResult {
        problems = List.copyOf(problems);
    }

    public List<ConfigProblem> errors() {
        return problems.stream().filter(ConfigProblem::isError).toList();
    }

    public List<ConfigProblem> warnings() {
        return problems.stream().filter(problem -> !problem.isError()).toList();
    }
}
