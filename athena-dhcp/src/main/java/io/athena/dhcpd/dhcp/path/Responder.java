package io.athena.dhcpd.dhcp.path;

import io.athena.dhcpd.core.engine.Assignment;
import io.athena.dhcpd.core.engine.ConflictProbe;
import io.athena.dhcpd.core.engine.NamePolicy;
import io.athena.dhcpd.core.lease.ClientFqdn;
import io.athena.dhcpd.core.lease.ClientRequest.RequestKind;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.SubOptions;
import io.athena.dhcpd.core.net.VpnId;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.core.subnet.BootHeader;
import io.athena.dhcpd.core.subnet.LeaseTimes;
import io.athena.dhcpd.core.subnet.Subnet;
import io.athena.dhcpd.core.subnet.Terms;
import io.athena.dhcpd.dhcp.auth.Signer;
import io.athena.dhcpd.dhcp.reply.Destination;
import io.athena.dhcpd.dhcp.reply.Replies;
import io.athena.dhcpd.dhcp.reply.ReplyOptions;
import io.athena.dhcpd.dhcp.reply.ReplyRoute;
import io.athena.dhcpd.dhcp.reply.ReplyScope;
import io.athena.dhcpd.dhcp.reply.ReplySender;
import io.athena.dhcpd.dhcp.wire.FqdnOption;
import io.athena.dhcpd.dhcp.wire.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last steps of the path: options, route, send. */
public final class Responder {

    private static final int MESSAGE = 56;
    private static final int RAPID_COMMIT = 80;
    private static final int CLIENT_FQDN = 81;
    private static final int RELAY_AGENT = 82;
    private static final int IPV6_ONLY = 108;
    private static final int AUTO_CONFIGURE = 116;
    private static final int SUBNET_SELECTION = 118;
    private static final int VSS_CONTROL = 152;

    private final ReplySender sender;
    private final PathListener log;
    private final ConflictProbe probe;

    /** @param probe announces new leases where that is configured */
    public Responder(ReplySender sender, PathListener log, ConflictProbe probe) {
        this.sender = sender;
        this.log = log;
        this.probe = probe;
    }

    void offer(Exchange exchange, Assignment assignment) {
        give(exchange, MessageType.OFFER, assignment);
    }

    /** RFC 2563 section 2.3 and RFC 8925 section 3.3: an OFFER of 0.0.0.0 to a client that knows what to make of it. */
    void offerNothing(Exchange exchange, Terms terms, DropReason reason) {
        OptionSet.Builder answers = OptionSet.builder().putAll(answers(exchange, MessageType.OFFER, null));
        byte[] autoConfigure = terms.options().get(AUTO_CONFIGURE);
        if (autoConfigure != null && exchange.request().wishes().autoConfigure()) {
            answers.put(AUTO_CONFIGURE, autoConfigure);
        }
        send(exchange, MessageType.OFFER, Ipv4.ANY, terms, null, answers.build());
        if (exchange.request().wishes().ipv6Only() && terms.options().contains(IPV6_ONLY)) {
            log.answered(exchange, MessageType.OFFER, null, reason);
        } else {
            log.offeredNothing(exchange, reason);
        }
    }

    void acknowledge(Exchange exchange, Assignment assignment) {
        boolean bootp = exchange.packet().isBootp();
        give(exchange, bootp ? MessageType.BOOTP : MessageType.ACK, assignment);
        MacAddress mac = exchange.request().mac();
        if (mac != null && exchange.request().requestKind() != RequestKind.EXTENDING) {
            probe.announce(assignment.address(), mac);
        }
    }

    /** RFC 2131 section 4.3.5: parameters only, no address and no times. */
    void acknowledgeInform(Exchange exchange, Assignment assignment) {
        send(exchange, MessageType.ACK, Ipv4.ANY, assignment.terms(), null, answers(exchange, MessageType.ACK, null));
        log.answered(exchange, MessageType.ACK, exchange.packet().ciaddr(), null);
    }

