package io.athena.dhcpd.ddns.technitium;

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
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Keeps a zone of Technitium DNS Server by its HTTP API, release 11.2 and later: from there on it stores types that it
 * does not know by itself, and so the DHCID of RFC 4701. The API writes one record a request, so the DHCID comes before
 * the address and goes after it: what a crash leaves behind is still known as the client's. Where a name is shared
 * ({@code append}) the TTL stays as it is. Records that are disabled there count as absent.
 */
public final class TechnitiumUpdater implements ZoneUpdater {

    private static final String A = "A";
    private static final String DHCID = "DHCID";
    private static final String PTR = "PTR";

    private final ApiClient client;
    private final TechnitiumApi api;
    private final UpdateRules rules;
    private final TakeoverLog takeovers;

    /** @param client for this zone alone, closed with it */
    public TechnitiumUpdater(
            ApiClient client, String zone, DnsTarget.Technitium target, UpdateRules rules, TakeoverLog takeovers) {
        this.client = client;
        this.api = new TechnitiumApi(client, target.apiKey(), DnsNameText.plain(zone));
        this.rules = rules;
        this.takeovers = takeovers;
    }

    @Override
    public Outcome add(NameRecord name) throws DnsFailure, InterruptedException {
        List<ApiRecord> before = api.at(name.fqdn());
        NameContents contents = contents(before);
        if (!(NamePlan.add(contents, name, rules) instanceof NamePlan.Write write)) {
            return Outcome.FOREIGN;
        }
        write(name.fqdn(), DHCID, before, write.owners());
        write(name.fqdn(), A, before, texts(write.addresses()));
        if (write.takesOver()) {
            takeovers.tell(name, contents.state());
        }
        return Outcome.DONE;
    }

    @Override
    public Outcome remove(NameRecord name) throws DnsFailure, InterruptedException {
        List<ApiRecord> before = api.at(name.fqdn());
        if (!(NamePlan.remove(contents(before), name, rules) instanceof NamePlan.Write write)) {
            return Outcome.FOREIGN;
        }
        deleteOthers(A, before, texts(write.addresses()));
        deleteOthers(DHCID, before, write.owners());
        return Outcome.DONE;
    }

    @Override
    public Outcome point(PointerRecord pointer) throws DnsFailure, InterruptedException {
        write(pointer.owner(), PTR, api.at(pointer.owner()), Set.of(pointer.fqdn()));
        return Outcome.DONE;
    }

    @Override
    public Outcome unpoint(PointerRecord pointer) throws DnsFailure, InterruptedException {
        List<ApiRecord> before = api.at(pointer.owner());
        Set<String> left = values(before, PTR);
        if (left.isEmpty()) {
            return Outcome.DONE;
        }
        if (!left.remove(pointer.fqdn())) {
            return Outcome.FOREIGN;
        }
        deleteOthers(PTR, before, left);
        return Outcome.DONE;
    }

    @Override
    public NameState look(String fqdn) throws DnsFailure, InterruptedException {
        return contents(api.at(fqdn)).state();
    }

    @Override
    public List<String> pointers(String owner) throws DnsFailure, InterruptedException {
        return List.copyOf(values(api.at(owner), PTR));
    }

    @Override
    public List<ZoneEntry> list() throws DnsFailure, InterruptedException {
        return api.all(List.of(A, PTR)).stream()
                .map(record -> new ZoneEntry(record.name(), ZoneEntry.Type.valueOf(record.type()), record.value()))
                .toList();
    }

    @Override
    public void close() {
        client.close();
    }

    /** Makes a set say this and nothing else. */
    private void write(String name, String type, List<ApiRecord> before, Set<String> wanted)
            throws DnsFailure, InterruptedException {
        Set<String> there = values(before, type);
        if (wanted.size() == 1) {
            boolean stale = before.stream().anyMatch(one -> one.type().equals(type) && one.ttl() != rules.ttl());
            if (!there.equals(wanted) || stale) {
                api.add(new ApiRecord(name, type, rules.ttl(), wanted.iterator().next()), true);
            }
            return;
        }
        for (String value : wanted) {
            if (!there.contains(value)) {
                api.add(new ApiRecord(name, type, rules.ttl(), value), false);
            }
        }
        deleteOthers(type, before, wanted);
    }

    private void deleteOthers(String type, List<ApiRecord> before, Set<String> wanted)
            throws DnsFailure, InterruptedException {
        for (ApiRecord record : before) {
            if (record.type().equals(type) && !wanted.contains(record.value())) {
                api.delete(record);
            }
        }
    }

    private static NameContents contents(List<ApiRecord> records) {
        Set<Ipv4> addresses = values(records, A).stream()
                .flatMap(text -> Ipv4.tryParse(text).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        long ttl = records.stream()
                .filter(record -> record.type().equals(A))
                .mapToLong(ApiRecord::ttl)
                .findFirst()
                .orElse(0);
        return NameContents.of(
                new NameState(addresses, ttl, values(records, DHCID)),
                records.stream().map(ApiRecord::type).toList());
    }

    private static Set<String> values(List<ApiRecord> records, String type) {
        return records.stream()
                .filter(record -> record.type().equals(type))
                .map(ApiRecord::value)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> texts(Set<Ipv4> addresses) {
        return addresses.stream().map(Ipv4::toString).collect(Collectors.toCollection(TreeSet::new));
    }
}
