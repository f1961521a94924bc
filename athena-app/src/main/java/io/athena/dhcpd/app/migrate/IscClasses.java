package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.core.config.MatchConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Classes and subclasses of ISC dhcpd, as patterns. */
final class IscClasses {

    private static final class Kind {
        private final IscStatement statement;
        private final List<IscStatement> members = new ArrayList<>();
        private final ImportedScope scope = new ImportedScope();
        private @Nullable List<IscToken> test;
        private @Nullable List<IscToken> expression;

        Kind(IscStatement statement) {
            this.statement = statement;
        }
    }

    private final Map<String, Kind> kinds = new LinkedHashMap<>();
    private final ImportedNetwork network;
    private final IscParameters parameters;
    private final IscMatch matcher;

    IscClasses(ImportedNetwork network, IscParameters parameters, IscMatch matcher) {
        this.network = network;
        this.parameters = parameters;
        this.matcher = matcher;
    }

    /** Takes in {@code class "name" { ... }} or {@code subclass "name" value { ... }}. */
    void add(IscStatement statement) {
        Kind kind = kinds.computeIfAbsent(statement.word(1), name -> new Kind(statement));
        if (statement.is(0, "subclass")) {
            kind.members.add(statement);
            return;
        }
        for (IscStatement inner : statement.body()) {
            if (inner.starts("match", "if")) {
                kind.test = inner.from(2);
            } else if (inner.is(0, "match")) {
                kind.expression = inner.from(1);
            } else {
                parameters.read(inner, kind.scope, "a class");
            }
        }
    }

    /** Writes down the classes that have options of their own; the others live on in the pools that name them. */
    void finish() {
        kinds.forEach((name, kind) -> {
            if (kind.test != null && !kind.scope.isEmpty()) {
                addClass(kind.statement.place(), name, () -> matcher.test(kind.test), kind.scope);
            }
            kind.members.forEach(member -> finishMember(name, kind, member));
        });
    }

    private void finishMember(String name, Kind kind, IscStatement member) {
        ImportedScope scope = new ImportedScope();
        member.body().forEach(inner -> parameters.read(inner, scope, "a subclass"));
        scope.inherit(kind.scope);
        if (!scope.isEmpty()) {
            String own = name + "-" + member.word(2).replaceAll("[^A-Za-z0-9.-]", "-");
            addClass(member.place(), own, () -> matchOf(kind, member), scope);
        }
    }

    private interface Matching {
        MatchConfig match();
    }

    private void addClass(Place place, String name, Matching matching, ImportedScope scope) {
        try {
            network.classes().add(new ImportedClass(place, name, matching.match(), scope));
        } catch (IllegalArgumentException e) {
            network.findings().add(place, "class " + name + " is left out: its test " + e.getMessage());
        }
    }

    /** The pattern of a class's members. @throws IllegalArgumentException when there is none; the message says why */
    MatchConfig matchOf(String name) {
        Kind kind = kinds.get(name);
        if (kind == null) {
            throw new IllegalArgumentException("class " + name + " is not defined");
        }
        if (kind.test != null && kind.members.isEmpty()) {
            return tested(name, () -> matcher.test(kind.test));
        }
        if (kind.members.size() != 1) {
            throw new IllegalArgumentException("class " + name + " has " + kind.members.size()
                    + " subclasses, and a pool takes one pattern; make" + " a pool for each of them");
        }
        return tested(name, () -> matchOf(kind, kind.members.get(0)));
    }

    private static MatchConfig tested(String name, Matching matching) {
        try {
            return matching.match();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the test of class " + name + " " + e.getMessage());
        }
    }

    private MatchConfig matchOf(Kind kind, IscStatement member) {
        if (kind.expression == null) {
            throw new IllegalArgumentException("is missing: the class says nowhere what its subclasses compare");
        }
        return matcher.value(kind.expression, member.from(2));
    }
}