    /** RFC 2131 table 3: a NAK carries the server identifier, a text, and the echoes. */
    void refuse(Exchange exchange, DropReason reason) {
        OptionSet text = OptionSet.builder()
                .put(MESSAGE, reason.tag().replace('_', ' ').getBytes(StandardCharsets.US_ASCII))
                .build();
        ReplyScope scope = new ReplyScope(OptionSet.EMPTY, List.of(), text);
        OptionSet options = ReplyOptions.of(MessageType.NAK, exchange.packet(), scope, exchange.serverId(), null);
        transmit(exchange, MessageType.NAK, Ipv4.ANY, BootHeader.NONE, options);
        log.answered(exchange, MessageType.NAK, exchange.request().wantedAddress(), reason);
    }

    private void give(Exchange exchange, MessageType type, Assignment assignment) {
        LeaseTimes times = type == MessageType.BOOTP ? null : assignment.terms().times(assignment.leaseSeconds());
        ClientFqdn fqdn = type == MessageType.BOOTP ? null : exchange.request().fqdn();
        byte[] name = fqdn == null ? null : answer(fqdn, assignment.name());
        log.naming(exchange, assignment.name());
        send(exchange, type, assignment.address(), assignment.terms(), times, answers(exchange, type, name));
        log.answered(exchange, type, assignment.address(), null);
    }

    private void send(
            Exchange exchange,
            MessageType type,
            Ipv4 yiaddr,
            Terms terms,
            @Nullable LeaseTimes times,
            OptionSet answers) {
        log.composing(exchange, terms);
        ReplyScope scope = new ReplyScope(terms.options(), terms.alwaysSend(), answers);
        OptionSet options = ReplyOptions.of(type, exchange.packet(), scope, exchange.serverId(), times);
        transmit(exchange, type, yiaddr, terms.boot(), options);
    }

    private static byte[] answer(ClientFqdn asked, NamePolicy.Name decided) {
        return FqdnOption.answer(asked, decided.fqdn(), decided.forward());
    }

    /**
     * What is sent because of what the client sent: option 118 where it was used (RFC 3011), the answer to option 81, and
     * 80 in the ACK to a DHCPDISCOVER (RFC 4039 section 3.1).
     */
    private static OptionSet answers(Exchange exchange, MessageType type, byte @Nullable [] name) {
        Ipv4 selected = usedSelection(exchange);
        boolean rapid = type == MessageType.ACK && exchange.request().type() == MessageType.DISCOVER;
        if (selected == null && name == null && !rapid) {
            return OptionSet.EMPTY;
        }
        OptionSet.Builder answers = OptionSet.builder();
        if (rapid) {
            answers.put(RAPID_COMMIT, new byte[0]);
        }
        if (selected != null) {
            answers.put(SUBNET_SELECTION, selected.toBytes());
        }
        if (name != null) {
            answers.put(CLIENT_FQDN, name);
        }
        return answers.build();
    }

    private static @Nullable Ipv4 usedSelection(Exchange exchange) {
        Ipv4 selected = exchange.packet().subnetSelection();
        if (selected == null || exchange.request().relay().linkSelection() != null) {
            return null;
        }
        Subnet subnet = exchange.seat().link().subnetOf(selected);
        return subnet != null && subnet.config().subnetSelection() ? selected : null;
    }

    /**
     * RFC 6607 section 7.2: the one sub-option that is not echoed is 152, to tell the relay agent that what it says of
     * the virtual network was acted upon.
     */
    private static OptionSet served(Exchange exchange, OptionSet options) {
        byte[] echo = options.get(RELAY_AGENT);
        VpnId named = echo == null ? null : exchange.request().relay().vpn();
        return named != null && named.equals(exchange.seat().link().vpn())
                ? options.overriddenBy(OptionSet.builder()
                        .put(RELAY_AGENT, SubOptions.withoutEmpty(echo, VSS_CONTROL))
                        .build())
                : options;
    }

    private void transmit(Exchange exchange, MessageType type, Ipv4 yiaddr, BootHeader boot, OptionSet options) {
        Reply reply = Replies.of(
                type,
                exchange.packet(),
                yiaddr,
                boot,
                served(exchange, options),
                exchange.on().state().mtu());
        Destination destination = ReplyRoute.of(
                type,
                exchange.packet(),
                exchange.source(),
                yiaddr,
                exchange.request().relay());
        Signer signer = exchange.signer();
        sender.send(signer == null ? reply : reply.sealed(signer.seal()), destination, exchange.on());
    }
}
