package io.athena.dhcpd.bench;

import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.LeasequeryConfig;
import io.athena.dhcpd.core.config.MatchConfig;
import io.athena.dhcpd.core.config.OptionScope;
import io.athena.dhcpd.core.config.PoolConfig;
import io.athena.dhcpd.core.config.ServerConfig;
import io.athena.dhcpd.core.config.SubnetConfig;
import io.athena.dhcpd.core.engine.EngineSettings;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.AddressRange;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.TopologyCompiler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One link, 10.64.0.0/12 with a pool of a million addresses, and clients by number. */
public final class Scene {

    public static final int CLIENTS = 1_000_000;
    public static final long NOW = 1_800_000_000L;
    public static final long LEASE_SECONDS = 3600;
    public static final Ipv4 SERVER = Ipv4.parse("10.60.0.1");
    public static final Ipv4 RELAY = Ipv4.parse("10.64.0.2");

    private static final Ipv4 FIRST = Ipv4.parse("10.64.1.0");
    private static final Cidr NETWORK = Cidr.parse("10.64.0.0/12");

    private Scene() {}

    public static Link link() {
        PoolConfig pool = new PoolConfig(
                1, new AddressRange(FIRST, FIRST.plus(CLIENTS)), OptionScope.EMPTY, MatchConfig.ANY, false);
        OptionScope times = new OptionScope(OptionSet.EMPTY, LEASE_SECONDS, null, null);
        SubnetConfig subnet = new SubnetConfig(
                1, NETWORK, null, times, List.of(pool), List.of(), false, false, false, null, List.of(), null, null);
        ServerConfig server = new ServerConfig(
                List.of("lo"),
                null,
                null,
                "warn",
                Path.of("/nowhere"),
                null,
                67,
                68,
                Duration.ofSeconds(60),
                Path.of("/nowhere/control.sock"),
                false,
                "bench",
                1000,
                null);
        AthenaConfig config = new AthenaConfig(
                server,
                OptionScope.EMPTY,
                List.of(subnet),
                List.of(),
                new LeasequeryConfig(false, List.of()),
                Map.of());
        return TopologyCompiler.compile(config, List.of(SERVER)).links().get(0);
    }

    public static EngineSettings settings() {
        return new EngineSettings(60, false, 0, false, LEASE_SECONDS, 12 * LEASE_SECONDS, 3);
    }

    public static MacAddress mac(int client) {
        return MacAddress.of(1, new byte[] {
            2, 0, (byte) (client >>> 24), (byte) (client >>> 16), (byte) (client >>> 8), (byte) client
        });
    }

    public static byte[] clientId(int client) {
        byte[] mac = mac(client).toBytes();
        byte[] id = new byte[mac.length + 1];
        id[0] = 1;
        System.arraycopy(mac, 0, id, 1, mac.length);
        return id;
    }

    public static Ipv4 address(int client) {
        return FIRST.plus(client);
    }

    /** The lease of the client with that number, held under its client identifier or its hardware address. */
    public static Lease lease(int client, ClientKey key) {
        return new Lease(
                address(client),
                LeaseState.ACTIVE,
                key,
                mac(client),
                key.isClientId() ? clientId(client) : null,
                null,
                null,
                NOW,
                NOW + LEASE_SECONDS,
                NETWORK,
                FIRST,
                RELAY,
                null,
                null,
                null,
                null,
                NOW,
                NOW,
                null);
    }
}
