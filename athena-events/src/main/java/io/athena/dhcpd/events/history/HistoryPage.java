package io.athena.dhcpd.events.history;

import java.util.List;

/**
 * Some entries, the newest first.
 *
 * @param next where the next page begins; empty when there is none
 */
public record HistoryPage(List<HistoryEntry> entries, byte[] next) {}
