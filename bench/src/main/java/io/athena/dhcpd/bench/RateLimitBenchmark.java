package io.athena.dhcpd.bench;

import io.athena.dhcpd.core.config.RateLimitConfig;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.dhcp.limit.RateLimiter;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.PacketDecoder;
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

/**
 * What the rate limits cost a packet, to be compared with reading it ({@link CodecBenchmark}): of clients that keep
 * within them, and of a crowd that fills the tables of buckets at a hundred thousand packets a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms256m", "-Xmx256m", "-XX:+UseSerialGC"})
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class RateLimitBenchmark {

    private static final int CLIENTS = 1 << 16;
    private static final long BETWEEN_PACKETS = TimeUnit.SECONDS.toNanos(1) / 100_000;

    private final Link link = Scene.link();
    private final RelayInfo port =
            new RelayInfo(Scene.RELAY, null, new byte[] {0, 4, 0, 1, 0, 66}, null, null, null, 67);
    private final RateLimiter limiter = RateLimiter.of(new RateLimitConfig(true, 100, 5), 0);
    private final DhcpPacket[] requests = messages(MessageType.REQUEST);
    private final DhcpPacket[] discovers = messages(MessageType.DISCOVER);
    private int next;
    private long now;

    /** REQUESTs of many clients, straight from the link. */
    @Benchmark
    public RateLimiter.Verdict request() {
        return judge(requests, RelayInfo.NONE);
    }

    /** DISCOVERs of a crowd behind one relay port, hardly any of which is admitted. */
    @Benchmark
    public RateLimiter.Verdict flood() {
        return judge(discovers, port);
    }

    private RateLimiter.Verdict judge(DhcpPacket[] packets, RelayInfo relay) {
        now += BETWEEN_PACKETS;
        next = next + 1 & CLIENTS - 1;
        return limiter.judge(packets[next], relay, "eth0", link, now);
    }

    private static DhcpPacket[] messages(MessageType type) {
        DhcpPacket[] packets = new DhcpPacket[CLIENTS];
        for (int i = 0; i < CLIENTS; i++) {
            packets[i] = (DhcpPacket) PacketDecoder.decode(
                    ClientMessage.of(type, i, Scene.mac(i)).ask(1, 3, 6).toBytes());
        }
        return packets;
    }
}
