package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.core.config.MatchConfig;
import io.athena.dhcpd.core.net.AddressRange;

/** A range of addresses with whom it is for. */
record ImportedPool(Place place, AddressRange range, MatchConfig match, boolean bootp, ImportedScope scope) {}
