package io.athena.dhcpd.app.control;

import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.HexText;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.events.history.HistoryAnswer;
import io.athena.dhcpd.events.history.HistoryEntry;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the history as it crosses the control socket and as {@code history --format json} prints it. Times are epoch
 * seconds; {@code expiry} is 4294967295 for ever, {@code to} is null while no end is known; identifiers that are not
 * printable text are {@code 0x} and hex.
 */
public record HistoryRow(
        long time,
        String kind,
        String ip,
        @Nullable String mac,
        @Nullable String clientId,
        @Nullable String hostname,
        @Nullable String fqdn,
        String subnet,
        @Nullable String giaddr,
        @Nullable String circuitId,
        @Nullable String remoteId,
        long from,
        @Nullable Long to,
        long expiry,
        long sequence) {

    public HistoryRow {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(ip, "ip");
        Objects.requireNonNull(subnet, "subnet");
    }

    /** The row of an entry. */
    public static HistoryRow of(HistoryEntry entry) {
        return of(entry, entry.kind().holds() ? null : entry.time());
    }

    /** The row of who had an address. @return null when nobody did */
    public static @Nullable HistoryRow of(HistoryAnswer answer) {
        HistoryEntry entry = answer.entry();
        return entry == null ? null : of(entry, answer.to() == HistoryAnswer.NOT_YET ? null : answer.to());
    }

    private static HistoryRow of(HistoryEntry entry, @Nullable Long to) {
        Lease lease = entry.lease();
        return new HistoryRow(
                entry.time(),
                entry.kind().tag(),
                lease.ip().toString(),
                lease.mac() == null ? null : lease.mac().toString(),
                text(lease.clientId()),
                lease.hostname(),
                lease.fqdn(),
                lease.subnet().toString(),
                lease.giaddr().equals(Ipv4.ANY) ? null : lease.giaddr().toString(),
                text(lease.circuitId()),
                text(lease.remoteId()),
                lease.start(),
                to,
                lease.expiry(),
                entry.sequence());
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : HexText.of(bytes);
    }
}
