package io.athena.dhcpd.dhcp.auth;

import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.Proof;
import org.jspecify.annotations.Nullable;

/** What an {@link Authenticator} makes of a message. */
public sealed interface Admission {

    /** It is served as that of anybody. */
    record Anybody() implements Admission {}

    /**
     * It is served, and the answer is signed.
     *
     * @param proof what the client has proven; null when it only asks for an authenticated answer
     * @param signer who signs the answer
     */
    record Authenticated(@Nullable Proof proof, Signer signer) implements Admission {}

    /** It is dropped. */
    record Refused(DropReason reason) implements Admission {}
}
