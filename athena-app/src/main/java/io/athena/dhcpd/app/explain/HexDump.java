package io.athena.dhcpd.app.explain;

import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes as people have them at hand: hex digits with or without 0x, blanks, colons and dashes between them, or the
 * dump of {@code tcpdump -x}, {@code tcpdump -X} or {@code hexdump -C}.
 */
final class HexDump {

    private static final Pattern TCPDUMP = Pattern.compile("\\s*0x[0-9a-fA-F]{4,8}:\\s+(.*)");
    private static final Pattern HEXDUMP = Pattern.compile("[0-9a-fA-F]{8}  (.*?)(?:\\|.*)?");
    private static final Pattern BETWEEN = Pattern.compile("[\\s:,-]+");

    private HexDump() {}

    /** The bytes. @throws IllegalArgumentException saying what is no hex, and where */
    static byte[] parse(String text) {
        List<String> lines = text.lines().toList();
        StringBuilder digits = new StringBuilder();
        boolean dump = false;
        for (String line : lines) {
            Matcher tcpdump = TCPDUMP.matcher(line);
            Matcher hexdump = HEXDUMP.matcher(line);
            if (tcpdump.matches()) {
                dump = true;
                // What tcpdump -X shows as text stands behind two blanks.
                digits.append(tcpdump.group(1).split("  ", 2)[0]);
            } else if (hexdump.matches()) {
                dump = true;
                digits.append(hexdump.group(1));
            }
        }
        return plain(dump ? digits.toString() : text);
    }

    private static byte[] plain(String text) {
        StringBuilder digits = new StringBuilder();
        for (String part : BETWEEN.split(text.strip())) {
            digits.append(part.startsWith("0x") || part.startsWith("0X") ? part.substring(2) : part);
        }
        for (int i = 0; i < digits.length(); i++) {
            if (!HexFormat.isHexDigit(digits.charAt(i))) {
                throw new IllegalArgumentException(
                        "'" + shown(digits.charAt(i)) + "' after " + i + " hex digits is no hex digit");
            }
        }
        if (digits.isEmpty()) {
            throw new IllegalArgumentException("there are no hex digits");
        }
        if (digits.length() % 2 != 0) {
            throw new IllegalArgumentException(
                    "there are " + digits.length() + " hex digits, an odd number; the last byte is cut off");
        }
        return HexFormat.of().parseHex(digits);
    }

    private static String shown(char c) {
        return Character.isISOControl(c) ? "?" : String.valueOf(c);
    }
}
