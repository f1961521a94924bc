package io.athena.dhcpd.ddns.rfc2136;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.ddns.update.DnsFailure;
import io.athena.dhcpd.ddns.update.NameState;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DHCIDRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** What stands under a name, as the server tells it. */
final class States {

    private States() {}

    static NameState of(ZoneClient zone, Name name) throws DnsFailure, InterruptedException {
        List<ARecord> addresses = zone.query(name, Type.A, ARecord.class);
        Set<Ipv4> values = new TreeSet<>();
        addresses.forEach(address -> values.add(Records.address(address)));
        Set<String> owners = new TreeSet<>();
        for (DHCIDRecord owner : zone.query(name, Type.DHCID, DHCIDRecord.class)) {
            owners.add(Base64.getEncoder().encodeToString(owner.getData()));
        }
        return new NameState(values, addresses.isEmpty() ? 0 : addresses.get(0).getTTL(), owners);
    }
}
