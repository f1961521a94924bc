package io.athena.dhcpd.ddns.outbox;

import java.util.List;

/**
 * How the names fare.
 *
 * @param pending addresses with updates that are not done yet, conflicts aside
 * @param conflicts addresses without their name, because it is somebody else's
 * @param missed records of the journal that could not be read, so that names may be wrong until they are reconciled
 * @param servers the name servers that were asked since the start
 */
public record OutboxStatus(int pending, int conflicts, long missed, List<ServerStatus> servers) {}
