package io.athena.dhcpd.core.config;

import io.athena.dhcpd.core.config.ConfigProblem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong while a file is read; bounded, whatever the file. */
final class Problems {

    private static final int MAX_PROBLEMS = 500;
    private static final int MAX_TEXT = 300;

    private final List<ConfigProblem> found = new ArrayList<>();
    private int untold;
    private boolean errors;

    void error(String path, int line, String text, String cure) {
        errors = true;
        add(Severity.ERROR, path, line, text, cure);
    }

    void warning(String path, int line, String text, String cure) {
        add(Severity.WARNING, path, line, text, cure);
    }

    private void add(Severity severity, String path, int line, String text, String cure) {
        if (found.size() < MAX_PROBLEMS) {
            found.add(new ConfigProblem(severity, printable(path), line, printable(text), printable(cure)));
        } else {
            untold++;
        }
    }

    /** The file's own words go to terminals and logs: no control characters, no endless ones. */
    private static String printable(String text) {
        String shown = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "..." : text;
        return shown.codePoints().noneMatch(Character::isISOControl) ? shown : shown.replaceAll("\\p{Cntrl}", "?");
    }

    /** Whether more problems would only be counted. */
    boolean isFull() {
        return found.size() == MAX_PROBLEMS;
    }

    boolean hasErrors() {
        return errors;
    }

    /** Everything found, by line. */
    List<ConfigProblem> inFileOrder() {
        List<ConfigProblem> all = new ArrayList<>(found);
        all.sort(Comparator.comparingInt(ConfigProblem::line));
        if (untold > 0) {
            all.add(new ConfigProblem(
                    errors ? Severity.ERROR : Severity.WARNING,
                    "",
                    0,
                    untold + " more problems are not listed",
                    "correct these first"));
        }
        return all;
    }
}
