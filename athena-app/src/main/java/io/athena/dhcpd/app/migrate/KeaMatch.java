package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.core.config.MatchConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns Kea's test expressions into patterns, as far as patterns can say them. */
final class KeaMatch {

    private static final String FIELD =
            "(option\\[[A-Za-z0-9-]+]\\.(?:hex|text)|relay4\\[[0-9]+]\\.hex|pkt4\\.mac|hexstring\\(pkt4\\.mac,':'\\))";
    private static final String LITERAL = "('[^']*'|0x[0-9A-Fa-f]+)";
    private static final Pattern EQUALS = Pattern.compile(FIELD + "==" + LITERAL);
    private static final Pattern SUBSTRING =
            Pattern.compile("substring\\(" + FIELD + ",([0-9]+),([0-9]+|all)\\)==" + LITERAL);
    private static final Pattern EXISTS = Pattern.compile("(option\\[[A-Za-z0-9-]+]|relay4\\[[0-9]+])\\.exists");
    private static final Pattern MEMBER = Pattern.compile("member\\('([^']*)'\\)");
    private static final Pattern NAMED = Pattern.compile("(option|relay4)\\[([A-Za-z0-9-]+)].*");

    private final KeaOptions options;
    private final Function<String, MatchConfig> classes;

    /** @param classes the pattern of another class; throws IllegalArgumentException when it has none */
    KeaMatch(KeaOptions options, Function<String, MatchConfig> classes) {
        this.options = options;
        this.classes = classes;
    }

    /** The pattern of a test. @throws IllegalArgumentException when patterns cannot say it; the message says why */
    MatchConfig test(String expression) {
        MatchConfig all = MatchConfig.ANY;
        for (String part : conjunction(expression)) {
            all = MatchField.both(all, condition(squeezed(part)));
        }
        return all;
    }

    private MatchConfig condition(String part) {
        Map<MatchField, String> globs = new EnumMap<>(MatchField.class);
        Matcher equals = EQUALS.matcher(part);
        Matcher substring = SUBSTRING.matcher(part);
        Matcher exists = EXISTS.matcher(part);
        Matcher member = MEMBER.matcher(part);
        if (member.matches()) {
            return classes.apply(member.group(1));
        } else if (exists.matches()) {
            globs.put(field(exists.group(1)), MatchField.ANY);
        } else if (equals.matches()) {
            MatchField field = field(equals.group(1));
            globs.put(field, field.exactly(value(equals.group(1), equals.group(2))));
        } else if (substring.matches() && substring.group(2).equals("0")) {
            MatchField field = field(substring.group(1));
            byte[] value = value(substring.group(1), substring.group(4));
            checkLength(substring, value);
            globs.put(field, field.startingWith(value));
        } else {
            throw new IllegalArgumentException("says '" + part
                    + "'; a pattern on vendor class, user class, MAC, architecture or option 82 can compare whole"
                    + " values or how they start");
        }
        return MatchField.match(globs);
    }

    private static void checkLength(Matcher substring, byte[] value) {
        boolean asText = substring.group(1).startsWith("hexstring");
        int length = asText ? 3 * value.length - 1 : value.length;
        if (!substring.group(3).equals(Integer.toString(length))
                && !(asText && substring.group(3).equals(Integer.toString(length + 1)))) {
            throw new IllegalArgumentException(
                    "compares " + substring.group(3) + " bytes with a value of " + length + ", which is never true");
        }
    }

    private MatchField field(String written) {
        if (written.contains("pkt4.mac")) {
            return MatchField.MAC;
        }
        Matcher named = NAMED.matcher(written);
        if (!named.matches()) {
            throw new IllegalArgumentException("looks at " + written);
        }
        String name = named.group(2);
        if (named.group(1).equals("relay4") && (name.equals("1") || name.equals("2"))) {
            return name.equals("1") ? MatchField.CIRCUIT_ID : MatchField.REMOTE_ID;
        }
        int code = named.group(1).equals("option") ? options.code(name).orElse(0) : 0;
        return switch (code) {
            case 60 -> MatchField.VENDOR_CLASS;
            case 77 -> MatchField.USER_CLASS;
            case 93 -> MatchField.ARCHITECTURE;
            default ->
                throw new IllegalArgumentException("looks at " + written
                        + "; patterns look at vendor class, user class, MAC, architecture and option 82");
        };
    }

    private static byte[] value(String field, String literal) {
        if (literal.startsWith("0x")) {
            String digits = literal.substring(2);
            return HexFormat.of().parseHex(digits.length() % 2 == 0 ? digits : "0" + digits);
        }
        String text = literal.substring(1, literal.length() - 1);
        return field.startsWith("hexstring")
                ? IscFormat.octets(text.endsWith(":") ? text.substring(0, text.length() - 1) : text)
                : text.getBytes(StandardCharsets.UTF_8);
    }

    /** The parts between {@code and} outside of brackets and quotation marks. */
    private static List<String> conjunction(String expression) {
        String bare = withoutBrackets(expression.strip());
        List<String> parts = new ArrayList<>();
        int start = 0;
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < bare.length(); i++) {
            char c = bare.charAt(i);
            quoted ^= c == '\'';
            depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            if (!quoted && (isWord(bare, i, "or") || isWord(bare, i, "not"))) {
                throw new IllegalArgumentException("has 'or' or 'not', which no pattern can say");
            }
            if (!quoted && depth == 0 && isWord(bare, i, "and")) {
                parts.addAll(conjunction(bare.substring(start, i)));
                start = i + 3;
            }
        }
        if (start == 0) {
            return List.of(bare);
        }
        parts.addAll(conjunction(bare.substring(start)));
        return parts;
    }

    private static boolean isWord(String text, int at, String word) {
        return text.startsWith(word, at)
                && (at == 0 || " )".indexOf(text.charAt(at - 1)) >= 0)
                && (at + word.length() == text.length() || " (".indexOf(text.charAt(at + word.length())) >= 0);
    }

    private static String withoutBrackets(String text) {
        int depth = 0;
        boolean quoted = false;
        if (!text.startsWith("(")) {
            return text;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '\'';
            depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                return i == text.length() - 1
                        ? withoutBrackets(text.substring(1, i).strip())
                        : text;
            }
        }
        return text;
    }

    /** Without blanks outside of quotation marks. */
    private static String squeezed(String text) {
        return text.replaceAll("\\s+(?=([^']*'[^']*')*[^']*$)", "");
    }
}
