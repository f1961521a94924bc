package io.athena.dhcpd.core.net;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A virtual network as sub-option 151 names it (RFC 6607 section 3.5): a type and what identifies the network in it.
 *
 * @param bytes both, one character a byte
 */
public record VpnId(String bytes) {

    /** The network of those that name none (RFC 6607 section 3.5, type 255). */
    public static final VpnId GLOBAL = new VpnId("\u00ff");

    private static final char NAME = 0;
    private static final char NUMBER = 1;

    /** RFC 2685 section 4: three bytes of an organisation and four of its index. */
    private static final int NUMBER_LENGTH = 7;

    /** What a sub-option names, or null without it. */
    static @Nullable VpnId of(byte @Nullable [] subOption) {
        return subOption == null ? null : new VpnId(new String(subOption, StandardCharsets.ISO_8859_1));
    }

    /**
     * Reads what people write: a name, or {@code 0x} and the seven bytes of a VPN id (RFC 2685).
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static VpnId parse(String text) {
        byte[] value = HexText.parse(text);
        boolean number = text.startsWith("0x");
        if (number ? value.length != NUMBER_LENGTH : value.length == 0 || !HexText.isText(value, 0, value.length)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is neither a name in ASCII nor 0x and the 14 hex digits of a VPN id");
        }
        return new VpnId((number ? NUMBER : NAME) + new String(value, StandardCharsets.ISO_8859_1));
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        if (equals(GLOBAL)) {
            return "global";
        }
        byte[] all = bytes.getBytes(StandardCharsets.ISO_8859_1);
        return bytes.charAt(0) <= NUMBER && bytes.length() > 1
                ? HexText.of(Arrays.copyOfRange(all, 1, all.length))
                : HexText.of(all);
    }
}
