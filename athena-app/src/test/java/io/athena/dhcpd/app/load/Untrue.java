package io.athena.dhcpd.app.load;

import java.util.Objects;

/** Says what was found in place of a fact. */
final class Untrue extends RuntimeException {

    private static final long serialVersionUID = 1;

    Untrue(String found) {
        super(found);
    }

    static void when(boolean wrong, String found) {
        if (wrong) {
            throw new Untrue(found);
        }
    }

    static void unlessEqual(String what, Object found, Object wanted) {
        when(!Objects.equals(found, wanted), what + " is " + found + " in place of " + wanted);
    }
}
