package io.athena.dhcpd.ddns.rfc2136;

import org.junit.jupiter.api.Tag;

/** PowerDNS refuses what is wrong with a signature without saying what it is. */
@Tag("real-server")
class PdnsUpdaterTest extends RealServerContract {

    private static final String UNSIGNED =
            "is refused (REFUSED), and the answer is not signed: the server does not accept the key '";

    PdnsUpdaterTest() {
        super(NameServer.Kind.PDNS);
    }

    @Override
    String unknownKey() {
        return UNSIGNED;
    }

    @Override
    String anotherSecret() {
        return UNSIGNED;
    }

    @Override
    String anotherAlgorithm() {
        return UNSIGNED;
    }

    @Override
    String differentClocks(long offset) {
        return UNSIGNED;
    }

    @Override
    String unknownZone() {
        return "(REFUSED)";
    }
}
