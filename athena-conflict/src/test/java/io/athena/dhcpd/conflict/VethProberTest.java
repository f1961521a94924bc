package io.athena.dhcpd.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Real probes on a virtual Ethernet cable, in a network namespace that only root can make. */
class VethProberTest {

    /**
     * The other end has 10.99.0.50, and 192.0.2.42 is beyond. Both ends are in one namespace, so the kernel is told to
     * believe its own addresses from outside; what else is beyond is thrown away, but for 203.0.113.1, to which there is
     * no way.
     */
    static final String CABLE = "ip link add va type veth peer name vb; ip link set vb address 02:00:00:00:00:50;"
            + " ip addr add 10.99.0.1/16 dev va; ip addr add 10.99.0.50/32 dev vb;"
            + " for i in all va vb; do echo 1 > /proc/sys/net/ipv4/conf/$i/accept_local;"
            + " echo 0 > /proc/sys/net/ipv4/conf/$i/rp_filter; done;"
            + " ip link set lo up; ip link set va up; ip link set vb up;"
            + " ip addr replace 192.0.2.42/32 dev lo; ip neigh replace 10.99.255.1 lladdr 02:00:00:00:00:51 dev va;"
            + " ip route replace 192.0.0.0/16 via 10.99.255.1 dev va";

    @Test
    void realSocketsFindWhoIsThereAndNobodyElse() throws IOException, InterruptedException {
        assumeTrue(run(List.of("unshare", "-n", "sh", "-e", "-c", CABLE)).code() == 0, "needs root and veth");

        Outcome outcome = run(scene(List.of()));

        assertThat(outcome.output())
                .contains("10.99.0.50 ARP CONFLICT 02:00:00:00:00:50\n")
                .contains("10.99.0.51 ARP CLEAR\n")
                .contains("192.0.2.42 ICMP CONFLICT\n")
                .contains("192.0.2.43 ICMP CLEAR\n")
                .contains("203.0.113.1 ICMP ERROR\n")
                .containsPattern("crowd: clear 6000( 10\\.99\\.0\\.50 CONFLICT| 192\\.0\\.2\\.42 CONFLICT){2}\n")
                .contains("returned: 10.99.0.50 ARP CONFLICT 02:00:00:00:00:50\n");
        assertThat(outcome.code()).isZero();
    }

    @Test
    void withoutThePrivilegeNothingIsProbed() throws IOException, InterruptedException {
        List<String> unprivileged = List.of("setpriv", "--bounding-set=-net_raw", "--inh-caps=-net_raw");
        List<String> trial = new ArrayList<>(unprivileged);
        trial.add("true");
        assumeTrue(run(trial).code() == 0, "needs root and setpriv");
        assumeTrue(run(List.of("unshare", "-n", "sh", "-e", "-c", CABLE)).code() == 0, "needs root and veth");

        Outcome outcome = run(scene(unprivileged));

        assertThat(outcome.output())
                .contains("problem: cannot open a packet socket: not permitted: grant CAP_NET_RAW")
                .contains("taken: false");
        assertThat(outcome.code()).isZero();
    }

    private static List<String> scene(List<String> under) {
        List<String> command =
                new ArrayList<>(List.of("unshare", "-n", "sh", "-e", "-c", CABLE + "; exec \"$@\"", "sh"));
        command.addAll(under);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.net.preferIPv4Stack=true",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", "")),
                VethScene.class.getName()));
        return command;
    }

    private record Outcome(int code, String output) {}

    private static Outcome run(List<String> command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            // No such program here.
            return new Outcome(127, String.valueOf(e.getMessage()));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }
}
