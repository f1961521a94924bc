package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.core.config.MatchConfig;
import io.athena.dhcpd.core.net.AddressRange;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code pool} and {@code range}. A pool that is closed to somebody is never opened by the import: what cannot be
 * said by a pattern stays behind.
 */
final class IscPools {

    private final ImportedNetwork network;
    private final IscParameters parameters;
    private final IscClasses classes;

    IscPools(ImportedNetwork network, IscParameters parameters, IscClasses classes) {
        this.network = network;
        this.parameters = parameters;
        this.classes = classes;
    }

    /** Who may use a pool. */
    private static final class Permits {
        private final List<String> members = new ArrayList<>();
        private boolean bootp;
    }

    /** Takes in a {@code range} that stands in a subnet. */
    void range(IscStatement statement) {
        add(statement, MatchConfig.ANY, false, new ImportedScope());
    }

    /**
     * Takes in a {@code pool}.
     *
     * @param beside the whole level that it stands in
     */
    void pool(IscStatement statement, List<IscStatement> beside) {
        ImportedScope scope = new ImportedScope();
        Permits permits = new Permits();
        List<IscStatement> ranges = new ArrayList<>();
        try {
            for (IscStatement inner : statement.body()) {
                if (inner.is(0, "range")) {
                    ranges.add(inner);
                } else if (inner.is(0, "allow") || inner.is(0, "deny")) {
                    permit(inner, permits, beside);
                } else {
                    parameters.read(inner, scope, "a pool");
                }
            }
            MatchConfig match = match(permits);
            ranges.forEach(range -> add(range, match, permits.bootp, scope.copy()));
        } catch (IllegalArgumentException e) {
            network.findings()
                    .add(
                            statement.place(),
                            "the pool is left out, so that it is not open to everybody: " + e.getMessage());
        }
    }

    private MatchConfig match(Permits permits) {
        if (permits.members.size() > 1) {
            throw new IllegalArgumentException("it is for members of " + permits.members
                    + ", and a pool takes one pattern; make a pool for each of them");
        }
        return permits.members.isEmpty() ? MatchConfig.ANY : classes.matchOf(permits.members.get(0));
    }

    private void permit(IscStatement statement, Permits permits, List<IscStatement> beside) {
        boolean allow = statement.is(0, "allow");
        if (is(statement, 1, "members", "of")) {
            if (allow) {
                permits.members.add(statement.word(3));
            } else {
                keepOut(statement, beside);
            }
        } else if (is(statement, 1, "dynamic", "bootp")) {
            permits.bootp = allow;
        } else if (allow && is(statement, 1, "unknown-clients")
                || allow && is(statement, 1, "unknown", "clients")
                || !allow && is(statement, 1, "known-clients")
                || !allow && is(statement, 1, "known", "clients")) {
            network.findings()
                    .add(
                            statement.place(),
                            "'" + statement.text() + "': the pool is open to all; clients with a reservation get that");
        } else if (!(allow && is(statement, 1, "all", "clients"))) {
            throw new IllegalArgumentException(
                    "'" + statement.text() + "' cannot be said by a pattern; give each client a [[subnet.reservation]],"
                            + " or the pool a match_* key");
        }
    }

    private static boolean is(IscStatement statement, int from, String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!statement.is(from + i, words[i])) {
                return false;
            }
        }
        return true;
    }

    /** Members of a class with a pool of its own beside this one go there first. */
    private void keepOut(IscStatement deny, List<IscStatement> beside) {
        boolean elsewhere = beside.stream()
                .filter(statement -> statement.is(0, "pool"))
                .flatMap(pool -> pool.body().stream())
                .anyMatch(inner ->
                        inner.starts("allow", "members", "of") && inner.word(3).equals(deny.word(3)));
        if (!elsewhere) {
            throw new IllegalArgumentException("'" + deny.text() + "': a pattern says who is in, not who is out");
        }
        network.findings()
                .add(
                        deny.place(),
                        "'" + deny.text() + "': they get addresses from their own pool first, and from this one when"
                                + " it is full");
    }

    private void add(IscStatement range, MatchConfig match, boolean bootpAllowed, ImportedScope scope) {
        boolean bootp = range.is(1, "dynamic-bootp");
        int index = bootp ? 2 : 1;
        Optional<Ipv4> first = Ipv4.tryParse(range.word(index));
        Optional<Ipv4> last = range.size() > index + 1 ? Ipv4.tryParse(range.word(index + 1)) : first;
        if (first.isEmpty() || last.isEmpty()) {
            network.findings().add(range.place(), "'" + range.text() + "' is no range of addresses");
            return;
        }
        boolean swapped = first.get().compareTo(last.get()) > 0;
        Ipv4 from = swapped ? last.get() : first.get();
        Ipv4 to = swapped ? first.get() : last.get();
        Optional<ImportedSubnet> subnet = network.subnetOf(from);
        if (subnet.isEmpty()) {
            network.findings().add(range.place(), "'" + range.text() + "' lies in no subnet");
            return;
        }
        AddressRange usable = subnet.get().usable(from, to);
        if (usable != null) {
            subnet.get().pools().add(new ImportedPool(range.place(), usable, match, bootp || bootpAllowed, scope));
        }
    }
}
