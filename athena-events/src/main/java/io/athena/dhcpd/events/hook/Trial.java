package io.athena.dhcpd.events.hook;

/** What became of the wish to try a hook. */
public enum Trial {
    /** The event is on its way; how it goes is in the hook's status. */
    GIVEN,
    /** So many events are under way already that there is no room for another one. */
    BUSY,
    /** There is no hook of this name. */
    UNKNOWN
}
