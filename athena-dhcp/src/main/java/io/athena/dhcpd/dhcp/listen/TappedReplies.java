package io.athena.dhcpd.dhcp.listen;

import io.netty.buffer.ByteBufUtil;

/** Hands replies to a tap in place of a socket. */
record TappedReplies(ReplyTap tap) implements Departures {

    @Override
    public boolean hasFrames() {
        return true;
    }

    @Override
    public void offer(Outgoing reply) {
        byte[] datagram = ByteBufUtil.getBytes(reply.payload());
        reply.payload().release();
        if (reply instanceof Outgoing.Frame frame) {
            tap.left(datagram, frame.to(), frame.target().port(), frame.target().mac());
        } else if (reply instanceof Outgoing.Datagram plain) {
            tap.left(datagram, plain.to(), plain.port(), null);
        }
    }
}
