package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.core.config.MatchConfig;
import java.util.List;

/** Reads {@code if ... elsif ... else} of the global level, which network boot is often written with, as classes. */
final class IscConditions {

    private final ImportedNetwork network;
    private final IscParameters parameters;
    private final IscMatch matcher;

    IscConditions(ImportedNetwork network, IscParameters parameters, IscMatch matcher) {
        this.network = network;
        this.parameters = parameters;
        this.matcher = matcher;
    }

    /**
     * Takes in the conditions among the statements of a level.
     *
     * @param where what they stand in; empty for the global level
     */
    void read(List<IscStatement> statements, String where) {
        for (IscStatement statement : statements) {
            if (!statement.is(0, "if") && !statement.is(0, "elsif") && !statement.is(0, "else")) {
                continue;
            }
            if (!where.isEmpty()) {
                network.findings()
                        .add(
                                statement.place(),
                                "the condition in " + where + " is left out; write a [[class]] with match_* keys");
            } else if (statement.is(0, "else") && !statement.is(1, "if")) {
                network.defaults().inherit(scope(statement));
            } else {
                condition(statement, statement.from(statement.is(0, "else") ? 2 : 1));
            }
        }
    }

    private void condition(IscStatement statement, List<IscToken> test) {
        try {
            MatchConfig match = matcher.test(test);
            network.classes()
                    .add(new ImportedClass(
                            statement.place(), "if-on-line-" + statement.place().line(), match, scope(statement)));
        } catch (IllegalArgumentException e) {
            network.findings().add(statement.place(), "the condition is left out: its test " + e.getMessage());
        }
    }

    private ImportedScope scope(IscStatement statement) {
        ImportedScope scope = new ImportedScope();
        statement.body().forEach(inner -> parameters.read(inner, scope, "a condition"));
        return scope;
    }
}
