package io.athena.dhcpd.app;

/** What the program's exit status says; {@code --help} lists the same. */
public final class ExitCode {

    /** Done; for the server: asked to stop and stopped cleanly. */
    public static final int OK = 0;

    /** The configuration has problems, or the command could not do its work. */
    public static final int FAILED = 1;

    /** The command line is wrong. */
    public static final int USAGE = 2;

    /** The lease store cannot be opened: held by another process, written by a newer release, no access. */
    public static final int STORE = 3;

    /** The configuration asks for a role that this release refuses to serve in. */
    public static final int REFUSED = 4;

    private ExitCode() {}
}
