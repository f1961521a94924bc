package io.athena.dhcpd.core.journal;

import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.lease.Proof;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Leases and conflicts to store. */
public final class LeaseFixtures {

    public static final int FIRST = Ipv4.parse("10.0.0.1").bits();

    private LeaseFixtures() {}

    /** A plain active lease of the n-th client on the n-th address from 10.0.0.1 on. */
    public static Lease lease(int n) {
        return lease(FIRST + n, n, 1_800_000_000L + n);
    }

    /** A plain active lease. */
    public static Lease lease(int address, int client, long expiry) {
        MacAddress mac = mac(client);
        return new Lease(
                new Ipv4(address),
                LeaseState.ACTIVE,
                ClientKey.ofHardware(mac),
                mac,
                null,
                "host-" + client,
                null,
                1_700_000_000L,
                expiry,
                Cidr.around(new Ipv4(address), 8),
                Ipv4.parse("10.0.0.1"),
                Ipv4.ANY,
                null,
                null,
                null,
                null,
                1_700_000_000L,
                1_700_000_000L + client,
                null);
    }

    public static MacAddress mac(int n) {
        return MacAddress.of(
                MacAddress.ETHERNET,
                new byte[] {2, 0, (byte) (n >>> 24), (byte) (n >>> 16), (byte) (n >>> 8), (byte) n});
    }

    /** A lease with every field left to chance, also absent, empty and extreme ones. */
    public static Lease random(Random random) {
        Ipv4 ip = new Ipv4(random.nextInt());
        MacAddress mac =
                random.nextBoolean() ? null : MacAddress.of(random.nextInt(256), bytes(random, 1 + random.nextInt(16)));
        byte[] clientId = random.nextBoolean() ? null : bytes(random, 1 + random.nextInt(254));
        ClientKey key = clientId != null
                ? ClientKey.ofClientId(clientId)
                : ClientKey.ofHardware(mac != null ? mac : mac(random.nextInt()));
        return new Lease(
                ip,
                LeaseState.values()[random.nextInt(LeaseState.values().length)],
                key,
                mac,
                clientId,
                text(random),
                text(random),
                time(random),
                time(random),
                Cidr.around(ip, random.nextInt(33)),
                random.nextBoolean() ? null : new Ipv4(random.nextInt(3) * 0x55555555),
                random.nextBoolean() ? Ipv4.ANY : new Ipv4(random.nextInt()),
                optionalBytes(random),
                optionalBytes(random),
                optionalBytes(random),
                optionalBytes(random),
                time(random),
                time(random),
                optionalBytes(random),
                random.nextBoolean() ? null : new Proof(random.nextInt(), random.nextLong()));
    }

    public static Conflict randomConflict(Random random) {
        Ipv4 ip = new Ipv4(random.nextInt());
        return new Conflict(
                ip,
                Cidr.around(ip, random.nextInt(33)),
                Conflict.Method.values()[random.nextInt(Conflict.Method.values().length)],
                random.nextBoolean() ? null : MacAddress.of(random.nextInt(256), bytes(random, 1 + random.nextInt(16))),
                time(random),
                time(random),
                random.nextInt(1000),
                random.nextBoolean(),
                random.nextBoolean());
    }

    private static long time(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> 0;
            case 1 -> Lease.FOREVER;
            default -> 1_700_000_000L + random.nextInt(1_000_000_000);
        };
    }

    private static @Nullable String text(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> "";
            case 2 -> "drucker-\u00e4\u00f6\u20ac\ud83d\ude00-" + random.nextInt();
            default -> "printer-" + random.nextInt();
        };
    }

    private static byte @Nullable [] optionalBytes(Random random) {
        return random.nextBoolean() ? null : bytes(random, random.nextInt(300));
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
