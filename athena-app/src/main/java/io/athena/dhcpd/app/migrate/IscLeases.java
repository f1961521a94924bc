package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads dhcpd.leases(5); the last entry of an address holds. */
final class IscLeases {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu/M/d H:m:s", Locale.ROOT);

    private static final class Entry {
        private String state = "active";
        private @Nullable Long starts;
        private long ends = Lease.FOREVER;
        private @Nullable MacAddress mac;
        private byte @Nullable [] clientId;
        private @Nullable String hostname;
    }

    private final ImportedNetwork network;

    private IscLeases(ImportedNetwork network) {
        this.network = network;
    }

    /** Adds the leases of the file. @throws CommandFailure when it cannot be read or is broken */
    static void read(Path file, ImportedNetwork network) throws CommandFailure {
        IscLeases reader = new IscLeases(network);
        IscParser parser = IscParser.leases(file);
        for (IscStatement next = parser.next(); next != null; next = parser.next()) {
            reader.statement(next);
        }
    }

    private void statement(IscStatement statement) throws CommandFailure {
        switch (statement.word(0).toLowerCase(Locale.ROOT)) {
            case "lease" -> lease(statement);
            case "host" ->
                network.findings()
                        .add(
                                statement.place(),
                                "host " + statement.word(1)
                                        + " was added while dhcpd ran; add a [[subnet.reservation]] for it");
            case "authoring-byte-order", "server-duid", "failover", "ia-na", "ia-ta", "ia-pd", "class", "subclass" -> {}
            default -> throw statement.place().broken("'" + statement.word(0) + "' does not belong in a lease file.");
        }
    }

    private void lease(IscStatement statement) throws CommandFailure {
        Optional<Ipv4> ip = Ipv4.tryParse(statement.word(1));
        if (ip.isEmpty() || statement.block() == null) {
            throw statement.place().broken("'" + statement.text() + "' is no lease of an address.");
        }
        Entry entry = new Entry();
        for (IscStatement inner : statement.body()) {
            try {
                read(inner, entry);
            } catch (IllegalArgumentException | DateTimeException e) {
                throw inner.place().broken("'" + inner.text() + "': " + e.getMessage() + ".");
            }
        }
        settle(statement.place(), ip.get(), entry);
    }

    private void settle(Place place, Ipv4 ip, Entry entry) {
        switch (entry.state) {
            case "active", "bootp" ->
                network.leases()
                        .bound(new ImportedLease(
                                place, ip, entry.mac, entry.clientId, entry.hostname, entry.starts, entry.ends));
            case "abandoned" -> network.leases().declined(place, ip);
            default -> network.leases().ended(ip);
        }
    }

    private static void read(IscStatement inner, Entry entry) {
        switch (inner.word(0).toLowerCase(Locale.ROOT)) {
            case "starts" -> entry.starts = time(inner);
            case "ends" -> entry.ends = time(inner);
            case "binding" -> entry.state = inner.word(2).toLowerCase(Locale.ROOT);
            case "abandoned" -> entry.state = "abandoned";
            case "hardware" -> entry.mac = IscHosts.hardware(inner);
            case "uid" -> entry.clientId = IscFormat.data(inner.tokens().get(inner.size() - 1));
            case "client-hostname" -> entry.hostname = SourceText.utf8(inner.word(1));
            default -> {}
        }
    }

    /** {@code 4 2024/01/04 12:00:00} in UTC, {@code epoch 1704369600}, or {@code never}. */
    private static long time(IscStatement inner) {
        if (inner.is(1, "never")) {
            return Lease.FOREVER;
        }
        long seconds = inner.is(1, "epoch")
                ? Long.parseLong(inner.word(2))
                : LocalDateTime.parse(inner.word(2) + " " + inner.word(3), TIME).toEpochSecond(ZoneOffset.UTC);
        return Math.max(0, Math.min(seconds, Lease.FOREVER));
    }
}
