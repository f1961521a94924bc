package io.athena.dhcpd.ddns.rfc2136;

class BindUpdaterTest extends RealServerContract {

    BindUpdaterTest() {
        super(NameServer.Kind.BIND);
    }
}
