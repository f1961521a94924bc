package io.athena.dhcpd.app.probe;

import io.athena.dhcpd.core.net.Ipv4;

/** What the probe is to do. */
sealed interface Action {

    record Acquire() implements Action {}

    record Discover() implements Action {}

    record Renew(Ipv4 address) implements Action {}

    record Reboot(Ipv4 address) implements Action {}

    record Release(Ipv4 address) implements Action {}

    record Inform(Ipv4 address) implements Action {}

    record Raw(byte[] bytes) implements Action {}
}
