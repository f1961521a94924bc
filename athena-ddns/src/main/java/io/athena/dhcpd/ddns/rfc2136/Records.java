package io.athena.dhcpd.ddns.rfc2136;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.ddns.update.Dhcid;
import io.athena.dhcpd.ddns.update.NameRecord;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DHCIDRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;

/** Our values as DNS records, and back. */
final class Records {

    private Records() {}

    /** @throws IllegalArgumentException when it is none that DNS can hold */
    static Name absolute(String name) {
        try {
            return Name.fromString(name, Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException("'" + name + "' is not a domain name", e);
        }
    }

    /** As it stands in values: lower case, no dot at the end. */
    static String text(Name name) {
        return name.toString(true).toLowerCase(Locale.ROOT);
    }

    static ARecord a(NameRecord name, long ttl) {
        try {
            InetAddress address = InetAddress.getByAddress(name.address().toBytes());
            return new ARecord(absolute(name.fqdn()), DClass.IN, ttl, address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    static DHCIDRecord dhcid(NameRecord name, long ttl) {
        byte[] data = Dhcid.of(name.client(), name.fqdn()).toBytes();
        return new DHCIDRecord(absolute(name.fqdn()), DClass.IN, ttl, data);
    }

    static PTRRecord ptr(String owner, String target, long ttl) {
        return new PTRRecord(absolute(owner), DClass.IN, ttl, absolute(target));
    }

    /** As a prerequisite has it: with a TTL of 0 (RFC 2136 section 2.4.2). */
    static Record required(Record record) {
        return Record.newRecord(record.getName(), record.getType(), DClass.IN, 0, record.rdataToWireCanonical());
    }

    static Ipv4 address(ARecord a) {
        return Ipv4.of(a.getAddress().getAddress(), 0);
    }
}
