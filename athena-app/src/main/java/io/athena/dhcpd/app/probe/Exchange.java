package io.athena.dhcpd.app.probe;

import io.athena.dhcpd.app.probe.ProbeSocket.Received;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import io.athena.dhcpd.dhcp.wire.Decoded;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.PacketDecoder;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** One conversation with a server, as RFC 2131 section 4.4 has clients lead it. */
final class Exchange {

    private static final int REQUESTED_ADDRESS = 50;
    private static final int SERVER_ID = 54;

    private final ProbeSocket socket;
    private final MessageFactory messages;
    private final Report report;
    private final int timeout;
    private final int tries;
    private final int xid = ThreadLocalRandom.current().nextInt();

    /**
     * @param timeout seconds to wait for each answer
     * @param tries how often a message is sent at most
     */
    Exchange(ProbeSocket socket, MessageFactory messages, Report report, int timeout, int tries) {
        this.socket = socket;
        this.messages = messages;
        this.report = report;
        this.timeout = timeout;
        this.tries = tries;
    }

    Outcome run(Action action) throws IOException {
        if (action instanceof Action.Raw raw) {
            return raw(raw.bytes());
        } else if (action instanceof Action.Renew renew) {
            return confirm(asking(MessageType.REQUEST).ciaddr(renew.address()), MessageType.REQUEST);
        } else if (action instanceof Action.Reboot reboot) {
            return confirm(
                    asking(MessageType.REQUEST).option(REQUESTED_ADDRESS, reboot.address()), MessageType.REQUEST);
        } else if (action instanceof Action.Inform inform) {
            return confirm(asking(MessageType.INFORM).ciaddr(inform.address()), MessageType.INFORM);
        } else if (action instanceof Action.Release release) {
            return release(release.address());
        }
        return discover(action instanceof Action.Discover);
    }

    private ClientMessage asking(MessageType type) throws IOException {
        return messages.asking(type, xid, socket.localPort());
    }

    private Outcome discover(boolean only) throws IOException {
        ClientMessage discover = asking(MessageType.DISCOVER);
        if (messages.requestedIp() != null) {
            discover.option(REQUESTED_ADDRESS, messages.requestedIp());
        }
        DhcpPacket reply = ask(discover, MessageType.DISCOVER, Set.of(MessageType.OFFER, MessageType.ACK));
        if (reply == null) {
            return Outcome.NO_ANSWER;
        }
        // An ACK at once is a rapid commit (RFC 4039).
        return only || reply.type() == MessageType.ACK ? Outcome.ANSWERED : select(reply);
    }

    private Outcome select(DhcpPacket offer) throws IOException {
        ClientMessage request = asking(MessageType.REQUEST).option(REQUESTED_ADDRESS, offer.yiaddr());
        byte[] server = offer.options().get(SERVER_ID);
        return confirm(server == null ? request : request.option(SERVER_ID, server), MessageType.REQUEST);
    }

    private Outcome confirm(ClientMessage message, MessageType type) throws IOException {
        DhcpPacket reply = ask(message, type, Set.of(MessageType.ACK, MessageType.NAK));
        if (reply == null) {
            return Outcome.NO_ANSWER;
        }
        return reply.type() == MessageType.ACK ? Outcome.ANSWERED : Outcome.REFUSED;
    }

    /** RFC 2131 section 4.4.6: no answer is owed. */
    private Outcome release(Ipv4 address) throws IOException {
        ClientMessage message = messages.plain(MessageType.RELEASE, xid).ciaddr(address);
        if (messages.server() != null) {
            message.option(SERVER_ID, messages.server());
        }
        byte[] bytes = message.toBytes();
        report.sent(MessageType.RELEASE.name(), bytes.length, socket.destination());
        socket.send(bytes);
        return Outcome.ANSWERED;
    }

    private Outcome raw(byte[] bytes) throws IOException {
        report.sent("bytes", bytes.length, socket.destination());
        socket.send(bytes);
        Received answer = socket.await(timeout, Optional::of);
        if (answer == null) {
            return Outcome.NO_ANSWER;
        }
        if (PacketDecoder.decodeReply(answer.bytes()) instanceof DhcpPacket packet) {
            report.reply(packet, answer);
        } else {
            report.unreadable(answer);
        }
        return Outcome.ANSWERED;
    }

    private @Nullable DhcpPacket ask(ClientMessage message, MessageType type, Set<MessageType> wanted)
            throws IOException {
        byte[] bytes = message.toBytes();
        for (int i = 0; i < tries; i++) {
            report.sent(type.name(), bytes.length, socket.destination());
            socket.send(bytes);
            DhcpPacket reply = socket.await(timeout, received -> read(received, wanted));
            if (reply != null) {
                return reply;
            }
        }
        return null;
    }

    /** What was asked for; a reply to somebody else is passed over, one to us of another type is shown as well. */
    private Optional<DhcpPacket> read(Received received, Set<MessageType> wanted) {
        Decoded decoded = PacketDecoder.decodeReply(received.bytes());
        if (!(decoded instanceof DhcpPacket packet)
                || packet.xid() != xid
                || !messages.mac().equals(packet.chaddr())) {
            return Optional.empty();
        }
        report.reply(packet, received);
        return wanted.contains(packet.type()) ? Optional.of(packet) : Optional.empty();
    }
}
