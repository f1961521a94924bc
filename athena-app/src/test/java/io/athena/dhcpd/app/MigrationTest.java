package io.athena.dhcpd.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The import sub-command from end to end. */
class MigrationTest {

    private static final String SAMPLES = "src/test/resources/migrate/";
    private static final String CONF = "src/test/resources/migrate/isc/dhcpd.conf";
    private static final String LEASES = "src/test/resources/migrate/isc/dhcpd.leases";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(textBlock = """
            isc, isc/dhcpd.conf, isc/dhcpd.leases, 10.20.0.101, 4 subnets, 172.16.0.9 lies in no configured subnet
            kea, kea/kea-dhcp4.conf, kea/kea-leases4.csv, 10.42.1.11, 4 subnets, 10.42.9.9 is neither in a pool
            dnsmasq, dnsmasq/dnsmasq.conf, dnsmasq/dnsmasq.leases, 10.51.0.20, 4 subnets, 10.99.0.1 lies in no
            """)
    void aNetworkMovesWithItsLeasesIntoAStoreThatServes(
            String server, String conf, String leaseFile, String leased, String subnets, String leftBehind)
            throws Exception {
        Path toml = folder.resolve("athena.toml");
        Path csv = folder.resolve("leases.csv");
        Console moved = Console.run(
                "import",
                server,
                SAMPLES + conf,
                "--leases",
                SAMPLES + leaseFile,
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
                .contains(conf + ": carried over " + subnets)
                .contains(leaseFile + ": carried over ")
                .contains(leftBehind);
        assertThat(Console.run("check", toml.toString()).exitCode()).isZero();
        Console leases = Console.run("leases", "--config", toml.toString(), "--format", "csv");
        assertThat(leases.out()).contains(leased).doesNotContain(leftBehind.split(" ")[0]);
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
