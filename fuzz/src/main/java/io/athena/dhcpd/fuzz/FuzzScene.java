package io.athena.dhcpd.fuzz;

import io.athena.dhcpd.core.config.ConfigResult;
import io.athena.dhcpd.core.config.TomlConfig;
import io.athena.dhcpd.core.engine.NamePolicy;
import io.athena.dhcpd.core.link.InterfaceState;
import io.athena.dhcpd.core.link.LocalAddress;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.option.StandardOptions;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.ConflictRules;
import io.athena.dhcpd.dhcp.explain.Scene;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A server with one of each thing that a message can meet, at a time that never passes by itself. */
final class FuzzScene {

    static final String INTERFACE = "eth0";

    static final Ipv4 RELAY = Ipv4.parse("10.1.0.1");

    private static final String FILE = "/path.toml";
    private static final TimeSource NOON = new TimeSource() {
        @Override
        public long epochSeconds() {
            return 1_790_000_000L;
        }

        @Override
        public long nanoTime() {
            return 0;
        }
    };

    private final ConfigResult read = TomlConfig.parse(text(), Path.of(FILE), List.of(), StandardOptions.registry());

    FuzzScene() {
        if (!read.errors().isEmpty()) {
            throw new IllegalStateException(FILE + ": " + read.errors());
        }
    }

    /** The scene before anything has happened. */
    Scene fresh() {
        LocalAddress own = new LocalAddress(Ipv4.parse("10.0.0.1"), Cidr.parse("10.0.0.0/24"));
        InterfaceState eth0 =
                new InterfaceState(2, MacAddress.parse("02:ff:00:00:00:01"), List.of(own), 1500, true, false);
        return new Scene(
                Objects.requireNonNull(read.config()),
                Objects.requireNonNull(read.lines()),
                new ConflictRules(Duration.ofHours(1), 3),
                Map.of(INTERFACE, eth0),
                new NothingStored(),
                List.of(),
                false,
                NamePolicy.NONE,
                NOON);
    }

    private static String text() {
        try (InputStream in = Objects.requireNonNull(FuzzScene.class.getResourceAsStream(FILE))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
