package io.athena.dhcpd.core.config;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One {@code [[subnet.reservation]]}: an address that belongs to whoever shows one of its keys.
 *
 * @param line where it stands in the file
 * @param ip the reserved address, inside its subnet, perhaps outside the pools
 * @param macs hardware addresses, any of which matches
 * @param clientId client identifier (key {@code identifier}), or null
 * @param circuitId relay circuit id, or null; where both relay ids are given, both have to match
 * @param remoteId relay remote id, or null
 * @param hostname option 12 sent to the client, or null
 * @param ddnsHostname the name for DNS, or null
 * @param scope its options and times
 * @param clientClass the {@code [[class]]} that its client has to be in besides showing a key, or null
 */
public record ReservationConfig(
        int line,
        Ipv4 ip,
        List<MacAddress> macs,
        byte @Nullable [] clientId,
        byte @Nullable [] circuitId,
        byte @Nullable [] remoteId,
        @Nullable String hostname,
        @Nullable String ddnsHostname,
        OptionScope scope,
        @Nullable String clientClass) {}
