package io.athena.dhcpd.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.app.ProgramFacts;
import io.athena.dhcpd.core.config.ConfigResult;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.ddns.reconcile.Drift;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A document that names something that is not there fails the build, with its line. */
class DocumentsTest {

    private static final Pattern CLASS =
            Pattern.compile("[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*([#.][A-Za-z0-9]+(\\(\\))?)?");
    private static final Pattern METER = Pattern.compile("athena_dhcpd_[a-z_]+");
    private static final Pattern DOTTED_KEY = Pattern.compile("[a-z_]+(\\.[a-z0-9_*]+)+");
    private static final Pattern TABLE = Pattern.compile("\\[{1,2}[a-z_.]+]{1,2}");
    private static final Pattern WORD_WITH_UNDERSCORE = Pattern.compile("[a-z0-9]+(_[a-z0-9*]+)+");
    private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9]*_[A-Z0-9_]+");
    private static final Pattern OPTION = Pattern.compile("--[a-z-]+.*");
    private static final Pattern FILE =
            Pattern.compile("[A-Za-z0-9._-]*(/[A-Za-z0-9._-]*)+|[A-Za-z0-9_.-]+\\.(md|toml|java|service|xml|sh|proto)");

    private static final ProgramFacts PROGRAM = new ProgramFacts();

    @Test
    void classesAndTheirMethodsExist() throws IOException {
        SourceTree sources = new SourceTree(Documents.root());
        assertThat(wrong(CLASS, sources::has)).isEmpty();
    }

    @Test
    void everyMergeIsFinished() throws IOException {
        assertThat(new SourceTree(Documents.root()).unmerged()).isEmpty();
    }

    @Test
    void filesExist() throws IOException {
        assertThat(wrong(
                        FILE,
                        name -> name.startsWith("/")
                                || name.startsWith("lab/out/")
                                || name.contains("/target/")
                                || isOfASection(name)
                                || isFile(name)))
                .isEmpty();
    }

    @Test
    void namesDoNotRunOverTheEndOfALine() throws IOException {
        assertThat(Documents.linesWithAnOpenName()).isEmpty();
    }

    @Test
    void eachHeadingStandsOnceInItsDocument() throws IOException {
        assertThat(Documents.headingsTwice()).isEmpty();
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        assertThat(Documents.links().stream()
                        .filter(link -> !Files.exists(
                                Documents.root().resolve(link.document()).resolveSibling(link.name())))
                        .map(Documents.Mention::place))
                .isEmpty();
    }

    @Test
    void metersExist() throws IOException {
        assertThat(wrong(METER, name -> Stream.of(DhcpMeter.values()).anyMatch(meter -> isSeriesOf(meter, name))))
                .isEmpty();
    }

    @Test
    void configurationKeysExist() throws IOException {
        SortedSet<String> keys = PROGRAM.configurationKeys();
        assertThat(wrong(DOTTED_KEY, name -> !isOfASection(name) || isKey(keys, name)))
                .isEmpty();
    }

    @Test
    void configurationTablesExist() throws IOException {
        SortedSet<String> keys = PROGRAM.configurationKeys();
        assertThat(wrong(TABLE, name -> isTable(keys, name))).isEmpty();
    }

    @Test
    void wordsWithUnderscoresAreKeysReasonsOrTags() throws IOException {
        Set<String> words = new HashSet<>();
        PROGRAM.configurationKeys().forEach(key -> words.addAll(List.of(key.split("\\."))));
        Stream.of(DropReason.values()).map(DropReason::tag).forEach(words::add);
        Stream.of(LeaseState.values()).map(LeaseState::tag).forEach(words::add);
        Stream.of(Drift.Kind.values()).map(Drift.Kind::tag).forEach(words::add);
        words.addAll(Set.of("msg_type", "not_logged", "client_id", "lease_db"));
        assertThat(wrong(
                        WORD_WITH_UNDERSCORE,
                        name -> name.startsWith("athena_dhcpd_")
                                || words.stream().anyMatch(word -> word.matches(name.replace("*", ".+")))))
                .isEmpty();
    }

    @Test
    void environmentVariablesAndCapabilitiesAreUsedSomewhere() throws IOException {
        String scripts = "";
        for (String file :
                List.of("bin/athena-dhcpd", "config/athena-dhcpd.service", "run", "lab/lib.sh", "lab/crash.sh")) {
            scripts += String.join("\n", Documents.lines(file));
        }
        String all = scripts;
        assertThat(wrong(CONSTANT, all::contains)).isEmpty();
    }

    @Test
    void optionsOfTheCommandLineExist() throws IOException {
        Set<String> options = PROGRAM.commandLineOptions();
        String run = String.join("\n", Documents.lines("run"));
        assertThat(wrong(OPTION, name -> options.contains(name.split("[ =]")[0]) || run.contains(name.split(" ")[0])))
                .isEmpty();
    }

    @Test
    void commandsAreShownWithOptionsThatTheyHave() throws IOException {
        Set<String> options = PROGRAM.commandLineOptions();
        Pattern command = Pattern.compile("(?:athena-dhcpd )?(?:" + String.join("|", PROGRAM.subCommands()) + ")\\b.*");
        assertThat(wrong(command, name -> Stream.of(name.split("[ =]"))
                        .filter(word -> word.startsWith("--"))
                        .allMatch(options::contains)))
                .isEmpty();
    }

    @Test
    void whatIsNotThereIsNoticed() throws IOException {
        SourceTree sources = new SourceTree(Documents.root());
        assertThat(sources.has("LeaseEngine#offer")).isTrue();
        assertThat(sources.has("LeaseEngine#giveAway")).isFalse();
        assertThat(sources.has("LeaseMachine")).isFalse();
        assertThat(sources.isMain("LeaseEngineTest")).isFalse();
        assertThat(isFile("docs/no-such-page.md")).isFalse();
        assertThat(isKey(PROGRAM.configurationKeys(), "subnet.pool.range_middle"))
                .isFalse();
        assertThat(isKey(PROGRAM.configurationKeys(), "subnet.pool.range_start"))
                .isTrue();
        assertThat(isTable(PROGRAM.configurationKeys(), "[[subnet.pol]]")).isFalse();
    }

    @Test
    void theReadmeListsEverySubCommandAndNoOther() throws IOException {
        assertThat(Documents.rows("README.md").stream()
                        .map(cells -> cells.get(0).replace("`", ""))
                        .filter(command -> !command.startsWith("--"))
                        .map(command -> command.replaceAll(" [A-Z]+$", "")))
                .containsExactlyInAnyOrderElementsOf(PROGRAM.subCommands());
    }

    @Test
    void configurationsInDocumentsAreValidAndDoWhatTheySay() throws IOException {
        List<String> blocks = Documents.tomlBlocks();
        assertThat(blocks).isNotEmpty();
        for (String block : blocks) {
            ConfigResult result = PROGRAM.parse(block);
            assertThat(result.problems()).as(block).isEmpty();
        }
    }

    @Test
    void operationsExplainsEveryDropReasonAndNoOther() throws IOException {
        assertThat(Documents.rows("docs/operations.md").stream()
                        .map(cells -> cells.get(0).replace("`", ""))
                        .filter(Pattern.compile("[a-z_]+").asMatchPredicate()))
                .containsExactlyElementsOf(
                        Arrays.stream(DropReason.values()).map(DropReason::tag).toList());
    }

    @Test
    void everyRfcThatIsDoneNamesItsClassAndItsTest() throws IOException {
        SourceTree sources = new SourceTree(Documents.root());
        List<List<String>> rows = Documents.rows("docs/rfc.md");
        assertThat(rows).hasSizeGreaterThan(30);
        assertThat(rows).allSatisfy(row -> {
            assertThat(row).hasSize(5);
            assertThat(row.get(2)).matches("(done|partly|planned)\\b.*");
            if (!row.get(2).startsWith("planned")) {
                assertThat(names(row.get(3))).isNotEmpty().allMatch(sources::isMain);
                assertThat(names(row.get(4))).isNotEmpty().allMatch(sources::isTest);
            }
        });
    }

    @Test
    void decisionsAreNumberedWithoutGaps() throws IOException {
        try (Stream<Path> records = Files.list(Documents.root().resolve("docs/adr"))) {
            List<String> numbers = records.map(
                            path -> path.getFileName().toString().substring(0, 4))
                    .sorted()
                    .toList();
            assertThat(numbers)
                    .containsExactlyElementsOf(Stream.iterate(1, number -> number + 1)
                            .limit(numbers.size())
                            .map(number -> String.format("%04d", number))
                            .toList());
        }
    }

    private static List<String> wrong(Pattern shape, Predicate<String> exists) throws IOException {
        List<Documents.Mention> looked = Documents.mentions().stream()
                .filter(mention -> shape.matcher(mention.name()).matches())
                .toList();
        assertThat(looked).as("names of the form %s", shape).isNotEmpty();
        return looked.stream()
                .filter(mention -> !exists.test(mention.name()))
                .map(Documents.Mention::place)
                .toList();
    }

    private static boolean isFile(String name) {
        return Files.exists(Documents.root().resolve(name))
                || Files.exists(Documents.root().resolve("lab").resolve(name))
                || Files.exists(Documents.root().resolve("docs").resolve(name));
    }

    private static boolean isKey(SortedSet<String> keys, String name) {
        Pattern wanted = Pattern.compile(name.replace(".", "\\.").replace("*", ".+"));
        return keys.stream().anyMatch(key -> wanted.matcher(key).matches() || key.startsWith(name + "."));
    }

    /** Whether a name starts with a section of the configuration, so that it is meant as a key. */
    private static boolean isOfASection(String name) {
        String section = name.split("\\.", 2)[0] + ".";
        return DOTTED_KEY.matcher(name).matches()
                && PROGRAM.configurationKeys().stream().anyMatch(key -> key.startsWith(section));
    }

    private static boolean isTable(SortedSet<String> keys, String name) {
        String table = name.replaceAll("[\\[\\]]", "") + ".";
        return keys.stream().anyMatch(key -> key.startsWith(table));
    }

    private static boolean isSeriesOf(DhcpMeter meter, String name) {
        return switch (meter.kind()) {
            case COUNTER -> name.equals(meter.id() + "_total");
            case GAUGE -> name.equals(meter.id());
            case TIMER -> name.equals(meter.id() + "_seconds");
        };
    }

    private static Set<String> names(String cell) {
        return Pattern.compile("`([^`]+)`")
                .matcher(cell)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }
}
