package io.athena.dhcpd.ddns.service;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.ddns.outbox.OutboxStatus;
import io.athena.dhcpd.ddns.outbox.UnfinishedName;
import io.athena.dhcpd.ddns.reconcile.Reconciliation;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What people may ask about names in DNS. */
public interface NamesDesk {

    /** How the names fare; empty where dynamic DNS is off. */
    Optional<OutboxStatus> status();

    /**
     * What is not done yet, in ascending order of address from the first above {@code after} on; nothing where dynamic
     * DNS is off.
     */
    CompletableFuture<List<UnfinishedName>> unfinished(Ipv4 after, int limit);

    /**
     * Begins to compare leases with the zones, in the background.
     *
     * @param repair whether differences are put right
     * @return why it was not begun; empty text when it was
     */
    String reconcile(boolean repair);

    /** The comparison that runs or ran last, as far as it is; empty when there was none since the start. */
    Optional<Reconciliation> reconciliation();
}
