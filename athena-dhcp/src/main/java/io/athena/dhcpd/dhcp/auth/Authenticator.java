package io.athena.dhcpd.dhcp.auth;

import io.athena.dhcpd.core.config.AuthenticationConfig;
import io.athena.dhcpd.core.config.AuthenticationKey;
import io.athena.dhcpd.core.engine.LinkRecords;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.lease.Proof;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.Subnet;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.SignedPart;
import org.jspecify.annotations.Nullable;

/** Decides which messages of a link's clients are heard (RFC 3118 section 5.6). Its link's lane owns it. */
public final class Authenticator {

    private static final Admission ANYBODY = new Admission.Anybody();

    private final boolean required;
    private final Keyring keys;
    private final ReplyCounter replies;
    private final CounterMemory counters;

    private Authenticator(boolean required, Keyring keys, ReplyCounter replies, CounterMemory counters) {
        this.required = required;
        this.keys = keys;
        this.replies = replies;
        this.counters = counters;
    }

    /**
     * The authenticator of a link, or null when its configuration asks nobody to prove anything.
     *
     * @param former the one that the link had before a reload, whose memory goes on, or null
     */
    public static @Nullable Authenticator of(Link link, ReplyCounter replies, @Nullable Authenticator former) {
        Subnet subnet = link.authenticating();
        AuthenticationConfig config = subnet == null ? null : subnet.config().authentication();
        if (subnet == null || config == null) {
            return null;
        }
        CounterMemory counters = former == null ? new CounterMemory() : former.counters;
        return new Authenticator(config.required(), new Keyring(config.keys(), subnet.network()), replies, counters);
    }

    /**
     * Judges a message before anything is done for it. A message that proves something does so once: it may be judged
     * again only as long as nothing has come of it.
     *
     * @param now epoch seconds
     */
    public Admission admit(DhcpPacket packet, ClientRequest request, LinkRecords records, long now) {
        MessageType type = request.type();
        if (type == MessageType.LEASEQUERY) {
            // It comes from no client of the link.
            return ANYBODY;
        }
        AuthOption option = AuthOption.read(packet.options().get(AuthOption.CODE));
        Lease lease = records.find(request.key());
        Proof last = lease == null ? null : lease.proof();
        if (option != null && option.isProof()) {
            return verify(packet, request, option, last);
        }
        // RFC 3118 section 5.2: these two may ask without proving anything themselves.
        boolean asks = option != null && (type == MessageType.DISCOVER || type == MessageType.INFORM);
        // Else whoever sees a client's identifier could end or take over what the client proved to be its own.
        boolean owesProof = last != null && lease.isActive(now) && type != MessageType.INFORM;
        SharedSecret secret = asks || owesProof ? secretFor(request, last) : null;
        if (asks && secret != null) {
            return new Admission.Authenticated(null, new Signer(secret, replies));
        }
        return required || (owesProof && secret != null)
                ? new Admission.Refused(DropReason.NOT_AUTHENTICATED)
                : ANYBODY;
    }

    /** The key with this id as it is configured for a client, or null when it has none. */
    public @Nullable AuthenticationKey key(ClientRequest client, int secretId) {
        return keys.configured(client, secretId);
    }

    /** What a message claims to prove, true or not; null when it claims nothing that is understood here. */
    public static @Nullable Proof claimed(DhcpPacket packet) {
        AuthOption option = AuthOption.read(packet.options().get(AuthOption.CODE));
        return option == null || !option.isProof() ? null : new Proof(option.secretId(), option.counter());
    }

    /** RFC 3118 section 5.6.2: a known client's secret stays the same; a new client is offered the first. */
    private @Nullable SharedSecret secretFor(ClientRequest request, @Nullable Proof last) {
        SharedSecret known = last == null ? null : keys.find(request, last.secretId());
        return known == null ? keys.first(request) : known;
    }

    /** RFC 3118 section 5.3. The counter is noted of authentic messages only, or anybody could raise it. */
    private Admission verify(DhcpPacket packet, ClientRequest request, AuthOption option, @Nullable Proof last) {
        SharedSecret secret = keys.find(request, option.secretId());
        byte[] datagram = packet.datagram();
        if (secret == null || datagram == null || !secret.made(option.code(), SignedPart.of(datagram))) {
            // Who has chosen another server signs with what it shares with that one (RFC 3118 section 5.6.1).
            boolean forAnother = request.serverId() != null && !request.serverIdIsOurs();
            return new Admission.Refused(forAnother ? DropReason.OTHER_SERVER : DropReason.BAD_AUTHENTICATION);
        }
        if (!counters.advance(request.key(), option.counter(), last)) {
            return new Admission.Refused(DropReason.REPLAYED);
        }
        return new Admission.Authenticated(new Proof(option.secretId(), option.counter()), new Signer(secret, replies));
    }
}
