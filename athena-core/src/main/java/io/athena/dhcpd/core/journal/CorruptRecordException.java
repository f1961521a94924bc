package io.athena.dhcpd.core.journal;

/** Thrown when stored bytes are not a record of the kind that was asked for; the message says what is wrong. */
public final class CorruptRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    CorruptRecordException(String message) {
        super(message);
    }
}
