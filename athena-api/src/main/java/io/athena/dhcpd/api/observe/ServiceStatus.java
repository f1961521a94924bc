package io.athena.dhcpd.api.observe;

import java.util.List;

/** What the data plane says about itself; any thread may ask, and no answer blocks. */
public interface ServiceStatus {

    /** Whether leases can be made durable; while they cannot, requests stay unanswered. */
    boolean journalWritable();

    /** Configured interfaces that are not served yet: missing, down or without an address. */
    List<String> waitingInterfaces();

    /** What does not work although leases are given out, each with its cure; empty when all is well. */
    List<String> degradations();
}
