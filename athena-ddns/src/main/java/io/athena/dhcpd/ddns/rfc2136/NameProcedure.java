package io.athena.dhcpd.ddns.rfc2136;

import io.athena.dhcpd.ddns.update.DnsFailure;
import io.athena.dhcpd.ddns.update.NameRecord;
import io.athena.dhcpd.ddns.update.Outcome;

/** How a name is given and taken, so that nobody else's is. Prerequisites of the updates decide, never an earlier look. */
interface NameProcedure {

    Outcome add(NameRecord name) throws DnsFailure, InterruptedException;

    Outcome remove(NameRecord name) throws DnsFailure, InterruptedException;
}
