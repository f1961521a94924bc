package io.athena.dhcpd.app.leases;

import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseCsv;
import java.util.List;

/**
 * What came of the rows of an import.
 *
 * @param leases to be taken over
 * @param lines where each of them stands in the file
 * @param problems of the other rows
 * @param past rows left out because they are no longer in force
 */
public record CheckedRows(List<Lease> leases, List<Integer> lines, List<LeaseCsv.Problem> problems, int past) {}
