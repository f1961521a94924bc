package io.athena.dhcpd.app.explain;

import io.athena.dhcpd.core.engine.Offer;
import io.athena.dhcpd.core.journal.RecoveredState;
import java.util.List;

/**
 * What stands in the server at the moment.
 *
 * @param leases leases, conflicts and exclusions
 * @param offers OFFERs that are not answered yet
 * @param clockDoubted whether a running server does not believe its clock
 * @param notes where it comes from, and what is amiss with it
 */
record Standing(RecoveredState leases, List<Offer> offers, boolean clockDoubted, List<String> notes) {}
