package io.athena.dhcpd.conflict;

import io.athena.dhcpd.core.link.EchoMessages;
import io.athena.dhcpd.core.link.EchoSocket;
import io.athena.dhcpd.core.link.FrameSocketException;

/** ICMP echo to addresses on networks that this server is not in. */
final class EchoPort extends Port {

    /** No interface has so high a number. */
    private static final long ICMP = 1L << 63;

    private final EchoSocket socket;
    private final Answers answers;
    private final Inlet inlet;
    private final Tokens tokens;
    private final int id;
    private final byte[] message = new byte[EchoMessages.SIZE];
    private int sequence;

    /** @param id the identifier of all requests, 16 bits */
    EchoPort(EchoSocket socket, int id, Tokens tokens, Answers answers) {
        this.socket = socket;
        this.id = id;
        this.tokens = tokens;
        this.answers = answers;
        this.inlet = new Inlet(socket, this::read);
    }

    @Override
    void send(Probe probe) throws FrameSocketException {
        sequence = sequence + 1 & 0xffff;
        long token = tokens.next();
        EchoMessages.request(message, id, sequence, token);
        probe.named(key(sequence, probe.address().bits()), token);
        socket.send(probe.address(), message, message.length);
    }

    private void read(byte[] packet, int length) {
        if (EchoMessages.isReply(packet, length) && EchoMessages.id(packet) == id) {
            long key = key(EchoMessages.sequence(packet), EchoMessages.source(packet));
            answers.echo(key, EchoMessages.token(packet));
        }
    }

    private static long key(int sequence, int address) {
        return ICMP | (long) sequence << 32 | Integer.toUnsignedLong(address);
    }

    @Override
    Inlet inlet() {
        return inlet;
    }

    @Override
    String name() {
        return "icmp";
    }
}
