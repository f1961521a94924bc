package io.athena.dhcpd.core.config;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Notes the line of every key. It follows TOML's shape (headers, arrays of tables, dotted and quoted keys, inline tables,
 * strings and arrays over several lines, comments) and judges nothing: on text that is not TOML it goes on somehow and
 * ends. It also finds what the parser proper would get wrong without a word: numbers beyond 64 bits and nesting without
 * end.
 */
final class LineScanner {

    /** Something that must not reach the parser. */
    record Finding(int line, String text, String cure) {}

    private static final int MAX_DEPTH = 32;
    private static final Pattern INTEGER = Pattern.compile("([+-]?)(?:0x([0-9A-Fa-f]+)|0o([0-7]+)|0b([01]+)|([0-9]+))");
    private static final int[] RADIX = {16, 8, 2, 10};

    private final String text;
    private final LineMap root = new LineMap(1);
    private final List<Finding> findings = new ArrayList<>();
    private int at;
    private int line = 1;

    LineScanner(String text) {
        this.text = text;
    }

    List<Finding> findings() {
        return findings;
    }

    /** Scans the whole text. Call it once. */
    LineMap scan() {
        LineMap table = root;
        while (skipBlank(true)) {
            int start = at;
            if (peek() == '[') {
                table = header();
            } else {
                entry(table, 0);
            }
            if (at == start) {
                next();
            }
        }
        return root;
    }

    private LineMap header() {
        int at1 = line;
        next();
        boolean element = peek() == '[';
        if (element) {
            next();
        }
        LineMap place = root;
        List<String> path = keyPath();
        for (int i = 0; i < path.size(); i++) {
            boolean last = i == path.size() - 1;
            LineMap child = place.childAt(path.get(i), at1);
            place = last && element ? child.addElement(at1) : child.newest();
        }
        while (peek() == ']') {
            next();
        }
        return place;
    }

    private void entry(LineMap table, int depth) {
        int at1 = line;
        LineMap place = table;
        for (String key : keyPath()) {
            place = place.childAt(key, at1);
        }
        if (peek() == '=') {
            next();
            skipBlank(false);
            value(place, depth);
        }
    }

    private List<String> keyPath() {
        List<String> path = new ArrayList<>();
        do {
            if (peek() == '.') {
                next();
            }
            skipBlank(false);
            path.add(peek() == '"' || peek() == '\'' ? quoted() : bareKey());
            skipBlank(false);
        } while (peek() == '.');
        return path;
    }

    private String bareKey() {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(peek()) || peek() == '_' || peek() == '-')) {
            next();
        }
        return text.substring(start, at);
    }

    private void value(LineMap place, int depth) {
        char c = peek();
        if (depth > MAX_DEPTH) {
            findings.add(new Finding(line, "is nested deeper than " + MAX_DEPTH + " levels", "write it flatter"));
            at = text.length();
        } else if (c == '"' || c == '\'') {
            quoted();
        } else if (c == '[') {
            next();
            array(place, depth);
        } else if (c == '{') {
            next();
            inlineTable(place, depth);
        } else {
            scalar();
        }
    }

    private void array(LineMap place, int depth) {
        while (skipBlank(true) && peek() != ']') {
            int start = at;
            if (peek() == ',') {
                next();
            } else {
                value(place.addElement(line), depth + 1);
            }
            if (at == start) {
                next();
            }
        }
        next();
    }

    private void inlineTable(LineMap place, int depth) {
        while (skipBlank(true) && peek() != '}') {
            int start = at;
            if (peek() == ',') {
                next();
            } else {
                entry(place, depth + 1);
            }
            if (at == start) {
                next();
            }
        }
        next();
    }

    private void scalar() {
        int start = at;
        while (at < text.length() && "\n,]}#".indexOf(peek()) < 0) {
            next();
        }
        Matcher number = INTEGER.matcher(text.substring(start, at).strip().replace("_", ""));
        for (int kind = 0; number.matches() && kind < RADIX.length; kind++) {
            String digits = number.group(kind + 2);
            if (digits != null && !fits(number.group(1) + digits, RADIX[kind])) {
                findings.add(new Finding(line, "holds a number that is far too large", "write a smaller number"));
            }
        }
    }

    /** The parser would wrap larger ones silently. A number of many digits is not worth being computed. */
    private static boolean fits(String digits, int radix) {
        return digits.length() <= 64 && new BigInteger(digits, radix).bitLength() <= 63;
    }

    /** Skips a string of any of the four kinds; returns its raw text, escapes and all. */
    private String quoted() {
        char quote = peek();
        String triple = String.valueOf(quote).repeat(3);
        boolean multi = text.startsWith(triple, at);
        skip(multi ? 3 : 1);
        int start = at;
        while (at < text.length()) {
            if (peek() == '\\' && quote == '"') {
                skip(2);
            } else if (multi ? text.startsWith(triple, at) : peek() == quote || peek() == '\n') {
                break;
            } else {
                next();
            }
        }
        String raw = text.substring(start, at);
        if (multi) {
            while (peek() == quote) {
                next();
            }
        } else if (peek() == quote) {
            next();
        }
        return raw;
    }

    /** Skips blanks, and with {@code lines} also line ends and comments; false at the end. */
    private boolean skipBlank(boolean lines) {
        while (at < text.length()) {
            char c = peek();
            if (lines && c == '#') {
                while (at < text.length() && peek() != '\n') {
                    next();
                }
            } else if (c == ' ' || c == '\t' || c == '\r' || (lines && c == '\n')) {
                next();
            } else {
                return true;
            }
        }
        return false;
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void next() {
        if (at < text.length() && text.charAt(at++) == '\n') {
            line++;
        }
    }

    private void skip(int count) {
        for (int i = 0; i < count; i++) {
            next();
        }
    }
}
