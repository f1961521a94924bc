package io.athena.dhcpd.app.migrate;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Tells what was carried over and what was not. */
final class MigrationReport {

    private static final int MAX_LEASES_SHOWN = 100;

    private final PrintWriter out;

    MigrationReport(PrintWriter out) {
        this.out = out;
    }

    void configuration(Path from, Path to, ImportedNetwork network, FittingConfig fitting) {
        List<ImportedSubnet> subnets = network.subnets();
        out.printf(
                "%s: carried over %s, %s, %s, %s%n",
                from,
                counted(subnets.size(), "subnet", "subnets"),
                counted(
                        subnets.stream()
                                .mapToInt(subnet -> subnet.pools().size())
                                .sum(),
                        "pool",
                        "pools"),
                counted(
                        subnets.stream()
                                .mapToInt(subnet -> subnet.reservations().size())
                                .sum(),
                        "reservation",
                        "reservations"),
                counted(network.classes().size(), "class", "classes"));
        out.printf(
                "%s: written; 'check' has no errors and %s%n", to, counted(fitting.warnings(), "warning", "warnings"));
        List<Findings.Finding> findings = network.findings().all();
        out.println(findings.isEmpty() ? "Nothing was left behind." : "Not carried over:");
        findings.forEach(finding -> out.println("  " + finding));
    }

    void leases(Path from, int kept, int ended, Findings leftBehind) {
        out.printf("%s: carried over %s; %d had ended%n", from, counted(kept, "lease", "leases"), ended);
        List<Findings.Finding> findings = leftBehind.all();
        if (!findings.isEmpty()) {
            out.println("Leases not carried over:");
        }
        findings.stream().limit(MAX_LEASES_SHOWN).forEach(finding -> out.println("  " + finding));
        if (findings.size() > MAX_LEASES_SHOWN) {
            out.println("  and " + (findings.size() - MAX_LEASES_SHOWN) + " more");
        }
    }

    private static String counted(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
