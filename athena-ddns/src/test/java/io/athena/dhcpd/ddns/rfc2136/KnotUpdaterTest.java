package io.athena.dhcpd.ddns.rfc2136;

class KnotUpdaterTest extends RealServerContract {

    KnotUpdaterTest() {
        super(NameServer.Kind.KNOT);
    }
}
