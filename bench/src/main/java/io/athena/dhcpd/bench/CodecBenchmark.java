package io.athena.dhcpd.bench;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.core.subnet.BootHeader;
import io.athena.dhcpd.core.subnet.LeaseTimes;
import io.athena.dhcpd.dhcp.reply.Replies;
import io.athena.dhcpd.dhcp.reply.ReplyOptions;
import io.athena.dhcpd.dhcp.reply.ReplyScope;
import io.athena.dhcpd.dhcp.wire.Decoded;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.PacketDecoder;
import io.athena.dhcpd.dhcp.wire.PacketWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading what clients send and writing an ACK, from and into direct buffers as the listener has them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms256m", "-Xmx256m", "-XX:+UseSerialGC"})
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class CodecBenchmark {

    private static final String IDENTITY = "3d 07 01 00 0b 82 01 fc 42  37 07 01 1c 02 03 0f 06 0c ";
    private static final OptionSet CONFIGURED = OptionSet.builder()
            .put(1, Ipv4.parse("255.252.0.0").toBytes())
            .put(3, Ipv4.parse("10.64.0.1").toBytes())
            .put(28, Ipv4.parse("10.67.255.255").toBytes())
            .build();
    private static final LeaseTimes HOUR = new LeaseTimes(3600, 1800, 3150);

    private final ByteBuf discover = message("35 01 01 " + IDENTITY + "ff");
    private final ByteBuf request = message("35 01 03  36 04 0a 3c 00 01  32 04 0a 40 01 00 " + IDENTITY + "ff");
    private final DhcpPacket asked = (DhcpPacket) PacketDecoder.decode(request.duplicate());
    private final ByteBuf out = Unpooled.directBuffer(576);

    @Benchmark
    public Decoded decodeDiscover() {
        return PacketDecoder.decode(discover.duplicate());
    }

    @Benchmark
    public Decoded decodeRequest() {
        return PacketDecoder.decode(request.duplicate());
    }

    /** The options, the header and the bytes of an ACK. */
    @Benchmark
    public ByteBuf writeAck() {
        ReplyScope scope = new ReplyScope(CONFIGURED, List.of(), OptionSet.EMPTY);
        OptionSet options = ReplyOptions.of(MessageType.ACK, asked, scope, Scene.SERVER, HOUR);
        out.clear();
        PacketWriter.write(Replies.of(MessageType.ACK, asked, Scene.address(0), BootHeader.NONE, options, 1500), out);
        return out;
    }

    private static ByteBuf message(String options) {
        String hex = "01 01 06 01  00 00 3d 1d  00 00 00 00" + "00".repeat(12) + "0a 40 00 02" + "00 0b 82 01 fc 42"
                + "00".repeat(10) + "00".repeat(192) + "63 82 53 63" + options;
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        return Unpooled.directBuffer(bytes.length).writeBytes(bytes);
    }
}
