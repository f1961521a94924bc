package io.athena.dhcpd.core.config;

import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.VpnId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One {@code [[subnet]]}.
 *
 * @param line where it stands in the file
 * @param network the prefix
 * @param sharedNetwork name of the shared network it is part of, or null
 * @param scope its options and times
 * @param pools its pools in file order
 * @param reservations its reservations in file order
 * @param identifyByMac whether clients are told apart by MAC although they send client identifiers
 * @param rapidCommit whether option 80 is honoured (RFC 4039)
 * @param subnetSelection whether option 118 may choose this subnet (RFC 3011)
 * @param vss the virtual network that it is part of (RFC 6607), or null for the global one
 * @param alwaysSend option codes that are sent whether asked for or not
 * @param clientClass the {@code [[class]]} that it serves, or null when it serves everybody
 * @param authentication how its clients prove who they are, for the whole shared network; null where nobody is asked
 */
public record SubnetConfig(
        int line,
        Cidr network,
        @Nullable String sharedNetwork,
        OptionScope scope,
        List<PoolConfig> pools,
        List<ReservationConfig> reservations,
        boolean identifyByMac,
        boolean rapidCommit,
        boolean subnetSelection,
        @Nullable VpnId vss,
        List<Integer> alwaysSend,
        @Nullable String clientClass,
        @Nullable AuthenticationConfig authentication) {}
