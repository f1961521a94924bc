package io.athena.dhcpd.core.config;

import io.athena.dhcpd.core.net.AddressRange;

/**
 * One {@code [[subnet.pool]]}.
 *
 * @param line where it stands in the file
 * @param range its addresses
 * @param scope its options and times
 * @param match which clients it is for; {@link MatchConfig#ANY} for all
 * @param bootp whether BOOTP clients get an address from it
 */
public record PoolConfig(int line, AddressRange range, OptionScope scope, MatchConfig match, boolean bootp) {}
