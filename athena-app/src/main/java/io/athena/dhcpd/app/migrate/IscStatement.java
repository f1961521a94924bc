package io.athena.dhcpd.app.migrate;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A statement of an ISC file: the pieces up to its end or its block.
 *
 * @param tokens at least one
 * @param block what stands in its braces, or null when it has none
 */
record IscStatement(
        Place place, List<IscToken> tokens, @Nullable List<IscStatement> block) {

    /** The piece at an index, or an empty word. */
    String word(int index) {
        return index < tokens.size() ? tokens.get(index).text() : "";
    }

    boolean is(int index, String word) {
        return index < tokens.size() && tokens.get(index).is(word);
    }

    boolean starts(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!is(i, words[i])) {
                return false;
            }
        }
        return true;
    }

    int size() {
        return tokens.size();
    }

    List<IscToken> from(int index) {
        return tokens.subList(Math.min(index, tokens.size()), tokens.size());
    }

    List<IscStatement> body() {
        return block == null ? List.of() : block;
    }

    /** The words with blanks between them, for people. */
    String text() {
        return tokens.stream()
                .map(token -> token.quoted() ? '"' + token.text() + '"' : token.text())
                .collect(Collectors.joining(" "));
    }
}
