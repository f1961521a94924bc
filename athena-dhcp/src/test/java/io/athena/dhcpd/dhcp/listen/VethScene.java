package io.athena.dhcpd.dhcp.listen;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.link.FrameSocket;
import io.athena.dhcpd.core.link.FrameSocketException;
import io.athena.dhcpd.core.link.InterfaceState;
import io.athena.dhcpd.core.link.JnrFrameSocket;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.core.subnet.BootHeader;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.reply.Replies;
import io.athena.dhcpd.dhcp.reply.ReplyRoute;
import io.athena.dhcpd.dhcp.reply.ReplySender;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.PacketDecoder;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A server on one end of a virtual cable and a client on the other, in a network namespace of their own; started by
 * {@link VethListenerTest}. Each line of output is something that worked.
 */
final class VethScene {

    private static final Ipv4 YIADDR = Ipv4.parse("10.99.0.50");
    private static final int TRIES = 120;

    /** Behind the headers of Ethernet, IP and UDP, and four bytes of BOOTP. */
    private static final int XID_AT = 14 + 20 + 8 + 4;

    private final Meters meters = new Meters();
    private final ReplySender sender = new ReplySender(67, 68, meters);
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    /** What frames answered; counted by transaction, as an answer to what was asked twice may leave late. */
    private final Set<Integer> framedXids = ConcurrentHashMap.newKeySet();

    private VethScene() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new VethScene().play();
    }

    private void play() throws IOException, InterruptedException {
        ListenSettings settings = new ListenSettings(List.of("va"), 67, 68, null);
        try (UdpListener listener =
                new UdpListener(settings, this::answer, this::counted, meters, TimeSource.system())) {
            listener.start();
            tell("frame", exchange(false, 1));
            tell("broadcast", exchange(true, 2));
            tell("answered by frames", framedXids.contains(1) + " " + framedXids.contains(2));
            run("ip", "link", "del", "va");
            run("sh", "-e", "-c", VethListenerTest.CABLE);
            tell("returned", exchange(false, 3));
        }
    }

    /** What the client hears, asking again as clients do; it gets a new socket each time, as its device may be new. */
    private String exchange(boolean broadcast, int xid) throws IOException, InterruptedException {
        // Answers to what was asked twice came late.
        heard.clear();
        MacAddress mac = InterfaceState.look("vb").mac();
        byte[] discover = ClientMessage.of(MessageType.DISCOVER, xid, mac)
                .broadcast(broadcast)
                .toBytes();
        try (SocketBinder binder = new SocketBinder(68, true)) {
            Channel client = binder.bind("vb", false, false, new Ear(xid));
            client.config().setAutoRead(true);
            try {
                return asked(client, discover);
            } finally {
                // The event loop that ends with the binder closes it at some time; the next one needs its port now.
                client.close().syncUninterruptibly();
            }
        }
    }

    private String asked(Channel client, byte[] discover) throws InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            client.writeAndFlush(
                    new DatagramPacket(Unpooled.wrappedBuffer(discover), new InetSocketAddress("255.255.255.255", 67)));
            String reply = heard.poll(500, TimeUnit.MILLISECONDS);
            if (reply != null) {
                return reply;
            }
        }
        return "nothing";
    }

    private void answer(DhcpPacket packet, Ipv4 source, int port, ServedInterface on) {
        sender.send(
                Replies.of(MessageType.OFFER, packet, YIADDR, BootHeader.NONE, OptionSet.EMPTY, 1500),
                ReplyRoute.of(MessageType.OFFER, packet, source, YIADDR, RelayInfo.NONE),
                on);
    }

    private FrameSocket counted(String interfaceName) throws FrameSocketException {
        FrameSocket socket = JnrFrameSocket.open(interfaceName);
        return new FrameSocket() {
            @Override
            public void send(byte[] frame, int length) throws FrameSocketException {
                framedXids.add(ByteBuffer.wrap(frame).getInt(XID_AT));
                socket.send(frame, length);
            }

            @Override
            public void close() {
                socket.close();
            }
        };
    }

    private static void run(String... command) throws IOException, InterruptedException {
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + code);
        }
    }

    private static void tell(String what, String reply) {
        System.out.println(what + ": " + reply);
    }

    /** The client's end: the kernel has checked both checksums when a datagram gets here. */
    private final class Ear extends ChannelInboundHandlerAdapter {
        private final int xid;

        Ear(int xid) {
            this.xid = xid;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            DatagramPacket datagram = (DatagramPacket) message;
            byte[] bytes = ByteBufUtil.getBytes(datagram.content());
            datagram.release();
            if (PacketDecoder.decodeReply(bytes) instanceof DhcpPacket reply && reply.xid() == xid) {
                heard.add("xid " + reply.xid() + " from "
                        + datagram.sender().getAddress().getHostAddress() + ":"
                        + datagram.sender().getPort());
            }
        }
    }
}
