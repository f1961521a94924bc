package io.athena.dhcpd.core.lease;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Splits CSV into records (RFC 4180): quoted fields may hold commas, doubled quotes and line ends. */
final class CsvRecords {

    private static final int END = -1;
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final Reader in;
    private int ahead;
    private int nextLine = 1;
    private int line;
    private boolean unclosedQuote;

    /** @param in read one character at a time, so it should be buffered */
    CsvRecords(Reader in) throws IOException {
        this.in = in;
        this.ahead = in.read();
        if (ahead == BYTE_ORDER_MARK) {
            ahead = in.read();
        }
    }

    /** The fields of the next record that is not blank, or null at the end. */
    @Nullable
    List<String> next() throws IOException {
        while (ahead != END) {
            line = nextLine;
            List<String> fields = record();
            if (fields.size() > 1 || !fields.get(0).isBlank()) {
                return fields;
            }
        }
        return null;
    }

    /** The line on which the last record started, from 1. */
    int line() {
        return line;
    }

    /** Whether the file ended inside quotes. */
    boolean unclosedQuote() {
        return unclosedQuote;
    }

    private List<String> record() throws IOException {
        List<String> fields = new ArrayList<>();
        while (true) {
            fields.add(ahead == '"' ? quotedField() : plainField());
            if (ahead != ',') {
                skipLineEnd();
                return fields;
            }
            advance();
        }
    }

    private String plainField() throws IOException {
        StringBuilder field = new StringBuilder();
        while (ahead != END && ahead != ',' && ahead != '\n' && ahead != '\r') {
            field.append((char) ahead);
            advance();
        }
        return field.toString();
    }

    private String quotedField() throws IOException {
        StringBuilder field = new StringBuilder();
        advance();
        while (ahead != END) {
            if (ahead == '"') {
                advance();
                if (ahead != '"') {
                    return field.append(plainField()).toString();
                }
            }
            field.append((char) ahead);
            advance();
        }
        unclosedQuote = true;
        return field.toString();
    }

    private void skipLineEnd() throws IOException {
        if (ahead == '\r') {
            advance();
        }
        if (ahead == '\n') {
            advance();
        }
    }

    private void advance() throws IOException {
        if (ahead == '\n') {
            nextLine++;
        }
        ahead = in.read();
    }
}
