package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.core.config.MatchConfig;

/** A named kind of clients with options of its own. */
record ImportedClass(Place place, String name, MatchConfig match, ImportedScope scope) {}
