package io.athena.dhcpd.events.render;

import io.athena.dhcpd.core.option.OptionType;
import tools.jackson.core.JsonGenerator;

/** An option's value as JSON: lists as arrays, numbers and flags as such, everything else as its text. */
final class OptionJson {

    private static final String NUMBER = "-?[0-9]{1,10}";

    private OptionJson() {}

    static void write(JsonGenerator out, OptionType type, byte[] value) {
        String text = type.decode(value);
        if (isList(type) && !text.startsWith("0x")) {
            out.writeStartArray();
            for (String element : text.split(", ", -1)) {
                element(out, type, element);
            }
            out.writeEndArray();
        } else {
            element(out, type, text);
        }
    }

    private static void element(JsonGenerator out, OptionType type, String text) {
        boolean number =
                switch (type) {
                    case UINT8, UINT8_LIST, UINT16, UINT16_LIST, UINT32, INT32 -> text.matches(NUMBER);
                    default -> false;
                };
        if (number) {
            out.writeNumber(Long.parseLong(text));
        } else if (type == OptionType.BOOL && (text.equals("true") || text.equals("false"))) {
            out.writeBoolean(text.equals("true"));
        } else {
            out.writeString(text);
        }
    }

    private static boolean isList(OptionType type) {
        return switch (type) {
            case IP_LIST, IP_MASK, IP_PAIRS, UINT8_LIST, UINT16_LIST, CIDR_ROUTES, DOMAIN_LIST -> true;
            default -> false;
        };
    }
}
