package io.athena.dhcpd.ddns.outbox;

import org.jspecify.annotations.Nullable;

/**
 * How one name server fares.
 *
 * @param server its address or URL
 * @param waiting updates that wait for it or are under way
 * @param updates updates that it carried out or refused since the start
 * @param failingSince epoch seconds, 0 while it works
 * @param lastError what went wrong last, or null
 */
public record ServerStatus(
        String server,
        int waiting,
        long updates,
        long failingSince,
        @Nullable String lastError) {}
