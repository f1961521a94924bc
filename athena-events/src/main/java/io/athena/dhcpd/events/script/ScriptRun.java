package io.athena.dhcpd.events.script;

/** How a run of a script ended. */
sealed interface ScriptRun {

    /** It ended by itself with this exit code. @param stderr what it said, in one line */
    record Exited(int code, String stderr) implements ScriptRun {}

    /** It was killed because its time was over. */
    record TimedOut(String stderr) implements ScriptRun {}

    /** It could not be started. */
    record NotStarted(String reason) implements ScriptRun {}
}
