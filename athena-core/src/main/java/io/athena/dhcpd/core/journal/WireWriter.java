package io.athena.dhcpd.core.journal;

import io.athena.dhcpd.core.net.ClientKey;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the fields of one message. It runs twice over a value, first counting and then writing, so that encoding
 * allocates the result and nothing else. Numbers of 0 and absent values are left out, as proto3 has it.
 */
final class WireWriter {

    /** Null while counting. */
    private final byte @Nullable [] buffer;

    private int size;

    private WireWriter(byte @Nullable [] buffer) {
        this.buffer = buffer;
    }

    /** The message that {@code fields} describes. */
    static <T> byte[] encode(T value, BiConsumer<T, WireWriter> fields) {
        WireWriter counter = new WireWriter(null);
        fields.accept(value, counter);
        byte[] message = new byte[counter.size];
        fields.accept(value, new WireWriter(message));
        return message;
    }

    void number(int field, long value) {
        if (value != 0) {
            varint((long) field << 3 | WireReader.VARINT);
            varint(value);
        }
    }

    void flag(int field, boolean value) {
        number(field, value ? 1 : 0);
    }

    void fixed32(int field, int value) {
        if (value != 0) {
            presentFixed32(field, value);
        }
    }

    /** An {@code optional fixed32} that is there, also when it is 0. */
    void presentFixed32(int field, int value) {
        varint((long) field << 3 | WireReader.FIXED32);
        put(value);
        put(value >>> 8);
        put(value >>> 16);
        put(value >>> 24);
    }

    void bytes(int field, byte @Nullable [] value) {
        if (value == null) {
            return;
        }
        header(field, value.length);
        if (buffer != null) {
            System.arraycopy(value, 0, buffer, size, value.length);
        }
        size += value.length;
    }

    void key(int field, ClientKey key) {
        header(field, key.length());
        if (buffer != null) {
            key.copyTo(buffer, size);
        }
        size += key.length();
    }

    void text(int field, @Nullable String value) {
        if (value == null) {
            return;
        }
        if (!isAscii(value)) {
            bytes(field, value.getBytes(StandardCharsets.UTF_8));
            return;
        }
        header(field, value.length());
        for (int i = 0; i < value.length(); i++) {
            put(value.charAt(i));
        }
    }

    private static boolean isAscii(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private void header(int field, int length) {
        varint((long) field << 3 | WireReader.BYTES);
        varint(length);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            put((int) rest | 0x80);
            rest >>>= 7;
        }
        put((int) rest);
    }

    private void put(int octet) {
        if (buffer != null) {
            buffer[size] = (byte) octet;
        }
        size++;
    }
}
