package io.athena.dhcpd.core.config;

import io.athena.dhcpd.core.net.HexText;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Client identifiers as people write them. */
final class ClientIds {

    private static final Pattern PAIRS = Pattern.compile("[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2})+");
    private static final Pattern BARE = Pattern.compile("([0-9A-Fa-f]{2}){4,}");

    private ClientIds() {}

    /**
     * {@code 01:aa:bb:...}, {@code 0x01aabb...} and bare hex of at least eight digits are bytes, anything else is text.
     *
     * @throws IllegalArgumentException when it is empty, longer than option 61 can be, or bad hex after {@code 0x}
     */
    static byte[] parse(String text) {
        byte[] id;
        if (PAIRS.matcher(text).matches() || BARE.matcher(text).matches()) {
            id = HexFormat.of().parseHex(text.replaceAll("[:-]", ""));
        } else {
            id = HexText.parse(text);
        }
        if (id.length == 0 || id.length > 255) {
            throw new IllegalArgumentException("has " + id.length + " bytes; identifiers have 1 to 255");
        }
        return id;
    }
}
