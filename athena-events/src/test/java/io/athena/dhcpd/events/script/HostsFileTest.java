package io.athena.dhcpd.events.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.core.event.LeaseEvent;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.events.Samples;
import io.athena.dhcpd.events.render.EventEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script of config/hooks that keeps a hosts file, as the launcher runs it. */
@Timeout(120)
class HostsFileTest {

    private final ExecutorService helpers = Executors.newCachedThreadPool();
    private final ScriptLauncher launcher = new ScriptLauncher(null, helpers, TimeSource.system());

    @TempDir
    Path folder;

    private Path script;
    private Path hosts;

    @BeforeEach
    void install() throws IOException {
        hosts = folder.resolve("athena.hosts");
        script = folder.resolve("hosts-file.sh");
        String text = Files.readString(Path.of("../config/hooks/hosts-file.sh"));
        String here = text.replace("hosts=/run/athena-dhcpd/athena.hosts", "hosts='" + hosts + "'")
                .replaceFirst("(?m)^reload=.*", "reload='touch " + folder + "/reloaded'");
        assertThat(here).contains(hosts.toString(), "/reloaded'");
        Files.writeString(script, here);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void close() {
        helpers.shutdownNow();
    }

    @Test
    void namesComeMoveAndGoWithTheirLeases() throws Exception {
        tell(granted("printer", "10.10.0.5", null));
        tell(granted("laptop", "10.10.0.6", null));
        assertThat(lines())
                .containsExactly(
                        "10.10.0.5 printer.office.athena.net.au printer",
                        "10.10.0.6 laptop.office.athena.net.au laptop");
        tell(granted("printer", "10.10.0.9", Ipv4.parse("10.10.0.5")));
        assertThat(lines())
                .containsExactly(
                        "10.10.0.6 laptop.office.athena.net.au laptop",
                        "10.10.0.9 printer.office.athena.net.au printer");
        LeaseEvent laptop = granted("laptop", "10.10.0.6", null);
        tell(new LeaseEvent.Expired(laptop.lease(), Samples.AT));
        tell(new LeaseEvent.Released(granted("printer", "10.10.0.9", null).lease(), Samples.AT));
        assertThat(lines()).isEmpty();
    }

    @Test
    void theReaderIsToldOnlyOfChanges() throws Exception {
        tell(granted("printer", "10.10.0.5", null));
        assertThat(folder.resolve("reloaded")).exists();
        Files.delete(folder.resolve("reloaded"));
        tell(new LeaseEvent.Renewed(granted("printer", "10.10.0.5", null).lease(), Samples.AT));
        tell(Samples.detected());
        assertThat(folder.resolve("reloaded")).doesNotExist();
        assertThat(lines()).hasSize(1);
    }

    @Test
    void whatIsNoNameIsNotWrittenAndNothingOfItRuns() throws Exception {
        Path victim = folder.resolve("victim");
        for (String evil : List.of("$(touch " + victim + ")", "a b", "-n", "a;touch", "../x", "a'b\"c", "*", "x\ny")) {
            tell(granted(evil, "10.10.0.7", null));
        }
        assertThat(lines()).isEmpty();
        assertThat(victim).doesNotExist();
    }

    @Test
    void aClientWithoutANameTakesTheNameOfItsPredecessorAway() throws Exception {
        tell(granted("printer", "10.10.0.5", null));
        Map<String, String> nameless = EventEnvironment.of(granted("x", "10.10.0.5", null));
        nameless.put("ATHENA_HOSTNAME", "");
        run(nameless);
        assertThat(lines()).isEmpty();
    }

    private static LeaseEvent.Granted granted(String name, String ip, Ipv4 oldIp) {
        MacAddress mac = MacAddress.parse("02:00:00:00:00:01");
        return new LeaseEvent.Granted(
                Samples.facts(mac, Ipv4.parse(ip), name, RelayInfo.NONE, new byte[0]), oldIp, Samples.AT);
    }

    private void tell(DomainEvent event) throws Exception {
        run(EventEnvironment.of(event));
    }

    private void run(Map<String, String> variables) throws Exception {
        assertThat(launcher.run(script.toString(), variables, new byte[0], Duration.ofSeconds(60)))
                .isEqualTo(new ScriptRun.Exited(0, ""));
    }

    private List<String> lines() throws IOException {
        return Files.exists(hosts) ? Files.readAllLines(hosts) : List.of();
    }
}
