package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.subnet.Pool;

/**
 * What a pool has for one client.
 *
 * @param pool the pool
 * @param tier how many kinds of pools are more specific, from 0
 * @param admits whether the client may have its addresses at all
 * @param free addresses that a newcomer could be given
 * @param neverUsed those of them that nobody ever had
 * @param capacity addresses that can be given at all: without reserved and forbidden ones
 */
public record PoolStanding(Pool pool, int tier, boolean admits, int free, int neverUsed, int capacity) {}
