package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.PoolConfig;
import io.athena.dhcpd.core.config.ReservationConfig;
import io.athena.dhcpd.core.config.SubnetConfig;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.core.option.StandardOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An import as the command makes it, short of writing it down.
 *
 * @param network what the reader found
 * @param fitting what passes the check
 */
record Imported(ImportedNetwork network, FittingConfig fitting) {

    private static final Path SAMPLES = Path.of("src/test/resources/migrate");

    static Path sample(String name) {
        return SAMPLES.resolve(name);
    }

    static Imported sample(Origin origin, String name) throws CommandFailure {
        return file(origin, sample(name));
    }

    /** The import of a file that the test writes, one byte a character. */
    static Imported text(Origin origin, Path folder, String text) throws CommandFailure, IOException {
        return file(origin, Files.writeString(folder.resolve("old.conf"), text, StandardCharsets.ISO_8859_1));
    }

    private static Imported file(Origin origin, Path file) throws CommandFailure {
        ImportedNetwork network = origin.read(file);
        network.settle();
        return new Imported(network, FittingConfig.of(network, Path.of("athena.toml"), null));
    }

    AthenaConfig config() {
        return fitting.config();
    }

    SubnetConfig subnet(String network) {
        return config().subnets().stream()
                .filter(subnet -> subnet.network().toString().equals(network))
                .findFirst()
                .orElseThrow();
    }

    PoolConfig pool(String first) {
        return config().subnets().stream()
                .flatMap(subnet -> subnet.pools().stream())
                .filter(pool -> pool.range().first().equals(Ipv4.parse(first)))
                .findFirst()
                .orElseThrow();
    }

    ReservationConfig reservation(String ip) {
        return config().subnets().stream()
                .flatMap(subnet -> subnet.reservations().stream())
                .filter(reservation -> reservation.ip().equals(Ipv4.parse(ip)))
                .findFirst()
                .orElseThrow();
    }

    /** What was left behind, each as its line, a colon and the text. */
    List<String> findings() {
        return network.findings().all().stream()
                .map(finding -> finding.place().line() + ": " + finding.text())
                .toList();
    }

    /** The readable value of an option, or an empty text. */
    static String option(OptionSet options, int code) {
        byte[] bytes = options.get(code);
        return bytes == null
                ? ""
                : StandardOptions.registry().definition(code).type().decode(bytes);
    }
}
