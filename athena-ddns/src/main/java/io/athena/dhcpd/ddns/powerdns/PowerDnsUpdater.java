package io.athena.dhcpd.ddns.powerdns;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.ddns.DnsTarget;
import io.athena.dhcpd.ddns.http.ApiClient;
import io.athena.dhcpd.ddns.http.TakeoverLog;
import io.athena.dhcpd.ddns.update.DnsFailure;
import io.athena.dhcpd.ddns.update.DnsNameText;
import io.athena.dhcpd.ddns.update.NameContents;
import io.athena.dhcpd.ddns.update.NamePlan;
import io.athena.dhcpd.ddns.update.NameRecord;
import io.athena.dhcpd.ddns.update.NameState;
import io.athena.dhcpd.ddns.update.Outcome;
import io.athena.dhcpd.ddns.update.PointerRecord;
import io.athena.dhcpd.ddns.update.UpdateRules;
import io.athena.dhcpd.ddns.update.ZoneEntry;
import io.athena.dhcpd.ddns.update.ZoneUpdater;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Keeps a zone of PowerDNS by its HTTP API (Authoritative Server 4; fast from 4.7 on). The API has no
 * conditions: what stands under a name is read, judged and written, address and DHCID in one transaction. Records that
 * are disabled there count as absent.
 */
public final class PowerDnsUpdater implements ZoneUpdater {

    private static final String A = "A";
    private static final String DHCID = "DHCID";
    private static final String PTR = "PTR";

    private final ApiClient client;
    private final PowerDnsApi api;
    private final UpdateRules rules;
    private final TakeoverLog takeovers;

    /** @param client for this zone alone, closed with it */
    public PowerDnsUpdater(
            ApiClient client, String zone, DnsTarget.PowerDns target, UpdateRules rules, TakeoverLog takeovers) {
        this.client = client;
        this.api = new PowerDnsApi(client, target.apiKey(), DnsNameText.plain(zone));
        this.rules = rules;
        this.takeovers = takeovers;
    }

    @Override
    public Outcome add(NameRecord name) throws DnsFailure, InterruptedException {
        List<RrSet> before = api.at(name.fqdn());
        NameContents contents = contents(before);
        NamePlan plan = NamePlan.add(contents, name, rules);
        Outcome outcome = carryOut(name.fqdn(), before, plan, true);
        if (plan instanceof NamePlan.Write write && write.takesOver()) {
            takeovers.tell(name, contents.state());
        }
        return outcome;
    }

    @Override
    public Outcome remove(NameRecord name) throws DnsFailure, InterruptedException {
        List<RrSet> before = api.at(name.fqdn());
        return carryOut(name.fqdn(), before, NamePlan.remove(contents(before), name, rules), false);
    }

    @Override
    public Outcome point(PointerRecord pointer) throws DnsFailure, InterruptedException {
        RrSet wanted = new RrSet(pointer.owner(), PTR, rules.ttl(), List.of(pointer.fqdn() + "."));
        Optional<RrSet> before = find(api.at(pointer.owner()), PTR);
        if (before.isEmpty()
                || before.get().ttl() != rules.ttl()
                || !names(before.get()).equals(List.of(pointer.fqdn()))) {
            api.replace(List.of(wanted));
        }
        return Outcome.DONE;
    }

    @Override
    public Outcome unpoint(PointerRecord pointer) throws DnsFailure, InterruptedException {
        Optional<RrSet> before = find(api.at(pointer.owner()), PTR);
        if (before.isEmpty()) {
            return Outcome.DONE;
        }
        RrSet set = before.get();
        if (!names(set).contains(pointer.fqdn())) {
            return Outcome.FOREIGN;
        }
        List<String> left = set.contents().stream()
                .filter(content -> !DnsNameText.plain(content).equals(pointer.fqdn()))
                .toList();
        api.replace(List.of(new RrSet(set.name(), PTR, set.ttl(), left)));
        return Outcome.DONE;
    }

    @Override
    public NameState look(String fqdn) throws DnsFailure, InterruptedException {
        return contents(api.at(fqdn)).state();
    }

    @Override
    public List<String> pointers(String owner) throws DnsFailure, InterruptedException {
        return find(api.at(owner), PTR).map(PowerDnsUpdater::names).orElse(List.of());
    }

    @Override
    public List<ZoneEntry> list() throws DnsFailure, InterruptedException {
        List<ZoneEntry> entries = new ArrayList<>();
        for (RrSet set : api.all(List.of(A, PTR))) {
            ZoneEntry.Type type = ZoneEntry.Type.valueOf(set.type());
            set.contents().forEach(content -> entries.add(new ZoneEntry(set.name(), type, DnsNameText.plain(content))));
        }
        return entries;
    }

    @Override
    public void close() {
        client.close();
    }

    private Outcome carryOut(String fqdn, List<RrSet> before, NamePlan plan, boolean refresh)
            throws DnsFailure, InterruptedException {
        if (!(plan instanceof NamePlan.Write write)) {
            return Outcome.FOREIGN;
        }
        List<RrSet> changes = new ArrayList<>();
        change(before, new RrSet(fqdn, A, rules.ttl(), texts(write.addresses())), refresh)
                .ifPresent(changes::add);
        change(before, new RrSet(fqdn, DHCID, rules.ttl(), List.copyOf(write.owners())), refresh)
                .ifPresent(changes::add);
        if (!changes.isEmpty()) {
            api.replace(changes);
        }
        return Outcome.DONE;
    }

    /** What is to be written so that a set is as it is wanted; a removal leaves the others' TTL as it is. */
    private static Optional<RrSet> change(List<RrSet> before, RrSet wanted, boolean refresh) {
        Optional<RrSet> there = find(before, wanted.type());
        long ttl = there.map(RrSet::ttl).orElse(wanted.ttl());
        Set<String> contents = there.map(set -> contents(set)).orElse(Set.of());
        boolean stale = refresh && ttl != wanted.ttl() && !wanted.contents().isEmpty();
        if (contents.equals(Set.copyOf(wanted.contents())) && !stale) {
            return Optional.empty();
        }
        return Optional.of(new RrSet(wanted.name(), wanted.type(), refresh ? wanted.ttl() : ttl, wanted.contents()));
    }

    private static NameContents contents(List<RrSet> sets) {
        Set<Ipv4> addresses = new TreeSet<>();
        find(sets, A).ifPresent(set -> set.contents()
                .forEach(text -> Ipv4.tryParse(text).ifPresent(addresses::add)));
        return NameContents.of(
                new NameState(
                        addresses,
                        find(sets, A).map(RrSet::ttl).orElse(0L),
                        find(sets, DHCID).map(PowerDnsUpdater::contents).orElse(Set.of())),
                sets.stream().map(RrSet::type).toList());
    }

    /** Long base64 may be written with blanks in it. */
    private static Set<String> contents(RrSet set) {
        return set.contents().stream().map(text -> text.replace(" ", "")).collect(Collectors.toSet());
    }

    private static List<String> names(RrSet set) {
        return set.contents().stream().map(DnsNameText::plain).toList();
    }

    private static List<String> texts(Collection<Ipv4> addresses) {
        return addresses.stream().map(Ipv4::toString).toList();
    }

    private static Optional<RrSet> find(List<RrSet> sets, String type) {
        return sets.stream().filter(set -> set.type().equals(type)).findFirst();
    }
}
