package io.athena.dhcpd.ddns.outbox;

import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.ddns.update.Dhcid;
import io.athena.dhcpd.ddns.update.DnsFailure;
import io.athena.dhcpd.ddns.update.NameRecord;
import io.athena.dhcpd.ddns.update.NameState;
import io.athena.dhcpd.ddns.update.Outcome;
import io.athena.dhcpd.ddns.update.PointerRecord;
import io.athena.dhcpd.ddns.update.ZoneEntry;
import io.athena.dhcpd.ddns.update.ZoneUpdater;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A name server in memory that keeps names as RFC 4703 says, under the policy {@code skip}. */
public final class FakeDns implements ZoneUpdater {

    public record Owned(Ipv4 address, @Nullable ClientKey client) {}

    public final Map<String, Owned> names = new TreeMap<>();
    public final Map<String, String> pointers = new TreeMap<>();
    public final List<String> log = new ArrayList<>();
    public final Map<String, DnsFailure> refused = new HashMap<>();

    public volatile @Nullable DnsFailure down;
    public boolean listable = true;
    public int looks;

    /** A record that this server did not make. */
    public void foreign(String fqdn, String address) {
        names.put(fqdn, new Owned(Ipv4.parse(address), null));
    }

    private void answer() throws DnsFailure {
        DnsFailure failure = down;
        if (failure != null) {
            throw failure;
        }
    }

    private void check(String what, String name) throws DnsFailure {
        answer();
        log.add(what + " " + name);
        DnsFailure refusal = refused.get(name);
        if (refusal != null) {
            throw refusal;
        }
    }

    @Override
    public synchronized Outcome add(NameRecord name) throws DnsFailure {
        check("add", name.fqdn());
        Owned owned = names.get(name.fqdn());
        if (owned != null && !name.client().equals(owned.client())) {
            return Outcome.FOREIGN;
        }
        names.put(name.fqdn(), new Owned(name.address(), name.client()));
        return Outcome.DONE;
    }

    @Override
    public synchronized Outcome remove(NameRecord name) throws DnsFailure {
        check("remove", name.fqdn());
        Owned owned = names.get(name.fqdn());
        if (owned == null) {
            return Outcome.DONE;
        }
        if (!name.client().equals(owned.client())) {
            return Outcome.FOREIGN;
        }
        if (owned.address().equals(name.address())) {
            names.remove(name.fqdn());
        }
        return Outcome.DONE;
    }

    @Override
    public synchronized Outcome point(PointerRecord pointer) throws DnsFailure {
        check("point", pointer.owner());
        pointers.put(pointer.owner(), pointer.fqdn());
        return Outcome.DONE;
    }

    @Override
    public synchronized Outcome unpoint(PointerRecord pointer) throws DnsFailure {
        check("unpoint", pointer.owner());
        String said = pointers.get(pointer.owner());
        if (said != null && !said.equals(pointer.fqdn())) {
            return Outcome.FOREIGN;
        }
        pointers.remove(pointer.owner());
        return Outcome.DONE;
    }

    @Override
    public synchronized NameState look(String fqdn) throws DnsFailure {
        looked();
        Owned owned = names.get(fqdn);
        if (owned == null) {
            return new NameState(Set.of(), 0, Set.of());
        }
        Set<String> owners = owned.client() == null
                ? Set.of()
                : Set.of(Dhcid.of(owned.client(), fqdn).toBase64());
        return new NameState(Set.of(owned.address()), 300, owners);
    }

    private void looked() throws DnsFailure {
        looks++;
        answer();
    }

    @Override
    public synchronized List<String> pointers(String owner) throws DnsFailure {
        looked();
        return pointers.containsKey(owner) ? List.of(pointers.get(owner)) : List.of();
    }

    @Override
    public synchronized List<ZoneEntry> list() throws DnsFailure {
        answer();
        if (!listable) {
            throw new DnsFailure(DnsFailure.Reach.SERVER, "it may not be listed", null);
        }
        List<ZoneEntry> all = new ArrayList<>();
        names.forEach((name, owned) ->
                all.add(new ZoneEntry(name, ZoneEntry.Type.A, owned.address().toString())));
        pointers.forEach((owner, name) -> all.add(new ZoneEntry(owner, ZoneEntry.Type.PTR, name)));
        return all;
    }

    @Override
    public void close() {}
}
