package io.athena.dhcpd.events;

import io.athena.dhcpd.core.event.ConflictEvent;
import io.athena.dhcpd.core.event.LeaseEvent;
import io.athena.dhcpd.core.event.LeaseFacts;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.AddressRange;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.core.option.StandardOptions;
import io.athena.dhcpd.core.time.TimeSource;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** Events as the lanes make them. */
public final class Samples {

    /** 2025-02-21T14:30:00Z. */
    public static final long AT = 1_740_148_200;

    public static final Cidr SUBNET = Cidr.parse("10.10.0.0/24");
    public static final Ipv4 ADDRESS = Ipv4.parse("10.10.0.105");
    public static final OptionSet OPTIONS = OptionSet.builder()
            .put(3, option("routers", "10.10.0.1"))
            .put(6, option("dns_servers", "1.1.1.1, 8.8.8.8"))
            .put(15, option("domain_name", "office.athena.net.au"))
            .build();
    public static final RelayInfo RELAY =
            new RelayInfo(Ipv4.parse("10.10.0.1"), null, ascii("eth0/1/3"), ascii("switch-floor2"), null, null, 67);

    private Samples() {}

    /** The lease of the documentation. */
    public static LeaseFacts facts() {
        return facts(MacAddress.parse("aa:bb:cc:dd:ee:01"), ADDRESS, "device-1", RELAY, ascii("Cisco"));
    }

    public static LeaseFacts facts(MacAddress mac, Ipv4 ip, String hostname, RelayInfo relay, byte[] vendorClass) {
        return new LeaseFacts(
                ClientKey.ofHardware(mac),
                mac,
                HexFormat.of().parseHex("01aabbccddeef1"),
                ip,
                hostname,
                hostname + ".office.athena.net.au",
                SUBNET,
                new AddressRange(Ipv4.parse("10.10.0.100"), Ipv4.parse("10.10.0.200")),
                LeaseState.ACTIVE,
                new LeaseFacts.Times(1_708_500_000, 1_708_528_800, 28_800),
                OPTIONS,
                relay,
                vendorClass,
                Ipv4.parse("10.10.0.1"));
    }

    public static LeaseEvent.Granted granted() {
        return new LeaseEvent.Granted(facts(), null, AT);
    }

    /** A lease of the client and the address with a number. */
    public static LeaseEvent.Granted granted(int client, int address) {
        MacAddress mac = MacAddress.parse(String.format("02:00:00:00:%02x:%02x", client >> 8, client & 0xff));
        Ipv4 ip = new Ipv4(Ipv4.parse("10.10.0.0").bits() + address);
        return new LeaseEvent.Granted(facts(mac, ip, "host-" + client, RelayInfo.NONE, ascii("x")), null, AT);
    }

    /** A DHCPNAK to a client of which nothing is known. */
    public static LeaseEvent.Refused refused() {
        MacAddress mac = MacAddress.parse("aa:bb:cc:dd:ee:02");
        LeaseFacts facts = new LeaseFacts(
                ClientKey.ofHardware(mac),
                mac,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                OptionSet.EMPTY,
                RelayInfo.NONE,
                null,
                null);
        return new LeaseEvent.Refused(facts, DropReason.NOT_YOUR_ADDRESS, AT);
    }

    public static ConflictEvent.Detected detected() {
        return new ConflictEvent.Detected(conflict(), null, MacAddress.parse("dd:ee:ff:00:11:22"), AT);
    }

    public static Conflict conflict() {
        return new Conflict(
                ADDRESS,
                SUBNET,
                Conflict.Method.ARP_PROBE,
                MacAddress.parse("aa:bb:cc:11:22:33"),
                AT,
                AT + 3600,
                1,
                false,
                false);
    }

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] option(String key, String text) {
        return StandardOptions.registry().find(key).orElseThrow().type().parse(text);
    }

    /** The machine's wall clock, with a stopwatch that stands still, and runs a day at each look once it is so. */
    public static TimeSource standingUntil(BooleanSupplier reached) {
        AtomicLong nanos = new AtomicLong();
        return new TimeSource() {
            @Override
            public long epochSeconds() {
                return TimeSource.system().epochSeconds();
            }

            @Override
            public long nanoTime() {
                return reached.getAsBoolean() ? nanos.addAndGet(TimeUnit.DAYS.toNanos(1)) : nanos.get();
            }
        };
    }

    /** A clock that stands until it is put forward. */
    public static final class TestTime implements TimeSource {
        private final AtomicLong nanos = new AtomicLong();

        public void forward(long seconds) {
            nanos.addAndGet(seconds * 1_000_000_000L);
        }

        @Override
        public long epochSeconds() {
            return AT + nanos.get() / 1_000_000_000L;
        }

        @Override
        public long nanoTime() {
            return nanos.get();
        }
    }
}
