package io.athena.dhcpd.core.subnet;

import io.athena.dhcpd.core.config.ReservationConfig;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An address that belongs to whoever shows one of its keys. */
public final class Reservation {

    private final Subnet subnet;
    private final ReservationConfig config;
    private final Terms terms;

    Reservation(Subnet subnet, ReservationConfig config, Terms terms) {
        this.subnet = subnet;
        this.config = config;
        this.terms = terms;
    }

    public Ipv4 ip() {
        return config.ip();
    }

    public Subnet subnet() {
        return subnet;
    }

    public ReservationConfig config() {
        return config;
    }

    public Terms terms() {
        return terms;
    }

    /** Whether a client with these keys is the one it is for. */
    public boolean matches(@Nullable MacAddress mac, byte @Nullable [] clientId) {
        byte[] id = config.clientId();
        return (id != null && clientId != null && Arrays.equals(id, clientId))
                || (mac != null && config.macs().contains(mac));
    }
}
