package io.athena.dhcpd.ddns.rfc2136;

class PdnsUpdaterTest extends RealServerContract {

    PdnsUpdaterTest() {
        super(NameServer.Kind.PDNS);
    }
}
