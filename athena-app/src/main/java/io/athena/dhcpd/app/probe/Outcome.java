package io.athena.dhcpd.app.probe;

/** How a probe ended; the exit codes stand in its help. */
enum Outcome {
    ANSWERED(0),
    UNSENT(1),
    NO_ANSWER(5),
    REFUSED(6);

    private final int exitCode;

    Outcome(int exitCode) {
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
