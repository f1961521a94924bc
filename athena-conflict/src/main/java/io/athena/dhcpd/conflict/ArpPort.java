package io.athena.dhcpd.conflict;

import io.athena.dhcpd.core.link.ArpFrames;
import io.athena.dhcpd.core.link.ArpSocket;
import io.athena.dhcpd.core.link.FrameSocketException;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.Objects;

/** ARP on one interface. */
final class ArpPort extends Port {

    private final String interfaceName;
    private final int interfaceIndex;
    private final ArpSocket socket;
    private final Answers answers;
    private final Inlet inlet;
    private final byte[] frame = new byte[ArpFrames.SIZE];
    private MacAddress own;
    private byte[] ownBytes;

    ArpPort(Attachment on, ArpSocket socket, Answers answers) {
        this.interfaceName = on.interfaceName();
        this.interfaceIndex = on.interfaceIndex();
        this.socket = socket;
        this.answers = answers;
        this.inlet = new Inlet(socket, this::read);
        this.own = on.mac();
        this.ownBytes = own.toBytes();
    }

    int interfaceIndex() {
        return interfaceIndex;
    }

    @Override
    void send(Probe probe) throws FrameSocketException {
        Attachment on = Objects.requireNonNull(probe.on());
        follow(on.mac());
        ArpFrames.request(frame, on.mac(), on.own(), probe.address());
        probe.named(key(interfaceIndex, probe.address().bits()), 0);
        socket.send(frame, frame.length);
    }

    void announce(Order.Announcement announcement) throws FrameSocketException {
        follow(announcement.on().mac());
        ArpFrames.gratuitous(frame, own, announcement.holder(), announcement.address());
        socket.send(frame, frame.length);
    }

    /** An interface may be given another address while it is up. */
    private void follow(MacAddress mac) {
        if (!mac.equals(own)) {
            own = mac;
            ownBytes = mac.toBytes();
        }
    }

    /** RFC 5227 section 2.1.1: a request in the name of the address shows as well as a reply that somebody has it. */
    private void read(byte[] received, int length) {
        if (ArpFrames.isArp(received, length) && !ArpFrames.isFrom(received, ownBytes)) {
            answers.arp(key(interfaceIndex, ArpFrames.senderIp(received)), received);
        }
    }

    private static long key(int interfaceIndex, int address) {
        return (long) interfaceIndex << 32 | Integer.toUnsignedLong(address);
    }

    @Override
    Inlet inlet() {
        return inlet;
    }

    @Override
    String name() {
        return interfaceName;
    }
}
