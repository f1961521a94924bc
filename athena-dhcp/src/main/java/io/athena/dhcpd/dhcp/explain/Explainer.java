package io.athena.dhcpd.dhcp.explain;

import io.athena.dhcpd.core.config.SubnetConfig;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.option.OptionDefinition;
import io.athena.dhcpd.core.option.OptionRegistry;
import io.athena.dhcpd.core.option.StandardOptions;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.Subnet;
import io.athena.dhcpd.dhcp.explain.Explanation.Decision;
import io.athena.dhcpd.dhcp.explain.Explanation.Ending;
import io.athena.dhcpd.dhcp.explain.Explanation.LinkFinding;
import io.athena.dhcpd.dhcp.explain.Explanation.Message;
import io.athena.dhcpd.dhcp.explain.Explanation.OptionText;
import io.athena.dhcpd.dhcp.explain.Explanation.Outcome;
import io.athena.dhcpd.dhcp.explain.Explanation.Remark;
import io.athena.dhcpd.dhcp.explain.PathRecorder.Fate;
import io.athena.dhcpd.dhcp.path.Exchange;
import io.athena.dhcpd.dhcp.path.Placement;
import io.athena.dhcpd.dhcp.path.Seat;
import io.athena.dhcpd.dhcp.wire.Decoded;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.Malformed;
import io.athena.dhcpd.dhcp.wire.PacketDecoder;
import io.athena.dhcpd.dhcp.wire.RelayAgentInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the server would do with messages, and why, without doing any of it: they go the real way through engines
 * that were filled from the scene and that nobody else sees. What one message changes there, the next one finds. Rate
 * limits are left aside. For one thread.
 */
public final class Explainer {

    private final Scene scene;
    private final PathRecorder recorder = new PathRecorder();
    private final World world;
    private final OptionRegistry registry = StandardOptions.registry();

    public Explainer(Scene scene) {
        this.scene = scene;
        this.world = new World(scene, recorder);
    }

    /** What is wrong with the machine's clock, if anything. */
    public Optional<String> clockAlarm() {
        return world.alarm();
    }

    /**
     * What would become of a message.
     *
     * @throws IllegalArgumentException when the scene has no such interface
     */
    public Explanation explain(Arrival arrival) {
        world.passTo(arrival.secondsLater());
        Decoded decoded = PacketDecoder.decode(arrival.datagram());
        if (decoded instanceof Malformed malformed) {
            return refused(arrival, malformed.reason());
        }
        DhcpPacket packet = (DhcpPacket) decoded;
        RelayInfo relay = RelayAgentInfo.parse(packet.options().get(82), packet.giaddr(), arrival.sourcePort());
        Placement placement = world.directory()
                .place(packet, relay, world.on(arrival.heardOn()).state().addresses());
        long records = world.recordsWritten();
        recorder.begin();
        world.receive(packet, arrival);
        return told(arrival, packet, relay, placement, recorder.fate(), world.recordsWritten() > records);
    }

    private Explanation refused(Arrival arrival, DropReason reason) {
        Message message = new Message(null, null, sender(arrival), arrival.heardOn(), null, null, List.of());
        String where = Damage.where(reason, arrival.datagram());
        return new Explanation(
                message,
                null,
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                new Outcome(Ending.SILENT, reason.tag(), "the message cannot be believed: " + where, false));
    }

    private Explanation told(
            Arrival arrival, DhcpPacket packet, RelayInfo relay, Placement placement, Fate fate, boolean written) {
        Exchange exchange = fate.exchange();
        Exchange known = exchange == null && fate.check() != null ? fate.check().exchange() : exchange;
        boolean gate = fate.reason() == DropReason.BAD_GIADDR || fate.reason() == DropReason.OWN_GIADDR;
        LinkFinding link = gate ? null : link(placement, exchange);
        Outcome outcome = new Outcome(
                fate.ending(),
                fate.reason() == null ? null : fate.reason().tag(),
                text(fate, placement, relay),
                written);
        Message message = message(arrival, packet);
        if (exchange == null || fate.before() == null) {
            List<Remark> remarks = known == null ? List.of() : new Remarks(scene.lines(), fate).of(known, null, null);
            return new Explanation(message, link, List.of(), null, List.of(), List.of(), remarks, null, null, outcome);
        }
        ClientReport client = new ClientReport(scene.lines(), exchange, fate.before(), fate, world.now());
        DhcpPacket reply = reply(fate);
        Sources sources = reply == null ? null : sources(exchange, fate, reply, client);
        return new Explanation(
                message,
                link,
                client.classes(),
                client.reservation(),
                client.addresses(),
                client.pools(),
                new Remarks(scene.lines(), fate).of(exchange, reply, sources),
                decision(fate),
                reply == null || fate.sent() == null
                        ? null
                        : new ReplyReport(scene.config(), scene.lines(), exchange, fate.terms(), sources)
                                .of(fate.sent(), reply),
                outcome);
    }

