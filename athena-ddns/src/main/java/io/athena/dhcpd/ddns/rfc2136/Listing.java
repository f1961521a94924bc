package io.athena.dhcpd.ddns.rfc2136;

import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.update.DnsFailure;
import io.athena.dhcpd.ddns.update.DnsFailure.Reach;
import io.athena.dhcpd.ddns.update.ZoneEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TSIGRecord;

/** Puts a whole zone together from the messages of a transfer (RFC 5936 section 2.2): all between two SOA records. */
final class Listing implements Wire.Ear {

    private final Message question;
    private final TSIG.@Nullable StreamVerifier signatures;
    private final Refusals refusals;
    private final TimeSource time;
    private final List<ZoneEntry> entries = new ArrayList<>();
    private int starts;

    Listing(Message question, Signer signer, Refusals refusals, TimeSource time) {
        this.question = question;
        this.signatures = signer.stream(question);
        this.refusals = refusals;
        this.time = time;
    }

    @Override
    public boolean hear(byte[] wire) throws DnsFailure {
        Message heard = Answer.parse(wire, question);
        if (heard == null) {
            throw refusals.failure(Reach.NAME, "cannot be listed: the server's answer is not one of DNS");
        }
        TSIGRecord complaint = Signer.complaint(heard);
        if (complaint != null) {
            throw refusals.signature(complaint, time.wallMillis() / 1000);
        }
        if (heard.getRcode() != Rcode.NOERROR) {
            throw refusals.code(heard.getRcode(), Asked.LISTING);
        }
        if (signatures != null && signatures.verify(heard, wire) != Rcode.NOERROR) {
            throw refusals.unsigned();
        }
        for (Record entry : heard.getSection(Section.ANSWER)) {
            take(entry);
        }
        if (starts < 2) {
            return false;
        }
        // What stands between two signatures is proved by the later one, so the last message needs one.
        if (signatures != null && !heard.isVerified()) {
            throw refusals.unsigned();
        }
        return true;
    }

    List<ZoneEntry> entries() {
        return List.copyOf(entries);
    }

    private void take(Record entry) throws DnsFailure {
        if (entry instanceof SOARecord) {
            starts++;
        } else if (starts != 1) {
            throw refusals.failure(Reach.NAME, "cannot be listed: the server's list does not begin with a SOA record");
        } else if (entry instanceof ARecord a) {
            entries.add(new ZoneEntry(
                    Records.text(a.getName()),
                    ZoneEntry.Type.A,
                    Records.address(a).toString()));
        } else if (entry instanceof PTRRecord ptr) {
            entries.add(new ZoneEntry(Records.text(ptr.getName()), ZoneEntry.Type.PTR, Records.text(ptr.getTarget())));
        }
    }
}
