package io.athena.dhcpd.ddns.reconcile;

import io.athena.dhcpd.core.net.Ipv4;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a comparison has found so far; written by its thread, read by others. */
final class Findings {

    private final boolean repair;
    private final long startedAt;
    private final List<Drift> drifts = new ArrayList<>();
    private final Set<String> troubles = new LinkedHashSet<>();
    private boolean running = true;
    private long leases;
    private long unanswered;
    private long waiting;
    private long drifted;
    private long repaired;

    Findings(boolean repair, long startedAt) {
        this.repair = repair;
        this.startedAt = startedAt;
    }

    synchronized void compared() {
        leases++;
    }

    synchronized void unanswered() {
        unanswered++;
    }

    synchronized void leftOut() {
        waiting++;
    }

    /** Notes a difference. @return whether it is to be put right */
    synchronized boolean drift(Drift.Kind kind, Ipv4 ip, String name, String detail) {
        drifted++;
        if (drifts.size() < Reconciliation.MOST_DRIFTS) {
            drifts.add(new Drift(kind, ip.toString(), name, detail));
        }
        boolean mend = repair && kind.isRepairable();
        if (mend) {
            repaired++;
        }
        return mend;
    }

    synchronized void trouble(String sentence) {
        troubles.add(sentence);
    }

    synchronized void over() {
        running = false;
    }

    synchronized Reconciliation snapshot() {
        return new Reconciliation(
                running,
                repair,
                startedAt,
                leases,
                unanswered,
                waiting,
                List.copyOf(drifts),
                drifted,
                repaired,
                List.copyOf(troubles));
    }
}
