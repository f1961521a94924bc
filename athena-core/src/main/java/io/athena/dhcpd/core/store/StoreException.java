package io.athena.dhcpd.core.store;

import org.jspecify.annotations.Nullable;

/** Thrown when a store folder cannot be used; the message says why and what to do, for the person who can. */
public final class StoreException extends Exception {

    private static final long serialVersionUID = 1L;

    StoreException(String message) {
        super(message);
    }

    StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
