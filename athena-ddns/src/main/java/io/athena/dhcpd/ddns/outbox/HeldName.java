package io.athena.dhcpd.ddns.outbox;

import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.ddns.name.NameDecision;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A name as a lease has it.
 *
 * @param fqdn in lower case, without a dot at its end
 * @param client whose lease it is
 * @param forward whether this server keeps the A record; else the client does (RFC 4702 section 2.1, flag S)
 * @param subnet of the lease, which decides about the zones
 */
public record HeldName(String fqdn, ClientKey client, boolean forward, Cidr subnet) {

    /** The name that a lease has, null when it has none or is over. */
    public static @Nullable HeldName of(Lease lease) {
        return lease.state() == LeaseState.ACTIVE ? last(lease) : null;
    }

    /** The name that a lease has or had last, null when it never had one. */
    public static @Nullable HeldName last(Lease lease) {
        return of(lease.fqdn(), lease.key(), lease.nameDecision(), lease.subnet());
    }

    static @Nullable HeldName of(@Nullable String fqdn, ClientKey client, byte @Nullable [] decision, Cidr subnet) {
        return fqdn == null
                ? null
                : new HeldName(
                        fqdn.toLowerCase(Locale.ROOT),
                        client,
                        NameDecision.decode(decision).forward(),
                        subnet);
    }

    /** Whether it is the same name of the same client, whoever keeps it. */
    public boolean isSameAs(HeldName other) {
        return fqdn.equals(other.fqdn) && client.equals(other.client);
    }
}
