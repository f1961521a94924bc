package io.athena.dhcpd.core.link;

import jnr.ffi.LibraryLoader;

/** The processes that one program has started and that did not leave its group (kill(2)), which Java cannot reach. */
public final class ProcessGroup {

    private static final int SIGKILL = 9;

    /** The call used here; public because JNR generates its implementation in a package of its own. */
    public interface Libc {
        int kill(int processOrGroup, int signal);
    }

    private final Libc libc = LibraryLoader.create(Libc.class).load("c");

    /**
     * Ends every process of a group at once; nothing happens when it has none any more.
     *
     * @param leader process id of the group's leader, which may have ended
     * @throws IllegalArgumentException for ids that stand for more than one group
     */
    public void kill(long leader) {
        if (leader <= 1 || leader > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(leader + " leads no group");
        }
        libc.kill(-(int) leader, SIGKILL);
    }
}
