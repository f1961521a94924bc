package io.athena.dhcpd.ddns.rfc2136;

import org.junit.jupiter.api.Tag;

/** Knot DNS takes a key that a zone's ACL does not name for one it does not know. */
@Tag("real-server")
class KnotUpdaterTest extends RealServerContract {

    KnotUpdaterTest() {
        super(NameServer.Kind.KNOT);
    }

    @Override
    String withoutPermission() {
        return "(BADKEY): the server does not know the key 'stranger' with hmac-sha256, or does not let it do this"
                + " (on Knot DNS: acl)";
    }

    @Override
    String withoutSignature() {
        return "(NOTAUTH); some servers say so when a message is not signed";
    }

    @Override
    String closedZone() {
        return "(BADKEY): the server does not know the key 'key-hmac-sha256' with hmac-sha256, or does not let it do"
                + " this (on Knot DNS: acl)";
    }

    @Override
    String closedList() {
        return closedZone();
    }
}
