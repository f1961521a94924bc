package io.athena.dhcpd.core.config;

import io.athena.dhcpd.core.option.StandardOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Small configurations and the problems they give, as text. */
final class ConfigFixtures {

    /** Three lines that every configuration needs. */
    static final String SERVER = "[server]\ninterface = \"eth0\"\n\n";

    /** A subnet on lines 4 and 5, after {@link #SERVER}. */
    static final String SUBNET = SERVER + "[[subnet]]\nnetwork = \"10.0.0.0/24\"\n";

    private ConfigFixtures() {}

    static ConfigResult parse(String text, SectionReader<?>... sections) {
        return TomlConfig.parse(
                text, Path.of("/etc/athena/config.toml"), List.of(sections), StandardOptions.registry());
    }

    /** The configuration of a text without errors. */
    static AthenaConfig valid(String text) {
        ConfigResult result = parse(text);
        if (result.config() == null) {
            throw new AssertionError(result.problems());
        }
        return result.config();
    }

    /** Each problem as {@code E 5 path: text} or {@code W 5 path: text}, one a line. */
    static String problems(String text) {
        return parse(text).problems().stream()
                .map(p -> (p.isError() ? "E " : "W ") + p.line() + " " + p.path() + ": " + p.text())
                .collect(Collectors.joining("\n"));
    }
}
