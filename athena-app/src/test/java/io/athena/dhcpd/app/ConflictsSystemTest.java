package io.athena.dhcpd.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.journal.ConflictCodec;
import io.athena.dhcpd.core.journal.JournalFate;
import io.athena.dhcpd.core.journal.RecordKind;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.store.LeaseStore;
import io.athena.dhcpd.core.store.StoreSettings;
import io.athena.dhcpd.core.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about conflicts, with a server and without one. */
class ConflictsSystemTest {

    private static final MacAddress SQUATTER = MacAddress.parse("aa:bb:cc:11:22:33");
    private static final MacAddress CLIENT = MacAddress.parse("02:00:00:00:00:09");
    private static final String USER = ProcessHandle.current().info().user().orElseThrow();

    @TempDir
    private Path folder;

    private final long now = TimeSource.system().epochSeconds();
    private int port;
    private Path config;

    @BeforeEach
    void aStoreWithAPermanentAnActiveAndAResolvedConflict() throws Exception {
        port = FreePorts.any();
        config = ServerProcess.config(folder, port, "[api]\nenabled = false\n");
        store(
                conflict("192.0.2.110", Conflict.Method.ARP_PROBE, SQUATTER, now - 50, 3, true),
                conflict("192.0.2.111", Conflict.Method.CLIENT_DECLINE, CLIENT, now + 86_400, 1, false),
                conflict("192.0.2.112", Conflict.Method.ARP_PROBE, SQUATTER, now - 50, 2, false));
    }

    private Conflict conflict(
            String ip, Conflict.Method method, MacAddress mac, long until, int count, boolean permanent) {
        return new Conflict(
                Ipv4.parse(ip), Cidr.parse("192.0.2.0/24"), method, mac, now - 3600, until, count, permanent, false);
    }

    private void store(Conflict... conflicts) throws Exception {
        try (LeaseStore store =
                LeaseStore.open(folder.resolve("store"), StoreSettings.DEFAULT, new Meters(), TimeSource.system())) {
            JournalFate fate = JournalFate.of(store.journal());
            long last = 0;
            for (Conflict conflict : conflicts) {
                last = store.journal()
                        .append(RecordKind.CONFLICT, conflict.ip().bits(), ConflictCodec.encode(conflict), null);
            }
            assertThat(fate.reached(last, Duration.ofSeconds(90))).isTrue();
        }
    }

    private Console conflicts(String... arguments) {
        String[] line = new String[arguments.length + 3];
        line[0] = "conflicts";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        line[arguments.length + 1] = "--config";
        line[arguments.length + 2] = config.toString();
        return Console.run(line);
    }

    private Console done(String... arguments) {
        Console console = conflicts(arguments);
        assertThat(console.exitCode()).as(console.toString()).isZero();
        return console;
    }

    private void refused(String why, String... arguments) {
        Console console = conflicts(arguments);
        assertThat(console.exitCode()).as(console.toString()).isEqualTo(ExitCode.FAILED);
        assertThat(console.err()).contains("Nothing was changed: ", why);
    }

    /** The first two words of each line: address and, after the subnet, what it is. */
    private static List<String> states(Console list) {
        return list.out()
                .lines()
                .skip(1)
                .map(line -> line.split(" +"))
                .map(words -> words[0] + " " + words[2])
                .toList();
    }

