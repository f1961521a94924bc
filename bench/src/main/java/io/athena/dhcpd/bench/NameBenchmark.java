package io.athena.dhcpd.bench;

import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.TomlConfig;
import io.athena.dhcpd.core.engine.Assignment;
import io.athena.dhcpd.core.engine.NamePolicy;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.lease.Wishes;
import io.athena.dhcpd.core.meter.LogBudget;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.option.StandardOptions;
import io.athena.dhcpd.core.subnet.Subnet;
import io.athena.dhcpd.core.subnet.TopologyCompiler;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.DdnsSection;
import io.athena.dhcpd.ddns.name.NameHolders;
import io.athena.dhcpd.ddns.name.NameRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs on the lane to decide the name of a lease; twice an exchange. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-XX:+UseSerialGC"})
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class NameBenchmark {

    private static final String CONFIG = """
            [server]
            interface = "eth0"
            [ddns]
            enabled = true
            [ddns.forward]
            zone = "example.net"
            server = "127.0.0.1"
            [[subnet]]
            network = "10.0.0.0/24"
            domain_name = "office.example.net"
            """;

    /** As many as a large server has. */
    private static final int NAMES = 200_000;

    private final NamePolicy rules;
    private final Assignment assignment;
    private final ClientRequest named = request("Laptop-of-Anna");
    private final ClientRequest nameless = request(null);

    public NameBenchmark() {
        AthenaConfig config = Objects.requireNonNull(
                TomlConfig.parse(CONFIG, Path.of("a.toml"), List.of(new DdnsSection()), StandardOptions.registry())
                        .config());
        NameHolders holders = new NameHolders();
        for (int i = 0; i < NAMES; i++) {
            holders.set("pc-" + i + ".office.example.net", new Ipv4(i), ClientKey.ofHardware(Scene.mac(i)));
        }
        rules = NameRules.of(config, holders, new LogBudget(TimeSource.system(), 1));
        Subnet subnet = TopologyCompiler.compile(config, List.of())
                .links()
                .get(0)
                .subnets()
                .get(0);
        assignment = new Assignment(Ipv4.parse("10.0.0.10"), subnet, null, subnet.terms(), Scene.LEASE_SECONDS);
    }

    @Benchmark
    public NamePolicy.Name named() {
        return rules.decide(named, assignment, null);
    }

    @Benchmark
    public NamePolicy.Name nameless() {
        return rules.decide(nameless, assignment, null);
    }

    private static ClientRequest request(@Nullable String hostname) {
        MacAddress mac = Scene.mac(7);
        return new ClientRequest(
                MessageType.DISCOVER,
                1,
                ClientKey.ofHardware(mac),
                mac,
                null,
                Ipv4.ANY,
                null,
                null,
                false,
                -1,
                Wishes.NONE,
                hostname,
                null,
                null,
                null,
                null,
                RelayInfo.NONE);
    }
}
