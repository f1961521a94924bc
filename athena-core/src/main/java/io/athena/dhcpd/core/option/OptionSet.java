package io.athena.dhcpd.core.option;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Options by code with their encoded values, in the order in which they were put. Immutable; the arrays are shared and
 * must not be changed. A value may be longer than 255 bytes: splitting and joining (RFC 3396) is the codec's work.
 */
public final class OptionSet {

    public static final OptionSet EMPTY = new OptionSet(new int[0], new byte[0][]);

    private final int[] codes;
    private final byte[][] values;

    private OptionSet(int[] codes, byte[][] values) {
        this.codes = codes;
        this.values = values;
    }

    /** The value of an option, or null when it is absent; an empty value is an empty array. */
    public byte @Nullable [] get(int code) {
        for (int i = 0; i < codes.length; i++) {
            if (codes[i] == code) {
                return values[i];
            }
        }
        return null;
    }

    public boolean contains(int code) {
        return get(code) != null;
    }

    public int size() {
        return codes.length;
    }

    public boolean isEmpty() {
        return codes.length == 0;
    }

    /** The code at a position of 0 to {@code size() - 1}. */
    public int codeAt(int index) {
        return codes[index];
    }

    /** The value at a position of 0 to {@code size() - 1}. */
    public byte[] valueAt(int index) {
        return values[index];
    }

    /** Visits all options in order. */
    public void forEach(ObjIntConsumer<byte[]> visitor) {
        for (int i = 0; i < codes.length; i++) {
            visitor.accept(values[i], codes[i]);
        }
    }

    /** These options, with those of {@code over} added or put in place of those with the same code. */
    public OptionSet overriddenBy(OptionSet over) {
        if (over.isEmpty()) {
            return this;
        }
        return isEmpty() ? over : new Builder().putAll(this).putAll(over).build();
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OptionSet set
                && Arrays.equals(codes, set.codes)
                && Arrays.deepEquals(values, set.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(codes) + Arrays.deepHashCode(values);
    }

    /** Codes with values in hex, for logs and failed assertions. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        forEach((value, code) -> text.append(text.length() > 1 ? ", " : "")
                .append(code)
                .append('=')
                .append(HexFormat.of().formatHex(value)));
        return text.append('}').toString();
    }

    /** Collects options; not for use by two threads. */
    public static final class Builder {
        private int[] codes = new int[16];
        private byte[][] values = new byte[16][];
        private int size;

        private Builder() {}

        /** Sets an option, in place when the code is there already. @throws IllegalArgumentException unless code is 1 to 254 */
        public Builder put(int code, byte[] value) {
            if (code < 1 || code > 254) {
                throw new IllegalArgumentException("option codes are 1 to 254, not " + code);
            }
            int at = 0;
            while (at < size && codes[at] != code) {
                at++;
            }
            if (at == size) {
                if (size == codes.length) {
                    codes = Arrays.copyOf(codes, 2 * size);
                    values = Arrays.copyOf(values, 2 * size);
                }
                codes[size++] = code;
            }
            values[at] = value;
            return this;
        }

        public Builder putAll(OptionSet set) {
            set.forEach((value, code) -> put(code, value));
            return this;
        }

        /** The value put so far, or null. */
        public byte @Nullable [] get(int code) {
            for (int i = 0; i < size; i++) {
                if (codes[i] == code) {
                    return values[i];
                }
            }
            return null;
        }

        public OptionSet build() {
            return size == 0 ? EMPTY : new OptionSet(Arrays.copyOf(codes, size), Arrays.copyOf(values, size));
        }
    }
}
