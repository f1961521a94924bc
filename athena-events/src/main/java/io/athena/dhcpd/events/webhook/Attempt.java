package io.athena.dhcpd.events.webhook;

/** What became of one request. */
sealed interface Attempt {

    /** The target took it. */
    record Taken() implements Attempt {}

    /**
     * It did not, or could not be asked.
     *
     * @param reason in one line, without secrets
     * @param later whether it may at another time: a target that says what is wrong with the request is not asked again
     */
    record Failed(String reason, boolean later) implements Attempt {}
}