    private static @Nullable Decision decision(Fate fate) {
        return fate.decided() == null || fate.ground() == null
                ? null
                : new Decision(
                        fate.decided().toString(),
                        fate.ground().name(),
                        fate.ground().text());
    }

    private static @Nullable DhcpPacket reply(Fate fate) {
        return fate.sent() != null && PacketDecoder.decodeReply(fate.sent().datagram()) instanceof DhcpPacket reply
                ? reply
                : null;
    }

    private @Nullable Sources sources(Exchange exchange, Fate fate, DhcpPacket reply, ClientReport client) {
        Ipv4 about = reply.yiaddr().isAny() ? reply.ciaddr() : reply.yiaddr();
        Link link = exchange.seat().link();
        return fate.terms() == null
                ? null
                : new Sources(
                        scene.config(),
                        scene.lines(),
                        link,
                        about,
                        client.asSaid(),
                        fate.terms().scope());
    }

    private Message message(Arrival arrival, DhcpPacket packet) {
        List<OptionText> options = new ArrayList<>();
        packet.options().forEach((value, code) -> {
            OptionDefinition row = registry.definition(code);
            String text = code == 53 ? packet.type().name() : row.type().decode(value);
            options.add(new OptionText(code, row.name(), text));
        });
        return new Message(
                packet.type().name(),
                packet.chaddr() == null ? null : packet.chaddr().toString(),
                sender(arrival),
                arrival.heardOn(),
                packet.giaddr().isAny() ? null : packet.giaddr().toString(),
                packet.ciaddr().isAny() ? null : packet.ciaddr().toString(),
                options);
    }

    private LinkFinding link(Placement placement, @Nullable Exchange exchange) {
        Link link = placement.seat() == null ? null : placement.seat().link();
        Subnet subnet = link == null || placement.address() == null ? null : link.subnetOf(placement.address());
        return new LinkFinding(
                placement.rule().text(),
                placement.address() == null ? null : placement.address().toString(),
                link == null ? null : link.id(),
                subnet == null ? null : subnet.network().toString(),
                subnet == null ? 0 : scene.lines().of(subnet.config()),
                exchange == null ? null : Texts.identity(exchange.request().key()));
    }

    private static String sender(Arrival arrival) {
        return arrival.source() + ":" + arrival.sourcePort();
    }

    private String text(Fate fate, Placement placement, RelayInfo relay) {
        if (fate.ending() == Ending.SILENT && fate.reason() == null) {
            return "leasequeries are not explained; whether one is answered is up to [leasequery]";
        }
        String plain = fate.reason() == null ? "" : fate.reason().tag().replace('_', ' ');
        if (fate.reason() == DropReason.NO_SUBNET) {
            return nowhere(placement, relay);
        }
        return switch (fate.ending()) {
            case ANSWERED ->
                fate.reason() == null
                        ? "an answer would be sent"
                        : "an OFFER without an address would be sent: " + plain;
            case REFUSED -> "a NAK would be sent: " + plain;
            case SILENT -> "no answer: " + plain;
            case NOTED -> "it would be taken note of; such a message gets no answer";
        };
    }

    private String nowhere(Placement placement, RelayInfo relay) {
        if (placement.address() == null) {
            return "the interface has no address that would tell where the client is";
        }
        String found = placement.rule().text() + " is " + placement.address();
        Seat seat = world.directory().seatOf(placement.address());
        return seat == null
                ? found + ", which lies in no configured subnet"
                : found + ", whose subnet is of " + network(seat.link()) + ", and the relay agent names "
                        + (relay.vpn() == null ? "none" : relay.vpn()) + " (sub-option 151)";
    }

    private String network(Link link) {
        SubnetConfig first = link.subnets().get(0).config();
        return first.vss() == null
                ? "no virtual network"
                : "the virtual network " + first.vss() + " (line "
                        + scene.lines().of(first, "vss") + ")";
    }
}
