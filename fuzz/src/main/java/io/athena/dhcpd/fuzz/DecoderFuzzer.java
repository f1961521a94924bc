package io.athena.dhcpd.fuzz;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.PacketDecoder;
import io.athena.dhcpd.dhcp.wire.RelayAgentInfo;

/** Decodes whatever Jazzer thinks of, as a server and as a client; any exception is a finding. */
public final class DecoderFuzzer {

    private DecoderFuzzer() {}

    /** What Jazzer calls. */
    public static void fuzzerTestOneInput(byte[] datagram) {
        if (PacketDecoder.decode(datagram) instanceof DhcpPacket packet) {
            read(packet);
        }
        if (PacketDecoder.decodeReply(datagram) instanceof DhcpPacket reply) {
            read(reply);
        }
    }

    private static void read(DhcpPacket packet) {
        packet.type();
        packet.clientId();
        packet.requestedAddress();
        packet.serverId();
        packet.requestedLeaseTime();
        packet.maxMessageSize();
        packet.parameterRequestList();
        packet.subnetSelection();
        packet.hostname();
        packet.fqdn();
        packet.vendorClass();
        packet.userClass();
        packet.architecture();
        RelayAgentInfo.parse(packet.options().get(82), packet.giaddr(), 67);
        RelayAgentInfo.parse(packet.options().get(61), Ipv4.ANY, 67);
    }
}