    private Map<String, String> filesOfTheStore() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (var paths = Files.walk(folder.resolve("store"))) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(path.toString(), Files.getLastModifiedTime(path) + " " + Files.size(path));
            }
        }
        return files;
    }

    @Test
    void withoutAServerTheStoreIsReadAndNotAByteWritten() throws Exception {
        Map<String, String> before = filesOfTheStore();
        assertThat(states(done("list"))).containsExactly("192.0.2.110 permanent", "192.0.2.111 active");
        assertThat(states(done("list", "--all")))
                .contains("192.0.2.112 resolved")
                .hasSize(3);
        assertThat(states(done("list", "--all", "--mac", "AA-BB-CC-11-22-33")))
                .containsExactly("192.0.2.110 permanent", "192.0.2.112 resolved");
        assertThat(done("list", "--subnet", "10.0.0.0/8").out()).contains("(none)");
        assertThat(filesOfTheStore()).isEqualTo(before);
    }

    @Test
    void asJsonEachRowIsTheRecordOfThePlanOnALineOfItsOwn() {
        assertThat(done("list", "--json").out().lines().findFirst().orElseThrow())
                .contains(
                        "\"ip\":\"192.0.2.110\"",
                        "\"subnet\":\"192.0.2.0/24\"",
                        "\"detection_method\":\"arp_probe\"",
                        "\"responder_mac\":\"aa:bb:cc:11:22:33\"",
                        "\"hold_until\":null",
                        "\"probe_count\":3",
                        "\"status\":\"permanent\"")
                .containsPattern("\"detected_at\":\"20\\d\\d-\\d\\d-\\d\\dT[0-9:]{8}Z\"");
    }

    @Test
    void countsAreBySubnetAndByHardwareAddress() {
        done("exclude", "192.0.2.113", "--reason", "printer");
        assertThat(done("list", "--counts").out())
                .containsPattern("192.0.2.0/24 +2 +1 +1 +1\\R")
                .containsPattern("aa:bb:cc:11:22:33 +2 +5\\R")
                .containsPattern("02:00:00:00:00:09 +1 +1\\R");
        assertThat(done("list", "--counts", "--json").out().lines())
                .containsExactly(
                        "{\"subnet\":\"192.0.2.0/24\",\"withheld\":2,\"permanent\":1,\"resolved\":1,\"excluded\":1}",
                        "{\"mac\":\"aa:bb:cc:11:22:33\",\"addresses\":2,\"conflicts\":5}",
                        "{\"mac\":\"02:00:00:00:00:09\",\"addresses\":1,\"conflicts\":1}");
    }

    @Test
    void withoutAServerTheStoreIsChangedInTheNameOfWhoRunsTheCommand() {
        assertThat(done("clear", "192.0.2.110").out()).contains("192.0.2.110");
        assertThat(states(done("list"))).containsExactly("192.0.2.111 active");
        done("exclude", "192.0.2.110", "--reason", "a printer, until June");
        assertThat(done("list", "--json").out().lines().findFirst().orElseThrow())
                .contains(
                        "\"status\":\"excluded\"",
                        "\"reason\":\"a printer, until June\"",
                        "\"author\":\"" + USER + "\"",
                        "\"subnet\":\"192.0.2.0/24\"");
        done("include", "192.0.2.110");
        assertThat(states(done("list"))).containsExactly("192.0.2.111 active");
    }

    @Test
    void whatCannotBeDoneIsRefusedAndChangesNothing() {
        refused("192.0.2.110 is not excluded", "include", "192.0.2.110");
        refused("there is no conflict on 192.0.2.150", "clear", "192.0.2.150");
        refused("10.0.0.1 lies in no configured subnet", "exclude", "10.0.0.1", "--reason", "x");
        refused("needs a reason", "exclude", "192.0.2.110", "--reason", " ");
        refused("control characters", "exclude", "192.0.2.110", "--reason", "a\nb");
        assertThat(states(done("list"))).containsExactly("192.0.2.110 permanent", "192.0.2.111 active");
    }

    @Test
    void aStoreThatIsNotThereIsNotMade() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path other = ServerProcess.config(elsewhere, port, "");
        Console none = Console.run("conflicts", "exclude", "192.0.2.1", "--reason", "x", "--config", other.toString());
        assertThat(none.exitCode()).isEqualTo(ExitCode.STORE);
        assertThat(none.err()).contains("there is no lease store at");
        assertThat(elsewhere.resolve("store")).doesNotExist();
        assertThat(Console.run("conflicts", "list", "--config", other.toString())
                        .exitCode())
                .isEqualTo(ExitCode.STORE);
    }

    @Test
    void aStoreThatIsInUseIsNotTouched() throws Exception {
        try (LeaseStore held =
                LeaseStore.open(folder.resolve("store"), StoreSettings.DEFAULT, new Meters(), TimeSource.system())) {
            assertThat(held).isNotNull();
            Console refused = conflicts("clear", "192.0.2.110");
            assertThat(refused.exitCode()).isEqualTo(ExitCode.STORE);
            assertThat(refused.err()).contains("is in use");
        }
    }

    @Test
    void aRunningServerDoesWhatIsAskedAndKeepsItWhenItIsKilled() throws Exception {
        try (ServerProcess server = ServerProcess.serving(config)) {
            assertThat(states(done("list"))).containsExactly("192.0.2.110 permanent", "192.0.2.111 active");
            done("exclude", "192.0.2.100", "--reason", "printer");
            assertThat(Console.takeLease(port, "02:00:00:00:00:01").out())
                    .contains("192.0.2.101")
                    .doesNotContain("192.0.2.100");
            done("clear", "192.0.2.110");
            refused("192.0.2.7 is not excluded", "include", "192.0.2.7");
            refused("10.0.0.1 lies in no configured subnet", "clear", "10.0.0.1");
            server.signal("KILL");
            server.exitCode();
        }
        try (ServerProcess again = ServerProcess.serving(config)) {
            Console list = done("list");
            assertThat(states(list)).containsExactly("192.0.2.100 excluded", "192.0.2.111 active");
            assertThat(list.out()).contains(USER + ": printer");
            assertThat(done("list", "--all", "--json").out())
                    .contains("\"ip\":\"192.0.2.110\"")
                    .contains("\"probe_count\":0,\"status\":\"resolved\"");
            done("include", "192.0.2.100");
            assertThat(Console.takeLease(port, "02:00:00:00:00:02").out()).contains("192.0.2.100");
            again.signal("TERM");
            assertThat(again.exitCode()).isZero();
        }
        assertThat(states(done("list"))).containsExactly("192.0.2.111 active");
    }
}
