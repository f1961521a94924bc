package io.athena.dhcpd.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The import sub-command from end to end. */
class MigrationTest {

    private static final String CONF = "src/test/resources/migrate/isc/dhcpd.conf";
    private static final String LEASES = "src/test/resources/migrate/isc/dhcpd.leases";

    @TempDir
    private Path folder;

    @Test
    void aNetworkMovesWithItsLeasesIntoAStoreThatServes() throws Exception {
        Path toml = folder.resolve("athena.toml");
        Path csv = folder.resolve("leases.csv");
        Console moved = Console.run(
                "import",
                "isc",
                CONF,
                "--leases",
                LEASES,
                "--interface",
                "lo",
                "--out",
                toml.toString(),
                "--leases-out",
                csv.toString(),
                "--store",
                folder.resolve("store").toString());

        assertThat(moved.exitCode()).as(moved.toString()).isZero();
        assertThat(moved.out())
                .contains(CONF + ": carried over 4 subnets, 6 pools, 6 reservations, 5 classes")
                .contains(LEASES + ": carried over 2 leases; 2 had ended")
                .contains(LEASES + ":49: 172.16.0.9 lies in no configured subnet");
        assertThat(Console.run("check", toml.toString()).exitCode()).isZero();
        Console leases = Console.run("leases", "--config", toml.toString(), "--format", "csv");
        assertThat(leases.out()).contains("10.20.0.101", "10.20.0.102").doesNotContain("10.20.0.104");
        assertThat(leases.out()).isEqualTo(Files.readString(csv));
    }

    @Test
    void aFileThatIsThereIsReplacedOnlyByForce() throws Exception {
        Path toml = Files.writeString(folder.resolve("athena.toml"), "mine");

        Console refused = Console.run("import", "isc", CONF, "--out", toml.toString());
        assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err()).contains(toml.toString(), "--force");
        assertThat(toml).hasContent("mine");

        Console forced = Console.run("import", "isc", CONF, "--force", "--out", toml.toString());
        assertThat(forced.exitCode()).isZero();
        assertThat(forced.out()).contains("does not say which interfaces to serve");
        assertThat(toml).content().contains("interface = \"eth0\"");
    }

    @Test
    void brokenInputLeavesNothingBehind() throws Exception {
        Path conf = Files.writeString(folder.resolve("dhcpd.conf"), "subnet 10.0.0.0 netmask 255.0.0.0 {");
        Path toml = folder.resolve("athena.toml");

        Console broken = Console.run("import", "isc", conf.toString(), "--out", toml.toString());

        assertThat(broken.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(broken.err()).contains(conf + ":1: ", "Nothing was written");
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(conf));
    }

    @Test
    void leasesNeedAPlaceToGoTo() {
        Path toml = folder.resolve("athena.toml");
        Console wrong = Console.run("import", "isc", CONF, "--leases", LEASES, "--out", toml.toString());

        assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).contains("--leases-out", "--store");
        assertThat(toml).doesNotExist();
    }
}
