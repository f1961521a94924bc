package io.athena.dhcpd.ddns.update;

import org.jspecify.annotations.Nullable;

/** An update that did not take place, or of which that is not known; it is worth another attempt later. */
public final class DnsFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** How far the trouble reaches. */
    public enum Reach {
        /** The server cannot be reached or refuses whatever is asked with this key: other names fare no better. */
        SERVER,
        /** The server answers, and does not serve this zone, or not by this key: other zones may fare better. */
        ZONE,
        /** Only this name is refused. */
        NAME
    }

    private final Reach reach;

    /** @param message a sentence for the one who can mend it: what the server said, and what to look at; no secrets */
    public DnsFailure(Reach reach, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reach = reach;
    }

    /** Whether other names are concerned. */
    public Reach reach() {
        return reach;
    }
}
