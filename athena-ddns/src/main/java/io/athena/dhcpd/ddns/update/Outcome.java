package io.athena.dhcpd.ddns.update;

/** What a name server made of an update; a failure to get that far is a {@link DnsFailure}. */
public enum Outcome {
    /** The zone says what it was to say, whether anything had to be changed for it or not. */
    DONE,
    /** The name belongs to somebody else and was left as it was: nothing of ours stands there. */
    FOREIGN
}
