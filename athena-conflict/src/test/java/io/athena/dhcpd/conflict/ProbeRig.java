package io.athena.dhcpd.conflict;

import io.athena.dhcpd.conflict.ConflictConfig.LogLevel;
import io.athena.dhcpd.conflict.ConflictConfig.Strategy;
import io.athena.dhcpd.core.engine.ProbeResult;
import io.athena.dhcpd.core.engine.ProbeResult.Outcome;
import io.athena.dhcpd.core.link.ArpFrames;
import io.athena.dhcpd.core.link.FakeProbeSocket;
import io.athena.dhcpd.core.link.FakeProbeSockets;
import io.athena.dhcpd.core.link.InterfaceState;
import io.athena.dhcpd.core.link.LocalAddress;
import io.athena.dhcpd.core.link.NamedInterface;
import io.athena.dhcpd.core.meter.DhcpMeter;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A prober without a thread on fake sockets: eth0 (index 2) is in 10.0.0.0/24, eth1 (index 3) in 10.1.0.0/16. */
final class ProbeRig implements TimeSource {

    static final int ETH0 = 2;
    static final int ETH1 = 3;
    static final int ECHO_ID = 0x4321;
    static final MacAddress MAC0 = MacAddress.parse("02:00:00:00:00:10");
    static final MacAddress MAC1 = MacAddress.parse("02:00:00:00:00:11");
    static final MacAddress SQUATTER = MacAddress.parse("02:00:00:00:00:99");

    final FakeProbeSockets sockets = new FakeProbeSockets();
    final List<NamedInterface> interfaces = new ArrayList<>();
    final Meters meters = new Meters();
    final List<ProbeResult> heard = new ArrayList<>();
    final List<ProbeResult> late = new ArrayList<>();
    final Prober prober;

    /** Soon to run over, as the clock of a machine may. */
    private long nanos = Long.MAX_VALUE - 300_000_000L;

    ProbeRig() {
        this(config(true, 500, false, true, LogLevel.DEBUG));
    }

    ProbeRig(ConflictConfig config) {
        this(config, 0);
    }

    ProbeRig(ConflictConfig config, int privilegeErrno) {
        sockets.refusePrivilege(privilegeErrno);
        interfaces.add(ethernet("eth0", ETH0, MAC0, "10.0.0.1", "10.0.0.0/24"));
        interfaces.add(ethernet("eth1", ETH1, MAC1, "10.1.0.1", "10.1.0.0/16"));
        prober = new Prober(config, () -> List.copyOf(interfaces), sockets, ECHO_ID, meters, this);
        prober.onLateAnswer(late::add);
    }

    static ConflictConfig config(
            boolean enabled, int timeoutMillis, boolean announce, boolean icmpFallback, LogLevel level) {
        return new ConflictConfig(
                enabled,
                Strategy.SEQUENTIAL,
                Duration.ofMillis(timeoutMillis),
                3,
                3,
                Duration.ofHours(1),
                3,
                Duration.ofSeconds(10),
                announce,
                icmpFallback,
                false,
                level);
    }

    static NamedInterface ethernet(String name, int index, MacAddress mac, String ip, String network) {
        List<LocalAddress> addresses = List.of(new LocalAddress(Ipv4.parse(ip), Cidr.parse(network)));
        return new NamedInterface(name, new InterfaceState(index, mac, addresses, 1500, true, false));
    }

    /** Starts a probe and lets it be sent. */
    boolean probe(String ip) {
        boolean taken = prober.start(Ipv4.parse(ip), heard::add);
        prober.turn();
        return taken;
    }

    /** Lets time pass without anybody noticing. */
    void pause(long millis) {
        nanos += millis * 1_000_000;
    }

    /** Lets time pass and the prober have its turn. */
    void pass(long millis) {
        pause(millis);
        prober.turn();
    }

    FakeProbeSocket arp(int interfaceIndex) {
        return sockets.arp(interfaceIndex);
    }

    /** A reply of somebody who has the address. */
    static byte[] arpFrom(MacAddress mac, String ip) {
        byte[] frame = new byte[60];
        ArpFrames.request(frame, mac, Ipv4.parse(ip), Ipv4.parse("10.0.0.1"));
        frame[21] = 2;
        return frame;
    }

    /** The reply to an echo request that was sent. */
    static byte[] echoReply(FakeProbeSocket.Sent request) {
        byte[] packet = new byte[20 + request.bytes().length];
        packet[0] = 0x45;
        packet[9] = 1;
        Ipv4 from = request.to();
        System.arraycopy(from == null ? new byte[4] : from.toBytes(), 0, packet, 12, 4);
        System.arraycopy(request.bytes(), 0, packet, 20, request.bytes().length);
        packet[20] = 0;
        return packet;
    }

    long counted(String method, Outcome outcome) {
        return meters.counter(DhcpMeter.CONFLICT_PROBES, method, outcome.tag()).sum();
    }

    List<Outcome> outcomes() {
        return heard.stream().map(ProbeResult::outcome).toList();
    }

    @Override
    public long epochSeconds() {
        return 1_800_000_000L;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }
}
