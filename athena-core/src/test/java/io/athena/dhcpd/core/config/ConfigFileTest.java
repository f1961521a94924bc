package io.athena.dhcpd.core.config;

import static io.athena.dhcpd.core.config.ConfigFixtures.SUBNET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.athena.dhcpd.core.option.StandardOptions;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {

    @TempDir
    private Path folder;

    @Test
    void aGoodFileGivesAConfiguration() throws IOException {
        Path file = Files.writeString(folder.resolve("config.toml"), "\ufeff" + SUBNET);
        ConfigResult result = TomlConfig.load(file, List.of());
        assertThat(result.problems()).isEmpty();
        assertThat(result.config()).isNotNull();
    }

    @Test
    void aFileOfOneGigabyteIsRefusedWithoutBeingRead() throws IOException {
        Path file = folder.resolve("huge.toml");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 30);
        }
        assertThat(onlyProblem(file)).isEqualTo(file + " is larger than 4 MiB; is it a configuration file?");
    }

    @Test
    void aFolderAMissingFileAndADeviceAreNamedAsSuch() {
        assertThat(onlyProblem(folder)).isEqualTo(folder + " is a folder; name the file in it");
        Path missing = folder.resolve("none.toml");
        assertThat(onlyProblem(missing)).isEqualTo(missing + " does not exist; create it or name another one");
        Path endless = Path.of("/dev/zero");
        assumeThat(Files.exists(endless)).isTrue();
        assertThat(onlyProblem(endless)).contains("larger than 4 MiB");
    }

    @Test
    void bytesThatAreNotUtf8AreReportedWithTheirLine() throws IOException {
        Path file = folder.resolve("latin.toml");
        Files.write(file, "[server]\n# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(onlyProblem(file)).isEqualTo("line 2: " + file + " is not UTF-8 text here; save it as UTF-8");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aSyntaxErrorIsAProblemWithItsLine(String text, int line) {
        List<ConfigProblem> problems = ConfigFixtures.parse(text).problems();
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).line()).isEqualTo(line);
        assertThat(problems.get(0).isError()).isTrue();
    }

    static Stream<Arguments> aSyntaxErrorIsAProblemWithItsLine() {
        return Stream.of(
                Arguments.of("a = 1\nb = \nc = 3\n", 2),
                Arguments.of("a = 1\na = 2\n", 2),
                Arguments.of("a = 1 b = 2\n", 1),
                Arguments.of("[server]\nport 67\n", 2),
                Arguments.of("[server\nport = 67\n", 1),
                Arguments.of("a = 'x\ny'\n", 1),
                Arguments.of("\n\na = \"\\q\"\n", 3),
                Arguments.of("a = 5s\n", 1),
                Arguments.of("a = 0.0.0.0\n", 1),
                Arguments.of("a = 1\n[a]\n", 2),
                Arguments.of("[server]\nport = 99999999999999999999\n", 2),
                Arguments.of("a = " + "[".repeat(50_000), 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'hush-hush\n'",
                "\"hush-hush\n\"",
                "hush-hush",
                "\"hush-hush\" x",
                "\"hush-hush\\q\"",
                "{ a = \"hush-hush }",
                "-hush-hush",
                "1.hush-hush"
            })
    void aBrokenSecretIsNotRepeated(String value) {
        assertThat(ConfigFixtures.problems("[api.auth]\nauth_token = " + value + "\n"))
                .startsWith("E 2 : is not valid TOML: Invalid")
                .doesNotContain("hush");
    }

    @Test
    void noTextMakesTheReaderThrow() {
        long seed = 4_711L;
        Random random = new Random(seed);
        String[] words = {
            "[server]",
            "[[subnet]]",
            "network",
            "=",
            "\"10.0.0.0/24\"",
            "\n",
            "[",
            "]",
            "{",
            "}",
            ",",
            "1",
            "-",
            "'",
            "#",
            "interface",
            ".",
            "subnet",
            "pool",
            "true",
            "\"\"\"",
            "\\",
            "option",
            "\u0000",
            "\ud800",
            "1979-05-27",
            "[[",
            "]]"
        };
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(30); i >= 0; i--) {
                text.append(words[random.nextInt(words.length)]).append(random.nextBoolean() ? " " : "");
            }
            ConfigResult result = ConfigFixtures.parse(text.toString());
            assertThat(result.config() == null)
                    .as("seed %d, text <%s>", seed, text)
                    .isEqualTo(!result.errors().isEmpty());
        }
    }

    @Test
    void aFileFullOfMistakesGivesABoundedList() {
        StringBuilder text = new StringBuilder(SUBNET);
        for (int i = 0; i < 20_000; i++) {
            text.append("unknown").append(i).append(" = 1\n");
        }
        List<ConfigProblem> problems = ConfigFixtures.parse(text.toString()).problems();
        assertThat(problems).hasSize(501);
        assertThat(problems.get(500).text()).isEqualTo("19500 more problems are not listed");
    }

    @Test
    void wordsOfTheFileReachTheTerminalWithoutControlCharacters() {
        String text = SUBNET + "shared_network = \"a\"\nidentify_by = \"\\u001b[31m\\r\\n\"\n";
        assertThat(ConfigFixtures.problems(text)).isEqualTo("E 7 subnet[1].identify_by: is '?[31m??'");
    }

    @Test
    void relativePathsAreMeantFromTheFolderOfTheFile() {
        AthenaConfig config = TomlConfig.parse(
                        SUBNET.replace("\n\n", "\nlease_db = \"db\"\n\n"),
                        folder.resolve("config.toml"),
                        List.of(),
                        StandardOptions.registry())
                .config();
        assertThat(config).isNotNull();
        assertThat(config.server().leaseDb()).isEqualTo(folder.resolve("db"));
        assertThat(config.server().controlSocket()).isEqualTo(folder.resolve("db/control.sock"));
    }

    private static String onlyProblem(Path file) {
        ConfigResult result = TomlConfig.load(file, List.of());
        assertThat(result.config()).isNull();
        assertThat(result.problems()).hasSize(1);
        return result.problems().get(0).toString();
    }
}
