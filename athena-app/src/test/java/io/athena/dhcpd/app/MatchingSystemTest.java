package io.athena.dhcpd.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One running server and clients on the ports of two relay agents: who gets which address, through the wire. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MatchingSystemTest {

    private static final String FIRST_RELAY = "127.0.0.2";
    private static final String SECOND_RELAY = "127.0.0.3";

    /** Addresses of the pool for everybody. */
    private static final String COMMON = "192\\.0\\.2\\.1\\d\\d";

    private static final String RULES = """
            [[subnet.pool]]
            range_start = "192.0.2.10"
            range_end = "192.0.2.19"
            match_circuit_id = "eth0/1/*"
            lease_time = "1h"

            [[subnet.pool]]
            range_start = "192.0.2.20"
            range_end = "192.0.2.29"
            match_circuit_id = "0x0004000a*"
            match_remote_id = "switch-?"

            [[subnet.pool]]
            range_start = "192.0.2.30"
            range_end = "192.0.2.39"
            class = "boot"

            [[subnet.reservation]]
            ip = "192.0.2.7"
            circuit_id = "eth0/2/1"
            remote_id = "switch-b"

            [[class]]
            name = "boot"
            match_user_class = "iPXE"
            match_vendor_class = "PXEClient*"
            domain_name = "boot.example"

            [api]
            enabled = false
            """;

    private RelayedServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = new RelayedServer(folder, RULES);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void thePortOfTheRelayAgentPicksThePool() {
        Console onPattern = lease(FIRST_RELAY, 1, "--circuit-id", "eth0/1/5");
        assertThat(address(onPattern)).isEqualTo("192.0.2.10");
        assertThat(onPattern.out()).contains(" 3600\n");
        assertThat(address(lease(FIRST_RELAY, 2, "--circuit-id", "eth0/3/5"))).matches(COMMON);
    }

    @Test
    void binaryCircuitIdsAreMatchedByTheirHex() {
        assertThat(address(lease(SECOND_RELAY, 3, "--circuit-id", "0x0004000a0105", "--remote-id", "switch-a")))
                .isEqualTo("192.0.2.20");
        assertThat(address(lease(SECOND_RELAY, 4, "--circuit-id", "0x0004000b0105", "--remote-id", "switch-a")))
                .matches(COMMON);
    }

    @Test
    void aPortHasItsReservedAddressOnlyOnItsOwnSwitch() {
        assertThat(address(lease(FIRST_RELAY, 5, "--circuit-id", "eth0/2/1", "--remote-id", "switch-b")))
                .isEqualTo("192.0.2.7");
        assertThat(address(lease(SECOND_RELAY, 6, "--circuit-id", "eth0/2/1", "--remote-id", "switch-c")))
                .matches(COMMON);
        assertThat(address(lease(SECOND_RELAY, 7, "--circuit-id", "eth0/2/1", "--remote-id", "switch-b")))
                .as("another device on the port takes the address over")
                .isEqualTo("192.0.2.7");
    }

    @Test
    void aClassIsKnownByWhatTheClientSaysOfItself() {
        Console boot = lease(
                FIRST_RELAY, 8, "--option", "user_class=69505845", "--option", "vendor_class=PXEClient:Arch:00007");
        assertThat(address(boot)).isEqualTo("192.0.2.30");
        assertThat(boot.out()).contains("boot.example");
    }

    private static String address(Console probe) {
        Matcher acknowledged = Pattern.compile("ACK from .*\\R(?:.*\\R)*? +your address +(\\S+)")
                .matcher(probe.out());
        assertThat(acknowledged.find()).as(probe.toString()).isTrue();
        return acknowledged.group(1);
    }

    private Console lease(String relay, int client, String... says) {
        List<String> arguments = new ArrayList<>(List.of("--link", "192.0.2.0", "--mac", "02:00:00:00:01:0" + client));
        arguments.addAll(List.of(says));
        return server.probe(relay, arguments.toArray(String[]::new));
    }
}
