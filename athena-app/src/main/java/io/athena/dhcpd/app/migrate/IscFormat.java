package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.option.OptionType;
import io.athena.dhcpd.core.option.OptionValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * How ISC writes the value of an option (dhcp-options(5)).
 *
 * @param fields what stands one after the other
 * @param repeated whether it may all come again
 */
record IscFormat(List<Field> fields, boolean repeated) {

    enum Field {
        BOOLEAN,
        INTEGER8,
        INTEGER16,
        INTEGER32,
        ADDRESS,
        TEXT,
        DATA,
        NAME,
        NAMES
    }

    /** The format of a standard option. */
    static IscFormat of(OptionType type) {
        return switch (type) {
            case IP -> new IscFormat(List.of(Field.ADDRESS), false);
            case IP_LIST -> new IscFormat(List.of(Field.ADDRESS), true);
            case IP_MASK, IP_PAIRS -> new IscFormat(List.of(Field.ADDRESS, Field.ADDRESS), true);
            case UINT8 -> new IscFormat(List.of(Field.INTEGER8), false);
            case UINT8_LIST -> new IscFormat(List.of(Field.INTEGER8), true);
            case UINT16 -> new IscFormat(List.of(Field.INTEGER16), false);
            case UINT16_LIST -> new IscFormat(List.of(Field.INTEGER16), true);
            case UINT32, INT32 -> new IscFormat(List.of(Field.INTEGER32), false);
            case BOOL -> new IscFormat(List.of(Field.BOOLEAN), false);
            case STRING -> new IscFormat(List.of(Field.TEXT), false);
            case FQDN -> new IscFormat(List.of(Field.NAME), false);
            case DOMAIN_LIST -> new IscFormat(List.of(Field.NAMES), false);
            case HEX, CIDR_ROUTES, SIP_SERVERS, SUB_OPTIONS, VENDOR_OPTIONS, VENDOR_CLASSES ->
                new IscFormat(List.of(Field.DATA), false);
        };
    }

    /** Reads what stands after {@code code N =}. @throws IllegalArgumentException when it is not understood */
    static IscFormat parse(List<IscToken> tokens) {
        List<String> words = new ArrayList<>();
        tokens.forEach(token -> words.add(token.text().toLowerCase(Locale.ROOT)));
        boolean repeated =
                words.size() > 2 && words.get(0).equals("array") && words.get(1).equals("of");
        List<String> rest = repeated ? words.subList(2, words.size()) : words;
        List<Field> fields = new ArrayList<>();
        for (String word : rest) {
            switch (word) {
                case "{", "}", ",", "unsigned", "signed" -> {}
                case "boolean" -> fields.add(Field.BOOLEAN);
                case "integer" -> {}
                case "8", "16", "32" -> fields.add(Field.valueOf("INTEGER" + word));
                case "ip-address" -> fields.add(Field.ADDRESS);
                case "text" -> fields.add(Field.TEXT);
                case "string" -> fields.add(Field.DATA);
                case "domain-name" -> fields.add(Field.NAME);
                case "domain-list" -> fields.add(Field.NAMES);
                case "compressed" -> {}
                default -> throw new IllegalArgumentException("the type '" + word + "' is not understood");
            }
        }
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("it has no type");
        }
        return new IscFormat(List.copyOf(fields), repeated);
    }

    /** The type of this server that looks most like it. */
    OptionType type() {
        if (fields.size() > 1) {
            return OptionType.HEX;
        }
        return switch (fields.get(0)) {
            case BOOLEAN -> OptionType.BOOL;
            case INTEGER8 -> repeated ? OptionType.UINT8_LIST : OptionType.UINT8;
            case INTEGER16 -> repeated ? OptionType.UINT16_LIST : OptionType.UINT16;
            case INTEGER32 -> OptionType.UINT32;
            case ADDRESS -> repeated ? OptionType.IP_LIST : OptionType.IP;
            case TEXT -> OptionType.STRING;
            case DATA -> OptionType.HEX;
            case NAME -> OptionType.FQDN;
            case NAMES -> OptionType.DOMAIN_LIST;
        };
    }

    /** The bytes of a written value. @throws IllegalArgumentException when it does not fit */
    byte[] encode(List<IscToken> value) {
        List<IscToken> pieces = value.stream().filter(token -> !token.is(",")).toList();
        if (fields.get(0) == Field.NAMES) {
            return OptionType.DOMAIN_LIST.encode(new OptionValue.Many(pieces.stream()
                    .map(piece -> (OptionValue) new OptionValue.Text(piece.text()))
                    .toList()));
        }
        boolean fits = repeated ? pieces.size() % fields.size() == 0 : pieces.size() == fields.size();
        if (pieces.isEmpty() || !fits) {
            throw new IllegalArgumentException(
                    "has " + pieces.size() + " values where " + fields.size() + " are expected");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < pieces.size(); i++) {
            out.writeBytes(bytes(fields.get(i % fields.size()), pieces.get(i)));
        }
        if (out.size() == 0) {
            throw new IllegalArgumentException("is empty");
        }
        return out.toByteArray();
    }

    private static byte[] bytes(Field field, IscToken piece) {
        return switch (field) {
            case BOOLEAN -> new byte[] {(byte) (truth(piece.text()) ? 1 : 0)};
            case INTEGER8 -> integer(piece.text(), 1);
            case INTEGER16 -> integer(piece.text(), 2);
            case INTEGER32 -> integer(piece.text(), 4);
            case ADDRESS -> address(piece.text());
            case TEXT, DATA -> data(piece);
            case NAME, NAMES -> OptionType.FQDN.encode(new OptionValue.Text(piece.text()));
        };
    }

    private static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "on" -> true;
            case "false", "off" -> false;
            default -> throw new IllegalArgumentException("is '" + text + "', which is neither true nor false");
        };
    }

    private static byte[] address(String text) {
        return Ipv4.tryParse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "names '" + text + "', and a server that asks DNS at start may not start; write its address"))
                .toBytes();
    }

    private static byte[] integer(String text, int size) {
        long number;
        try {
            number = Long.decode(text.matches("0+[0-9]+") ? text.replaceFirst("^0+(?=.)", "") : text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("is '" + text + "', which is no number");
        }
        long limit = 1L << (8 * size);
        if (number >= limit || number < -(limit / 2)) {
            throw new IllegalArgumentException("is " + number + ", which " + size + " bytes cannot hold");
        }
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (number >> (8 * (size - 1 - i)));
        }
        return bytes;
    }

    /** A string, or hex octets with colons. */
    static byte[] data(IscToken piece) {
        return piece.quoted() ? piece.text().getBytes(StandardCharsets.ISO_8859_1) : octets(piece.text());
    }

    /** Hex octets of one or two digits with colons between them. @throws IllegalArgumentException when it is none */
    static byte[] octets(String text) {
        if (!text.matches("[0-9A-Fa-f]{1,2}(:[0-9A-Fa-f]{1,2})*")) {
            throw new IllegalArgumentException("is '" + text + "', which is neither a string nor octets");
        }
        StringBuilder hex = new StringBuilder();
        for (String octet : text.split(":")) {
            hex.append(octet.length() == 1 ? "0" : "").append(octet);
        }
        return HexFormat.of().parseHex(hex);
    }
}
