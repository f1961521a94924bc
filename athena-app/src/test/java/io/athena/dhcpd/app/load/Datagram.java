package io.athena.dhcpd.app.load;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Writes DHCP messages byte by byte (RFC 2131 section 2), right ones and, where asked, wrong ones. */
final class Datagram {

    static final int DISCOVER = 1;
    static final int REQUEST = 3;
    static final int DECLINE = 4;
    static final int RELEASE = 7;
    static final int INFORM = 8;

    static final int COOKIE = 0x63825363;
    private static final int OPTIONS_AT = 240;

    private final byte[] header = new byte[OPTIONS_AT];
    private final ByteArrayOutputStream options = new ByteArrayOutputStream();

    private Datagram(int xid) {
        put(0, 1, 1, 6, 0);
        ByteBuffer.wrap(header).putInt(4, xid).putInt(236, COOKIE);
    }

    /** A message of a client with an Ethernet address. */
    static Datagram of(int type, int xid, MacAddress mac) {
        return bare(xid, mac).option(53, type);
    }

    /** The same without option 53. */
    static Datagram bare(int xid, MacAddress mac) {
        Datagram datagram = new Datagram(xid);
        System.arraycopy(mac.toBytes(), 0, datagram.header, 28, mac.length());
        return datagram;
    }

    /** Overwrites header bytes. */
    Datagram put(int at, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            header[at + i] = (byte) bytes[i];
        }
        return this;
    }

    Datagram ciaddr(Ipv4 address) {
        System.arraycopy(address.toBytes(), 0, header, 12, 4);
        return this;
    }

    Datagram giaddr(Ipv4 address) {
        System.arraycopy(address.toBytes(), 0, header, 24, 4);
        return this;
    }

    Datagram option(int code, int... value) {
        byte[] bytes = new byte[value.length];
        for (int i = 0; i < value.length; i++) {
            bytes[i] = (byte) value[i];
        }
        return option(code, bytes);
    }

    Datagram option(int code, Ipv4 address) {
        return option(code, address.toBytes());
    }

    Datagram option(int code, byte[] value) {
        options.write(code);
        options.write(value.length);
        options.writeBytes(value);
        return this;
    }

    /** Bytes of the options area as they are, for what no honest client would send. */
    Datagram raw(int... bytes) {
        for (int b : bytes) {
            options.write(b);
        }
        return this;
    }

    /** The message with END, padded to BOOTP's 300 bytes. */
    byte[] bytes() {
        options.write(255);
        return unfinished();
    }

    /** The message without END. */
    byte[] unfinished() {
        byte[] body = options.toByteArray();
        byte[] whole = new byte[Math.max(300, OPTIONS_AT + body.length)];
        System.arraycopy(header, 0, whole, 0, OPTIONS_AT);
        System.arraycopy(body, 0, whole, OPTIONS_AT, body.length);
        return whole;
    }
}
