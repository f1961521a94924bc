package io.athena.dhcpd.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.config.ConfigProblem;
import io.athena.dhcpd.core.config.ConfigResult;
import io.athena.dhcpd.core.config.SectionReader;
import io.athena.dhcpd.core.config.TomlConfig;
import io.athena.dhcpd.core.option.OptionDefinition;
import io.athena.dhcpd.core.option.OptionRegistry;
import io.athena.dhcpd.core.option.StandardOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The example is read by people as the list of all keys; these tests keep it whole and true. */
class ExampleConfigTest {

    private static final Path EXAMPLE = Path.of("../config/example.toml");
    private static final List<SectionReader<?>> SECTIONS = ConfigSections.all();
    private static final OptionRegistry REGISTRY = StandardOptions.registry();
    private static final Pattern HEADER = Pattern.compile("(?:# )?\\[{1,2}([a-z_.]+)]{1,2}.*");
    private static final Pattern ENTRY = Pattern.compile("(?:# )?([a-z0-9_]+) = .*");

    @Test
    void theExampleLoadsWithoutErrors() {
        assertThat(TomlConfig.load(EXAMPLE, SECTIONS).errors()).isEmpty();
    }

    @Test
    void aCarriersWholeConfigurationIsValid() {
        ConfigResult result = TomlConfig.load(Path.of("src/test/resources/carrier.toml"), SECTIONS);
        assertThat(result.errors()).isEmpty();
        assertThat(result.warnings())
                .as("one for each feature of a later release")
                .extracting(ConfigProblem::path)
                .doesNotHaveDuplicates()
                .hasSize(4);
    }

    @Test
    void theExampleWithEveryCommentedLineInForceFailsOnlyWhereSomethingOfOnesOwnBelongs() throws IOException {
        String text = lines().stream()
                .map(line ->
                        HEADER.matcher(line).matches() || ENTRY.matcher(line).matches()
                                ? line.replaceFirst("^# ", "")
                                : line)
                .collect(Collectors.joining("\n"));
        ConfigResult result = TomlConfig.parse(text, EXAMPLE, SECTIONS, REGISTRY);
        assertThat(result.errors().stream().map(ConfigProblem::path))
                .containsExactly(
                        "ddns.forward.tsig_secret",
                        "ddns.reverse.tsig_secret",
                        "ddns.zone_override[1].tsig_secret",
                        "api.auth.auth_token",
                        "api.auth.users[1].password_hash");
    }

    @Test
    void theExampleShowsEveryKeyThatIsUnderstood() throws IOException {
        Set<String> optionKeys =
                REGISTRY.settable().stream().map(OptionDefinition::key).collect(Collectors.toSet());
        SortedSet<String> missing = new TreeSet<>();
        Set<String> shown = shownKeys();
        for (String key : TomlConfig.knownKeys(SECTIONS, REGISTRY)) {
            boolean isOption = optionKeys.contains(key.substring(key.lastIndexOf('.') + 1));
            // Options may stand in every scope; the example shows them once.
            if (!shown.contains(key) && !(isOption && shown.contains(key.replaceFirst(".*\\.", "subnet.")))) {
                missing.add(key);
            }
        }
        assertThat(missing).isEmpty();
    }

    private static Set<String> shownKeys() throws IOException {
        Set<String> keys = new TreeSet<>();
        String table = "";
        for (String line : lines()) {
            Matcher header = HEADER.matcher(line);
            Matcher entry = ENTRY.matcher(line);
            if (header.matches()) {
                table = header.group(1);
            } else if (entry.matches()) {
                keys.add(table + "." + entry.group(1));
            }
        }
        return keys;
    }

    private static List<String> lines() throws IOException {
        return Files.readAllLines(EXAMPLE);
    }
}
