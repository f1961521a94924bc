package io.athena.dhcpd.app.migrate;

/**
 * A piece of an ISC file.
 *
 * @param text the word, the sign, or what stood between quotation marks, one character a byte
 * @param quoted whether it stood between quotation marks
 */
record IscToken(int line, String text, boolean quoted) {

    boolean is(String word) {
        return !quoted && text.equalsIgnoreCase(word);
    }
}
