package io.athena.dhcpd.core.config;

import io.athena.dhcpd.core.option.OptionRegistry;
import io.athena.dhcpd.core.option.StandardOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads a configuration: every problem is found in one go, each with its line. */
public final class TomlConfig {

    private static final long DEFAULT_LEASE_SECONDS = 12 * 3600;

    private final List<SectionReader<?>> sections;
    private final OptionRegistry registry;
    private final ScopeReader scopes;
    private final Places places = new Places();

    private TomlConfig(List<SectionReader<?>> sections, OptionRegistry registry) {
        this.sections = sections;
        this.registry = registry;
        this.scopes = new ScopeReader(registry);
    }

    /** Reads a file with the standard options. Whatever is wrong with the file is a problem, not an exception. */
    public static ConfigResult load(Path file, List<SectionReader<?>> sections) {
        Problems problems = new Problems();
        String text = ConfigFile.read(file, problems);
        return text == null
                ? new ConfigResult(null, problems.inFileOrder(), null)
                : parse(text, file, sections, StandardOptions.registry());
    }

    /**
     * Reads a text.
     *
     * @param origin the file it came from; relative paths in it are meant from that file's folder
     * @param sections the readers of the feature modules' sections
     * @param registry the options whose keys may be used
     */
    public static ConfigResult parse(
            String text, Path origin, List<SectionReader<?>> sections, OptionRegistry registry) {
        Problems problems = new Problems();
        TomlValue.Table values = TomlDocument.parse(text, problems);
        if (problems.hasErrors()) {
            return new ConfigResult(null, problems.inFileOrder(), null);
        }
        Path parent = origin.toAbsolutePath().getParent();
        Path folder = parent == null ? origin.toAbsolutePath() : parent;
        TableNode root = TableNode.root(new TableNode.Reading(problems, folder, false), values);
        TomlConfig reading = new TomlConfig(sections, registry);
        AthenaConfig config = reading.read(new TomlTable(root));
        root.rejectUnknownKeys();
        return problems.hasErrors()
                ? new ConfigResult(null, problems.inFileOrder(), null)
                : new ConfigResult(config, problems.inFileOrder(), new ConfigLines(reading.places, registry));
    }

    /** Every key that may be written, such as {@code subnet.pool.range_start}; for documents and their tests. */
    public static SortedSet<String> knownKeys(List<SectionReader<?>> sections, OptionRegistry registry) {
        TableNode.Reading everyKey = new TableNode.Reading(new Problems(), Path.of("/"), true);
        TableNode root = TableNode.root(everyKey, new TomlValue.Table(1, Map.of()));
        new TomlConfig(sections, registry).read(new TomlTable(root));
        SortedSet<String> keys = new TreeSet<>();
        root.collectKeys(keys);
        return keys;
    }

    private AthenaConfig read(TomlTable root) {
        ServerConfig server = places.put(ServerReader.read(root.table("server")), root.table("server"));
        OptionScope defaults = defaults(root.table("defaults"));
        List<SubnetConfig> subnets = subnets(root, defaults);
        new TopologyRules(places).check(subnets);
        List<ClassConfig> classes = classes(root, defaults);
        new ClassRules(places, classes).check(subnets);
        LeasequeryConfig leasequery = LeasequeryReader.read(root.table("leasequery"));
        Map<Class<?>, Record> records = new HashMap<>();
        for (SectionReader<?> section : sections) {
            records.put(section.type(), section.read(root.table(section.name())));
        }
        AthenaConfig config = new AthenaConfig(server, defaults, subnets, classes, leasequery, Map.copyOf(records));
        sections.forEach(section -> section.check(config, places::of));
        return config;
    }

    private OptionScope defaults(TomlTable table) {
        OptionScope builtIn = new OptionScope(OptionScope.EMPTY.options(), DEFAULT_LEASE_SECONDS, null, null);
        return places.put(builtIn.overriddenBy(scopes.read(table, builtIn)), table);
    }

    private List<SubnetConfig> subnets(TomlTable root, OptionScope defaults) {
        SubnetReader reader = new SubnetReader(registry, scopes, places);
        List<TomlTable> tables = root.tables("subnet");
        if (tables.isEmpty()) {
            root.warning("subnet", "there is none, so nobody gets an address", "add [[subnet]]");
        }
        return tables.stream()
                .map(table -> reader.read(table, defaults))
                .filter(Objects::nonNull)
                .toList();
    }

    private List<ClassConfig> classes(TomlTable root, OptionScope defaults) {
        List<ClassConfig> classes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (TomlTable table : root.tables("class")) {
            table.require("name", "\"phones\"");
            String name = table.string("name", "");
            MatchConfig match = MatchReader.read(table, null);
            if (!MatchReader.hasKeys(table)) {
                table.error("match_vendor_class", "nothing says who belongs to the class", "add a match_* key");
            }
            if (table.has("name") && name.isBlank()) {
                table.error("name", "is empty", "write a name such as \"phones\"");
            } else if (!names.add(name)) {
                table.error("name", "'" + name + "' is the name of another class", "choose another name");
            }
            classes.add(places.put(new ClassConfig(table.line(), name, match, scopes.read(table, defaults)), table));
        }
        return List.copyOf(classes);
    }
}
