package io.athena.dhcpd.app;

import io.athena.dhcpd.core.config.ConfigResult;
import io.athena.dhcpd.core.config.TomlConfig;
import io.athena.dhcpd.core.option.StandardOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import picocli.CommandLine;

/** What the program says about itself, for tests that compare documents with it. */
public final class ProgramFacts {

    private final SortedSet<String> keys = TomlConfig.knownKeys(ConfigSections.all(), StandardOptions.registry());

    /** Every key of the configuration, such as {@code subnet.pool.range_start}. */
    public SortedSet<String> configurationKeys() {
        return keys;
    }

    /** Reads a configuration as the program does. */
    public ConfigResult parse(String toml) {
        return TomlConfig.parse(toml, Path.of("example.toml"), ConfigSections.all(), StandardOptions.registry());
    }

    /** The sub-commands, those below another one with its name before theirs. */
    public List<String> subCommands() {
        List<String> names = new ArrayList<>();
        AthenaDhcpd.commandLine().getSubcommands().forEach((name, command) -> {
            names.add(name);
            command.getSubcommands().keySet().forEach(below -> names.add(name + " " + below));
        });
        return names;
    }

    /** Every option of every command. */
    public Set<String> commandLineOptions() {
        Set<String> options = new TreeSet<>();
        collectOptions(AthenaDhcpd.commandLine(), options);
        return options;
    }

    private static void collectOptions(CommandLine command, Set<String> options) {
        command.getCommandSpec().options().forEach(option -> options.addAll(List.of(option.names())));
        command.getSubcommands().values().forEach(below -> collectOptions(below, options));
    }
}
