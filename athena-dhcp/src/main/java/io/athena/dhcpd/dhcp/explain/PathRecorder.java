package io.athena.dhcpd.dhcp.explain;

import io.athena.dhcpd.core.engine.DecisionTrace;
import io.athena.dhcpd.core.engine.Ground;
import io.athena.dhcpd.core.engine.NamePolicy;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.lease.Proof;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.subnet.ClientTraits;
import io.athena.dhcpd.core.subnet.Terms;
import io.athena.dhcpd.dhcp.auth.Admission;
import io.athena.dhcpd.dhcp.explain.Explanation.Ending;
import io.athena.dhcpd.dhcp.listen.ServedInterface;
import io.athena.dhcpd.dhcp.path.Exchange;
import io.athena.dhcpd.dhcp.path.PathListener;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import org.jspecify.annotations.Nullable;

/** Writes down what path and engine do with one packet after another. */
final class PathRecorder implements PathListener, DecisionTrace {

    /** A reply as it left. */
    record Sent(
            byte[] datagram, Ipv4 to, int port, @Nullable MacAddress frameTo) {}

    /**
     * What was made of a message where clients may have to prove who they are.
     *
     * @param last what the client's lease rests on, or null
     */
    record Check(
            Exchange exchange,
            Admission admission,
            @Nullable Proof last) {}

    /**
     * What became of a packet.
     *
     * @param check whether its sender is heard; null where nobody has to prove anything
     * @param exchange the exchange; null when the packet never reached an engine
     * @param before what stood there before the engine decided; null likewise
     * @param sender the sender of a REQUEST as the engine knows it, or null
     * @param ground why the engine decided so, or null
     * @param decided the address that this is about, or null
     * @param terms the terms that the reply was made from, or null
     * @param ending how it ended
     * @param reason of silence, of a NAK or of an OFFER without an address, or null
     * @param sent the reply, or null
     * @param probed whether the server would first probe the address that it gives
     * @param name the name that the address would get in DNS; null when none is given
     */
    record Fate(
            @Nullable Check check,
            @Nullable Exchange exchange,
            @Nullable Surroundings before,
            @Nullable ClientTraits sender,
            @Nullable Ground ground,
            @Nullable Ipv4 decided,
            @Nullable Terms terms,
            Ending ending,
            @Nullable DropReason reason,
            @Nullable Sent sent,
            boolean probed,
            NamePolicy.@Nullable Name name) {}

    private @Nullable Check check;
    private @Nullable Exchange exchange;
    private @Nullable Surroundings before;
    private @Nullable ClientTraits sender;
    private @Nullable Ground ground;
    private @Nullable Ipv4 decided;
    private @Nullable Terms terms;
    private @Nullable Ending ending;
    private @Nullable DropReason reason;
    private @Nullable Sent sent;
    private boolean probed;
    private NamePolicy.@Nullable Name name;
    private @Nullable RuntimeException fault;

    /** Forgets the packet before. */
    void begin() {
        check = null;
        exchange = null;
        before = null;
        sender = null;
        ground = null;
        decided = null;
        terms = null;
        ending = null;
        reason = null;
        sent = null;
        probed = false;
        name = null;
        fault = null;
    }

    /** What became of the packet. @throws IllegalStateException when the server itself is at fault */
    Fate fate() {
        if (ending == null) {
            throw new IllegalStateException("the server itself fails on this message; please report it", fault);
        }
        return new Fate(check, exchange, before, sender, ground, decided, terms, ending, reason, sent, probed, name);
    }

    @Override
    public void admitted(Exchange next, Admission admission) {
        Lease lease = next.seat().engine().records().find(next.request().key());
        check = new Check(next, admission, lease == null ? null : lease.proof());
    }

    @Override
    public void judging(Exchange next) {
        exchange = next;
        before = Surroundings.of(next);
    }

    @Override
    public void composing(Exchange next, Terms from) {
        exchange = next;
        terms = from;
    }

    @Override
    public void naming(Exchange next, NamePolicy.Name decided) {
        name = decided;
    }

    @Override
    public void dropped(DhcpPacket packet, ServedInterface on, DropReason why) {
        ending = Ending.SILENT;
        reason = why;
    }

    @Override
    public void answered(Exchange next, MessageType with, @Nullable Ipv4 address, @Nullable DropReason why) {
        exchange = next;
        ending = with == MessageType.NAK ? Ending.REFUSED : Ending.ANSWERED;
        reason = why;
    }

    @Override
    public void offeredNothing(Exchange next, DropReason why) {
        answered(next, MessageType.OFFER, null, why);
    }

    @Override
    public void noted(Exchange next) {
        ending = Ending.NOTED;
    }

    @Override
    public void failed(Exchange next, RuntimeException cause) {
        fault = cause;
    }

    @Override
    public void sender(ClientTraits client) {
        sender = client;
    }

    @Override
    public void decided(Ground why, Ipv4 address) {
        ground = why;
        decided = address;
    }

    /** An address is given. @param unproven whether the server would have to probe it first */
    void given(boolean unproven) {
        probed = unproven;
    }

    /** A leasequery came; what becomes of it is no matter of the request path. */
    void queried() {
        ending = Ending.SILENT;
    }

    void left(byte[] datagram, Ipv4 to, int port, @Nullable MacAddress frameTo) {
        sent = new Sent(datagram, to, port, frameTo);
    }
}
