package io.athena.dhcpd.core.config;

/**
 * One thing wrong in a configuration.
 *
 * @param severity whether the configuration can be used all the same
 * @param path the key it is about, such as {@code subnet[2].pool[1].range_start} (counted from 1); empty for the file
 * @param line the line in the file from 1; 0 when it concerns the whole file
 * @param text what is wrong
 * @param cure what to do about it
 */
public record ConfigProblem(Severity severity, String path, int line, String text, String cure) {

    public enum Severity {
        /** The configuration is used; somebody should look at it. */
        WARNING,
        /** The configuration is refused. */
        ERROR
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** One line: where, what, cure. */
    @Override
    public String toString() {
        return (line > 0 ? "line " + line + ": " : "")
                + (path.isEmpty() ? "" : path + ": ")
                + text
                + (cure.isEmpty() ? "" : "; " + cure);
    }
}
