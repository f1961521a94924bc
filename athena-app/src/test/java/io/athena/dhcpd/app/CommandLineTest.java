package io.athena.dhcpd.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.bcrypt.BCrypt;

class CommandLineTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check",
                "import",
                "leases",
                "leases import",
                "conflicts",
                "conflicts list",
                "conflicts clear",
                "conflicts exclude",
                "conflicts include",
                "status",
                "probe",
                "hash-password",
                "version"
            })
    void everySubCommandExplainsItself(String command) {
        Console help = Console.run((command + " --help").split(" "));

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("Usage: athena-dhcpd " + command);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "check",
                "leases --mac x",
                "leases --state gone",
                "leases --format xml",
                "conflicts",
                "conflicts clear",
                "conflicts clear 10.0.0",
                "conflicts exclude 10.0.0.1",
                "conflicts list --mac x",
                "--config"
            })
    void aWrongCommandLineIsToldApartFromAFailure(String line) {
        Console wrong = Console.run(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).isNotBlank();
        assertThat(wrong.out()).isEmpty();
    }

    @Test
    void theVersionIsTheOneOfTheBuild() {
        assertThat(Console.run("version").out()).matches("(?s)athena-dhcpd \\d+\\.\\d+\\.\\d+.*\\(Java .*");
    }

    @Test
    void checkPrintsEveryProblemWithItsLineAndFails() throws Exception {
        Path file = Files.writeString(folder.resolve("config.toml"), """
                [server]
                interface = "lo"
                colour = 3

                [[subnet]]
                network = "10.0.0.5/24"
                """);

        Console check = Console.run("check", file.toString());

        assertThat(check.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(check.out()).contains("error: line 3: server.colour", "error: line 6: ", "2 errors, 0 warnings");
    }

    @Test
    void warningsAloneDoNotFailACheck() throws Exception {
        Path file = ServerProcess.config(folder, 6767, "[api]\nlisten = \"0.0.0.0:8067\"\n");

        Console check = Console.run("check", file.toString());

        assertThat(check.exitCode()).as(check.out()).isZero();
        assertThat(check.out()).contains("warning: line", "0 errors, 1 warning");
    }

    @Test
    void leasesWithoutServerAndStoreSayWhatIsMissing() throws Exception {
        Path file = ServerProcess.config(folder, 6767, "");

        Console leases = Console.run("leases", "--config", file.toString());

        assertThat(leases.exitCode()).isEqualTo(ExitCode.STORE);
        assertThat(leases.err())
                .contains("No server answers", folder.resolve("store").toString());
        assertThat(leases.out()).isEmpty();
    }

    @Test
    void anImportWithTheServerDownIsReadBackInEveryFormat() throws Exception {
        Path file = ServerProcess.config(folder, 6767, "");
        Path csv = Files.writeString(folder.resolve("leases.csv"), """
                ip,mac,client_id,hostname,state,expiry
                192.0.2.101,02:00:00:00:00:01,,alpha,active,4294967295
                192.0.2.102,02:00:00:00:00:02,0x0102,=beta,active,4294967295
                192.0.2.103,02:00:00:00:00:03,,old,expired,1700000000
                """);

        Console imported = Console.run("leases", "import", "--config", file.toString(), csv.toString());
        assertThat(imported.exitCode()).as(imported.toString()).isZero();
        assertThat(imported.out()).startsWith("2 imported, 0 refused, 1 left out");

        assertThat(list(file, "table").out()).contains("192.0.2.101", "alpha", "192.0.2.102", "never");
        assertThat(list(file, "json").out()).contains("\"ip\":\"192.0.2.101\"", "\"client_id\":\"0x0102\"");
        String exported = list(file, "csv").out();
        assertThat(exported).contains("'=beta");

        Path again = Files.writeString(folder.resolve("again.csv"), exported);
        assertThat(Console.run("leases", "--config", file.toString(), "import", again.toString())
                        .exitCode())
                .isZero();
        assertThat(list(file, "csv").out()).isEqualTo(exported);
        assertThat(Console.run("leases", "--config", file.toString(), "--hostname", "ALPH", "--format", "csv")
                        .out()
                        .lines())
                .hasSize(2);
    }

    @Test
    void oneBadRowKeepsTheWholeImportOut() throws Exception {
        Path file = ServerProcess.config(folder, 6767, "");
        Path csv = Files.writeString(folder.resolve("leases.csv"), """
                ip,mac,expiry
                192.0.2.101,02:00:00:00:00:01,4294967295
                192.0.2.255,02:00:00:00:00:02,4294967295
                198.51.100.1,02:00:00:00:00:03,4294967295
                192.0.2.9,02:00:00:00:00:04,4294967295
                192.0.2.101,02:00:00:00:00:05,4294967295
                192.0.2.102,02:00:00:00:00:01,4294967295
                """);

        Console imported = Console.run("leases", "import", "--config", file.toString(), csv.toString());

        assertThat(imported.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(imported.err())
                .contains("line 3: 192.0.2.255 is a network, broadcast")
                .contains("line 4: 198.51.100.1 lies in no configured subnet")
                .contains("line 5: 192.0.2.9 is neither in a pool nor reserved")
                .contains("line 6: 192.0.2.101 is in the file already, see line 2")
                .contains("line 7: 192.0.2.102 is a second address of a client, see line 2")
                .contains("Nothing was imported");
        assertThat(folder.resolve("store")).doesNotExist();
    }

    @Test
    void aPasswordFromStandardInputIsHashedWithCostTwelve() {
        InputStream original = System.in;
        System.setIn(new ByteArrayInputStream("correct horse\n".getBytes(StandardCharsets.UTF_8)));
        try {
            String hash = Console.run("hash-password").out().strip();

            assertThat(hash).startsWith("$2a$12$");
            assertThat(BCrypt.checkpw("correct horse", hash)).isTrue();
        } finally {
            System.setIn(original);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "0123456789012345678901234567890123456789012345678901234567890123456789012\n"})
    void aPasswordThatCannotBeHashedIsRefused(String input) {
        InputStream original = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            Console refused = Console.run("hash-password");

            assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(refused.out()).isEmpty();
            assertThat(refused.err()).isNotBlank();
        } finally {
            System.setIn(original);
        }
    }

    private static Console list(Path config, String format) {
        return Console.run("leases", "--config", config.toString(), "--format", format);
    }
}
