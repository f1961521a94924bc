package io.athena.dhcpd.dhcp.explain;

import io.athena.dhcpd.core.config.MatchKey;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.HexText;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.subnet.ClientTraits;
import io.athena.dhcpd.core.subnet.LeaseTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values as people read them. */
final class Texts {

    private Texts() {}

    /** The end of something in epoch seconds. */
    static String until(long epochSeconds) {
        return epochSeconds == LeaseTimes.FOREVER
                ? "for ever"
                : "until " + Instant.ofEpochSecond(epochSeconds).toString();
    }

    /** Whoever has a lease. */
    static String holder(Lease lease) {
        return lease.mac() != null ? lease.mac().toString() : identity(lease.key());
    }

    /** An identity: hardware address, or client identifier. */
    static String identity(ClientKey key) {
        byte[] stored = key.toBytes();
        if (key.isClientId()) {
            return "client identifier " + HexText.of(Arrays.copyOfRange(stored, 1, stored.length));
        }
        return "hardware address " + MacAddress.of(stored[1] & 0xff, Arrays.copyOfRange(stored, 2, stored.length));
    }

    /** What a client says for a match key, or null. */
    static @Nullable String said(ClientTraits client, MatchKey key) {
        return switch (key) {
            case CIRCUIT_ID -> text(client.circuitId());
            case REMOTE_ID -> text(client.remoteId());
            case SUBSCRIBER_ID -> text(client.subscriberId());
            case RELAY_ID -> text(client.relayId());
            case VENDOR_CLASS -> text(client.vendorClass());
            case USER_CLASS -> text(client.userClass());
            case MAC -> client.mac() == null ? null : client.mac().toString();
            case ARCHITECTURE -> numbers(client.architecture());
        };
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : HexText.of(bytes);
    }

    private static @Nullable String numbers(byte @Nullable [] value) {
        if (value == null || value.length % 2 != 0) {
            return text(value);
        }
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < value.length; i += 2) {
            numbers.add(Integer.toString((value[i] & 0xff) << Byte.SIZE | value[i + 1] & 0xff));
        }
        return String.join(",", numbers);
    }
}
