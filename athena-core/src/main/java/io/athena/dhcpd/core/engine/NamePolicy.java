package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.Lease;
import org.jspecify.annotations.Nullable;

/**
 * Decides which name a lease gets in DNS. It is asked before the reply, since RFC 4702 section 4 wants the decision in
 * option 81; what it says for a grant is stored with the lease, and the ACK repeats what is stored. It must not block: it
 * runs on the lane.
 */
public interface NamePolicy {

    /** Puts no names into DNS, and leaves alone what leases say of names from a time when somebody did. */
    NamePolicy NONE = new NamePolicy() {
        @Override
        public Name decide(ClientRequest request, Assignment assignment, @Nullable Lease own) {
            return Name.UNCHANGED;
        }

        @Override
        public Name stored(Lease lease) {
            return Name.UNCHANGED;
        }

        @Override
        public boolean isOn() {
            return false;
        }
    };

    /**
     * The name of a lease that may be offered or granted; asking changes nothing.
     *
     * @param own the client's own lease of this address as it is until then, active or ended, or null
     */
    Name decide(ClientRequest request, Assignment assignment, @Nullable Lease own);

    /**
     * The same for a lease that is about to be granted. Where each name is to be that of one client, nobody else gets
     * this one from now on.
     */
    default Name claim(ClientRequest request, Assignment assignment, @Nullable Lease own) {
        return decide(request, assignment, own);
    }

    /** A lease that a name was claimed for was not granted after all: it could not be written. */
    default void disclaim(Lease lease) {}

    /** What was decided about a lease when it was granted, for an ACK that says it again; nothing is decided anew. */
    Name stored(Lease lease);

    /** Whether there is anything to ask; else every answer is {@link Name#UNCHANGED}, and no lease need be looked up. */
    default boolean isOn() {
        return true;
    }

    /**
     * A decision.
     *
     * @param fqdn the whole name without a dot at its end, or null when the lease gets none
     * @param forward whether this server puts the name's address into DNS; else the client may
     * @param record what the policy wants to find with the lease later, opaque to everybody else, or null
     * @param ground why it is this name
     */
    record Name(@Nullable String fqdn, boolean forward, byte @Nullable [] record, NameGround ground) {

        /** No name; a lease that had one loses it. */
        public static final Name NONE = none(NameGround.NOTHING_USABLE);

        /** Nobody decides: what the lease's record says of a name stays there, and the client hears of none. */
        public static final Name UNCHANGED = none(NameGround.NOT_DECIDED);

        /** No name, for a reason. */
        public static Name none(NameGround why) {
            return new Name(null, false, null, why);
        }

        /** Whether somebody decided, be it that there is no name. */
        public boolean isDecided() {
            return ground != NameGround.NOT_DECIDED;
        }
    }
}
