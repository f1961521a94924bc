package io.athena.dhcpd.ddns.update;

import java.util.List;

/**
 * Keeps the records of one zone on one name server. Every method waits for the server's answer, for some seconds at
 * most, and may be called by several threads, though never by two for one name at a time. Doing the same again MUST do no
 * harm: after a crash an update is repeated.
 *
 * <p>Implementations MUST change nothing that is not the client's: what proves that is the DHCID record (RFC 4703), or
 * without it the address. The configured policy says what {@link #add} does where the name is somebody else's.
 */
public interface ZoneUpdater extends AutoCloseable {

    /**
     * Gives a name its address in place of any address the same client had there before (RFC 4703 section 5.3).
     *
     * @return {@link Outcome#FOREIGN} when the name is somebody else's and the policy leaves it to them
     */
    Outcome add(NameRecord name) throws DnsFailure, InterruptedException;

    /**
     * Takes a name's address away, and the DHCID with the last one (RFC 4703 section 5.5); what the same client or others
     * have there besides stays.
     *
     * @return {@link Outcome#FOREIGN} when the name is somebody else's by now
     */
    Outcome remove(NameRecord name) throws DnsFailure, InterruptedException;

    /** Makes a PTR record say this name and nothing else (RFC 4703 section 5.4). */
    Outcome point(PointerRecord pointer) throws DnsFailure, InterruptedException;

    /**
     * Takes a PTR record away.
     *
     * @return {@link Outcome#FOREIGN} when it says another name by now
     */
    Outcome unpoint(PointerRecord pointer) throws DnsFailure, InterruptedException;

    /** What stands under a name now; asks the server itself, no cache. */
    NameState look(String fqdn) throws DnsFailure, InterruptedException;

    /** The names that a PTR record says now, in lower case without a dot at the end; empty when there is none. */
    List<String> pointers(String owner) throws DnsFailure, InterruptedException;

    /**
     * All A and PTR records of the zone.
     *
     * @throws DnsFailure also when the server does not let this client list the zone
     */
    List<ZoneEntry> list() throws DnsFailure, InterruptedException;

    /** Gives sockets and threads free; what is under way fails. */
    @Override
    void close();
}
