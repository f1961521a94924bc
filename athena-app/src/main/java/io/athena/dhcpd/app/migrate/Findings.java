package io.athena.dhcpd.app.migrate;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What could not be carried over and why. */
final class Findings {

    /** One thing that was left behind. */
    record Finding(Place place, String text) {
        @Override
        public String toString() {
            return place + ": " + text;
        }
    }

    private final Set<Finding> found = new LinkedHashSet<>();

    /** Adds one; the same thing is told once. */
    void add(Place place, String text) {
        found.add(new Finding(place, text));
    }

    /** All of them by file and line; the files in the order in which they were met. */
    List<Finding> all() {
        List<Path> files =
                found.stream().map(finding -> finding.place().file()).distinct().toList();
        return found.stream()
                .sorted(Comparator.comparingInt((Finding finding) ->
                                files.indexOf(finding.place().file()))
                        .thenComparingInt(finding -> finding.place().line()))
                .toList();
    }
}
