package io.athena.dhcpd.core.engine.sim;

/**
 * What may happen in one run besides what always does.
 *
 * @param wide pools of hundreds of addresses and thousands of clients, instead of a dozen of each
 * @param floods somebody invents clients
 * @param losses the store loses acknowledged records, and finds others damaged
 * @param strangeClocks the clock may be years ahead after a restart
 * @param probes addresses are probed before they are given, and some are in use
 */
record World(boolean wide, boolean floods, boolean losses, boolean strangeClocks, boolean probes) {

    /** Each of them within six seeds, and each with and without the others in the long run. */
    static World of(long seed) {
        boolean wide = seed % 6 == 5;
        return new World(
                wide,
                wide || seed % 3 == 0,
                seed % 2 == 0 || seed % 12 == 11,
                seed % 4 == 1,
                seed % 2 == 1 || seed % 12 == 6);
    }
}
