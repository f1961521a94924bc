package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.app.CommandFailure;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Cuts dhcpd.conf and dhcpd.leases into words, signs and strings (dhcpd.conf(5), "REFERENCE: DECLARATIONS"). */
final class IscLexer {

    private static final String SIGNS = "{};,=()!~<>?|&*%";

    private final Path file;
    private final String text;
    private int at;
    private int line = 1;

    IscLexer(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    Path file() {
        return file;
    }

    Place here() {
        return new Place(file, line);
    }

    /** The next piece, or null at the end. */
    @Nullable
    IscToken next() throws CommandFailure {
        skipBlanksAndComments();
        if (at == text.length()) {
            return null;
        }
        char c = text.charAt(at);
        if (c == '"') {
            return string();
        }
        if (SIGNS.indexOf(c) >= 0) {
            at++;
            return new IscToken(line, String.valueOf(c), false);
        }
        int start = at;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw here().broken(
                            String.format("the character 0x%02x has no place outside of quotation marks.", (int) c));
        }
        return new IscToken(line, text.substring(start, at), false);
    }

    private static boolean isWord(char c) {
        return c > ' ' && c < 0x7f && c != '"' && c != '#' && SIGNS.indexOf(c) < 0;
    }

    private void skipBlanksAndComments() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == '\n') {
                line++;
                at++;
            } else if (c == ' ' || c == '\t' || c == '\r' || c == '\f') {
                at++;
            } else {
                return;
            }
        }
    }

    private IscToken string() throws CommandFailure {
        int startLine = line;
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c == '\n') {
                break;
            }
            value.append(c == '\\' && at < text.length() ? escape() : c);
        }
        if (at == text.length() || text.charAt(at) != '"') {
            throw new Place(file, startLine).broken("a quotation mark is opened and not closed on this line.");
        }
        at++;
        return new IscToken(startLine, value.toString(), true);
    }

    /** What follows a backslash: up to three octal digits, x and two hex digits, or one character. */
    private char escape() {
        char c = text.charAt(at++);
        if (c >= '0' && c <= '7') {
            return octal(c - '0');
        }
        if (c == 'x' && at + 2 <= text.length() && text.substring(at, at + 2).matches("[0-9A-Fa-f]{2}")) {
            at += 2;
            return (char) Integer.parseInt(text.substring(at - 2, at), 16);
        }
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            default -> c;
        };
    }

    private char octal(int first) {
        int value = first;
        for (int digits = 1; digits < 3 && at < text.length(); digits++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 7) {
                break;
            }
            value = value * 8 + digit;
            at++;
        }
        return (char) (value & 0xff);
    }
}
