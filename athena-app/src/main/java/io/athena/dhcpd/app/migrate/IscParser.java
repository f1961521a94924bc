package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.app.CommandFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads statements and blocks of an ISC file, without knowing what they mean; includes are followed. */
final class IscParser {

    private static final int MAX_DEPTH = 32;

    private final IscLexer lexer;
    private final int depth;

    private IscParser(Path file, String text, int depth) {
        this.lexer = new IscLexer(file, text);
        this.depth = depth;
    }

    /** Reads a configuration with everything that it includes. */
    static List<IscStatement> configuration(Path file) throws CommandFailure {
        return statements(file, SourceText.read(file), 0);
    }

    /** A lease file, to be read statement by statement. */
    static IscParser leases(Path file) throws CommandFailure {
        return new IscParser(file, SourceText.read(file), 0);
    }

    private static List<IscStatement> statements(Path file, String text, int depth) throws CommandFailure {
        IscParser parser = new IscParser(file, text, depth);
        List<IscStatement> all = new ArrayList<>();
        for (IscStatement next = parser.next(); next != null; next = parser.next()) {
            parser.addWithIncludes(next, all);
        }
        return all;
    }

    /** The next statement of the file itself, or null at its end. */
    @Nullable
    IscStatement next() throws CommandFailure {
        IscToken first = first();
        if (first != null && first.is("}")) {
            throw new Place(lexer.file(), first.line()).broken("a brace is closed that was never opened.");
        }
        return first == null ? null : statement(first, 0);
    }

    private @Nullable IscToken first() throws CommandFailure {
        IscToken first = lexer.next();
        while (first != null && first.is(";")) {
            first = lexer.next();
        }
        return first;
    }

    private void addWithIncludes(IscStatement statement, List<IscStatement> to) throws CommandFailure {
        if (!statement.is(0, "include") || statement.size() != 2) {
            to.add(statement);
            return;
        }
        if (depth == MAX_DEPTH) {
            throw statement.place().broken("files include each other without end.");
        }
        Path included = SourceText.included(statement.place(), statement.word(1));
        to.addAll(statements(included, SourceText.readAny(included), depth + 1));
    }

    private IscStatement statement(IscToken first, int level) throws CommandFailure {
        Place place = new Place(lexer.file(), first.line());
        List<IscToken> tokens = new ArrayList<>();
        IscToken token = first;
        int inner = 0;
        while (token != null) {
            if (token.is(";") && inner == 0) {
                return new IscStatement(place, List.copyOf(tokens), null);
            }
            if (token.is("{") && !isRecord(tokens)) {
                return new IscStatement(place, List.copyOf(tokens), block(place, level + 1));
            }
            inner += token.is("{") ? 1 : token.is("}") ? -1 : 0;
            if (inner < 0) {
                throw new Place(lexer.file(), token.line()).broken("a statement ends here without a semicolon.");
            }
            tokens.add(token);
            token = lexer.next();
        }
        throw place.broken("the statement that starts here has no end.");
    }

    /** {@code option x code 1 = { integer 8, text };} has braces that are no block. */
    private static boolean isRecord(List<IscToken> tokens) {
        return !tokens.isEmpty()
                && tokens.get(0).is("option")
                && tokens.stream().anyMatch(token -> token.is("code"));
    }

    private List<IscStatement> block(Place opened, int level) throws CommandFailure {
        if (level > MAX_DEPTH) {
            throw opened.broken("blocks stand more than " + MAX_DEPTH + " deep in each other.");
        }
        List<IscStatement> body = new ArrayList<>();
        for (IscToken first = first(); first != null; first = first()) {
            if (first.is("}")) {
                return List.copyOf(body);
            }
            addWithIncludes(statement(first, level), body);
        }
        throw opened.broken("the block that is opened here is never closed.");
    }
}
