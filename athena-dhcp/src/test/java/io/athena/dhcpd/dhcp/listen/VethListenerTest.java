package io.athena.dhcpd.dhcp.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The listener on a virtual Ethernet cable, in a network namespace that only root can make. */
class VethListenerTest {

    /** Both ends are in one namespace, so the kernel is told to believe its own addresses from outside. */
    static final String CABLE = "ip link add va type veth peer name vb;"
            + " ip addr add 10.99.0.1/24 dev va; ip addr add 10.99.0.50/32 dev vb;"
            + " for i in all va vb; do echo 1 > /proc/sys/net/ipv4/conf/$i/accept_local;"
            + " echo 0 > /proc/sys/net/ipv4/conf/$i/rp_filter; done;"
            + " ip link set va up; ip link set vb up";

    @Test
    void clientsWithoutAnAddressAreReachedByFrameAndByBroadcastAndAfterTheCableWasReplaced()
            throws IOException, InterruptedException {
        assumeTrue(run(List.of("unshare", "-n", "sh", "-e", "-c", CABLE)).code() == 0, "needs root and veth");
        String classpath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

        Outcome outcome = run(List.of(
                "unshare",
                "-n",
                "sh",
                "-e",
                "-c",
                CABLE + "; exec \"$@\"",
                "sh",
                java,
                "-Djava.net.preferIPv4Stack=true",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classpath,
                VethScene.class.getName()));

        assertThat(outcome.output())
                .contains("frame: xid 1 from 10.99.0.1:67")
                .contains("broadcast: xid 2 from 10.99.0.1:67")
                .contains("answered by frames: true false")
                .contains("interface va has gone")
                .contains("returned: xid 3 from 10.99.0.1:67");
        assertThat(outcome.code()).isZero();
    }

    private record Outcome(int code, String output) {}

    private static Outcome run(List<String> command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(new ArrayList<>(command))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            // No such program here.
            return new Outcome(127, String.valueOf(e.getMessage()));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }
}
