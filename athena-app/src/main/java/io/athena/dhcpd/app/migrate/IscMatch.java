package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.core.config.MatchConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Turns the tests of dhcp-eval(5) into patterns, as far as patterns can say them. */
final class IscMatch {

    private static final String CURE = "; a pattern on vendor class, user class, MAC, architecture or option 82 can";

    private final IscOptions options;

    IscMatch(IscOptions options) {
        this.options = options;
    }

    /** The pattern of a test. @throws IllegalArgumentException when patterns cannot say it; the message says why */
    MatchConfig test(List<IscToken> tokens) {
        Map<MatchField, String> globs = new EnumMap<>(MatchField.class);
        for (List<IscToken> part : conjunction(tokens)) {
            condition(part, globs);
        }
        return MatchField.match(globs);
    }

    /** The pattern of one value of what {@code match EXPRESSION;} looks at, for subclasses. */
    MatchConfig value(List<IscToken> expression, List<IscToken> value) {
        List<IscToken> comparison = new ArrayList<>(expression);
        comparison.add(new IscToken(0, "=", false));
        comparison.addAll(value);
        return test(comparison);
    }

    /** The parts between {@code and}, without the brackets around them. */
    private static List<List<IscToken>> conjunction(List<IscToken> tokens) {
        List<IscToken> bare = withoutBrackets(tokens);
        List<List<IscToken>> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < bare.size(); i++) {
            IscToken token = bare.get(i);
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            if (token.is("or") || token.is("not") || token.is("!")) {
                throw new IllegalArgumentException("has '" + token.text() + "', which no pattern can say");
            }
            if (token.is("and") && depth == 0) {
                parts.addAll(conjunction(bare.subList(start, i)));
                start = i + 1;
            }
        }
        if (start == 0) {
            return List.of(bare);
        }
        parts.addAll(conjunction(bare.subList(start, bare.size())));
        return parts;
    }

    private static List<IscToken> withoutBrackets(List<IscToken> tokens) {
        List<IscToken> bare = tokens;
        while (bare.size() > 2 && bare.get(0).is("(") && closing(bare) == bare.size() - 1) {
            bare = bare.subList(1, bare.size() - 1);
        }
        return bare;
    }

    private static int closing(List<IscToken> tokens) {
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            depth += tokens.get(i).is("(") ? 1 : tokens.get(i).is(")") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private void condition(List<IscToken> part, Map<MatchField, String> globs) {
        if (part.size() == 2 && part.get(0).is("exists")) {
            MatchField.add(globs, field(part.get(1).text()), MatchField.ANY);
            return;
        }
        int equals = indexOf(part, "=");
        if (equals < 1 || equals != part.size() - 2) {
            throw new IllegalArgumentException("is more than a comparison with one value" + CURE);
        }
        List<IscToken> left = withoutBrackets(part.subList(0, equals));
        IscToken right = part.get(part.size() - 1);
        if (left.get(0).is("binary-to-ascii")) {
            int inner = Math.max(0, indexOf(left, "substring"));
            compare(left.subList(inner, left.size() - 1), octetsOf(left, right), globs);
        } else {
            compare(left, IscFormat.data(right), globs);
        }
    }

    /** {@code binary-to-ascii(16, 8, ":", ...) = "0:1a:2b"} writes octets without leading zeros. */
    private static byte[] octetsOf(List<IscToken> left, IscToken right) {
        boolean hexOctets = left.size() > 8
                && left.get(2).is("16")
                && left.get(4).is("8")
                && left.get(6).text().equals(":");
        if (!hexOctets) {
            throw new IllegalArgumentException("prints bytes in a way that is not understood" + CURE);
        }
        return IscFormat.octets(right.text());
    }

    private void compare(List<IscToken> left, byte[] value, Map<MatchField, String> globs) {
        if (left.size() == 2 && left.get(0).is("option")) {
            MatchField field = field(left.get(1).text());
            MatchField.add(globs, field, field.exactly(value));
        } else if (left.size() == 1 && left.get(0).is("hardware")) {
            MatchField.add(globs, MatchField.MAC, MatchField.MAC.exactly(ethernet(value)));
        } else if (left.get(0).is("pick-first-value") && indexOf(left, "hardware") > 0) {
            MatchField.add(globs, MatchField.MAC, MatchField.MAC.exactly(ethernet(value)));
        } else if (left.get(0).is("substring") && left.size() >= 8) {
            substring(left, value, globs);
        } else {
            throw new IllegalArgumentException("uses '" + left.get(0).text() + "'" + CURE);
        }
    }

    /** substring ( option NAME , OFFSET , LENGTH ) or substring ( hardware , OFFSET , LENGTH ). */
    private void substring(List<IscToken> left, byte[] value, Map<MatchField, String> globs) {
        boolean hardware = left.get(2).is("hardware");
        int comma = hardware ? 3 : 4;
        int offset = number(left, comma + 1);
        int length = number(left, comma + 3);
        if (value.length != length) {
            throw new IllegalArgumentException(
                    "compares " + length + " bytes with a value of " + value.length + ", which is never true");
        }
        if (hardware && (offset == 0 || offset == 1)) {
            byte[] mac = offset == 0 ? ethernet(value) : value;
            MatchField.add(globs, MatchField.MAC, MatchField.MAC.startingWith(mac));
        } else if (!hardware && offset == 0) {
            MatchField field = field(left.get(3).text());
            MatchField.add(globs, field, field.startingWith(value));
        } else {
            throw new IllegalArgumentException("looks into the middle of a value" + CURE);
        }
    }

    private static int number(List<IscToken> tokens, int index) {
        String text = index < tokens.size() ? tokens.get(index).text() : "";
        if (!text.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("has '" + text + "' where a number is expected");
        }
        return Integer.parseInt(text);
    }

    private static byte[] ethernet(byte[] hardware) {
        if (hardware.length < 2 || hardware[0] != 1) {
            throw new IllegalArgumentException("is about other hardware than Ethernet");
        }
        return Arrays.copyOfRange(hardware, 1, hardware.length);
    }

    private MatchField field(String option) {
        return switch (option.toLowerCase(Locale.ROOT)) {
            case "agent.circuit-id" -> MatchField.CIRCUIT_ID;
            case "agent.remote-id" -> MatchField.REMOTE_ID;
            default ->
                switch (options.code(option).orElse(0)) {
                    case 60 -> MatchField.VENDOR_CLASS;
                    case 77 -> MatchField.USER_CLASS;
                    case 93 -> MatchField.ARCHITECTURE;
                    default -> throw new IllegalArgumentException("looks at option " + option + CURE);
                };
        };
    }

    private static int indexOf(List<IscToken> tokens, String sign) {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).is(sign)) {
                return i;
            }
        }
        return -1;
    }
}
