package io.athena.dhcpd.ddns.outbox;

import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of unfinished work: under the four bytes of the address a version, a byte of flags, the wanted name with its time if
 * there is one, the number of names that have to go, and each of them with flags and time. A name is its text, the
 * client's key with its length, a flag and the subnet.
 */
final class WorkCodec {

    private static final int VERSION = 1;
    private static final int WANTED = 1;
    private static final int FOREIGN = 2;
    private static final int FORWARD = 1;
    private static final int REVERSE = 2;

    private WorkCodec() {}

    static byte[] key(Ipv4 address) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(address.bits()).array();
    }

    static byte[] encode(NameWork work) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            HeldName wanted = work.wanted();
            boolean foreign = work.stage() == NameWork.Stage.FOREIGN;
            boolean open = wanted != null && work.stage() != NameWork.Stage.DONE;
            out.writeByte(VERSION);
            out.writeByte((open ? WANTED : 0) | (foreign ? FOREIGN : 0));
            if (open) {
                out.writeLong(work.wantedAt());
                write(out, wanted);
            }
            out.writeShort(work.leftovers().size());
            for (Leftover leftover : work.leftovers()) {
                out.writeByte((leftover.forward() ? FORWARD : 0) | (leftover.reverse() ? REVERSE : 0));
                out.writeLong(leftover.since());
                write(out, leftover.name());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, HeldName name) throws IOException {
        out.writeUTF(name.fqdn());
        byte[] client = name.client().toBytes();
        out.writeShort(client.length);
        out.write(client);
        out.writeBoolean(name.forward());
        out.writeInt(name.subnet().network().bits());
        out.writeByte(name.subnet().prefix());
    }

    /** The work of an entry; null when it says nothing that can be understood. */
    static @Nullable NameWork decode(byte[] key, byte[] value) {
        if (key.length != Integer.BYTES) {
            return null;
        }
        NameWork work = new NameWork(new Ipv4(ByteBuffer.wrap(key).getInt()));
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value))) {
            if (in.readByte() != VERSION) {
                return null;
            }
            int flags = in.readByte();
            if ((flags & WANTED) != 0) {
                long at = in.readLong();
                work.want(readName(in), true, at);
            }
            if ((flags & FOREIGN) != 0) {
                work.stage(NameWork.Stage.FOREIGN);
            }
            readLeftovers(in, work);
            return work;
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    private static void readLeftovers(DataInputStream in, NameWork work) throws IOException {
        int count = in.readUnsignedShort();
        for (int i = 0; i < count; i++) {
            int flags = in.readByte();
            long since = in.readLong();
            Leftover leftover = new Leftover(readName(in), since);
            if ((flags & FORWARD) == 0) {
                leftover.forwardDone();
            }
            if ((flags & REVERSE) == 0) {
                leftover.reverseDone();
            }
            work.leftovers().add(leftover);
        }
    }

    private static HeldName readName(DataInputStream in) throws IOException {
        String fqdn = in.readUTF();
        byte[] client = new byte[in.readUnsignedShort()];
        in.readFully(client);
        boolean forward = in.readBoolean();
        Cidr subnet = new Cidr(new Ipv4(in.readInt()), in.readUnsignedByte());
        return new HeldName(fqdn, ClientKey.ofBytes(client), forward, subnet);
    }
}
