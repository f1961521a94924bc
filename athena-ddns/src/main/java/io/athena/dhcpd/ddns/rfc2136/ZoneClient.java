package io.athena.dhcpd.ddns.rfc2136;

import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.update.DnsFailure;
import io.athena.dhcpd.ddns.update.DnsFailure.Reach;
import io.athena.dhcpd.ddns.update.ZoneEntry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/** Asks one server about one zone: by UDP where that suffices, else by TCP. */
final class ZoneClient implements AutoCloseable {

    /** What every server takes by UDP (RFC 1035 section 2.3.4). */
    private static final int LONGEST_DATAGRAM = 512;

    private final Name zone;
    private final ServerAddress address;
    private final Signer signer;
    private final Refusals refusals;
    private final Patience patience;
    private final TimeSource time;
    private final Wire wire;

    ZoneClient(
            String zone, ServerAddress address, Signer signer, Refusals refusals, Patience patience, TimeSource time) {
        this.zone = Records.absolute(zone);
        this.address = address;
        this.signer = signer;
        this.refusals = refusals;
        this.patience = patience;
        this.time = time;
        this.wire = new Wire(time);
    }

    /** An update of this zone, to be filled. */
    Update change() {
        return new Update(zone);
    }

    /**
     * Has an update carried out.
     *
     * @return NOERROR, or the code of the prerequisite that does not hold (RFC 2136 section 3.2)
     */
    int send(Update update) throws DnsFailure, InterruptedException {
        int rcode = ask(update).getRcode();
        return switch (rcode) {
            case Rcode.NOERROR, Rcode.NXDOMAIN, Rcode.YXDOMAIN, Rcode.YXRRSET, Rcode.NXRRSET -> rcode;
            default -> throw refusals.code(rcode, Asked.UPDATE);
        };
    }

    /** The records of a name; asks without recursion, since only the server's own word counts. */
    <T extends Record> List<T> query(Name name, int type, Class<T> kind) throws DnsFailure, InterruptedException {
        Message question = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        question.getHeader().unsetFlag(Flags.RD);
        Message answer = ask(question);
        int rcode = answer.getRcode();
        if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
            throw refusals.code(rcode, Asked.QUERY);
        }
        if (!answer.getHeader().getFlag(Flags.AA)) {
            throw refusals.failure(Reach.ZONE, "is not one that the server has authority for");
        }
        return answer.getSection(Section.ANSWER).stream()
                .filter(record -> record.getName().equals(name))
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** All A and PTR records of the zone. */
    List<ZoneEntry> list() throws DnsFailure, InterruptedException {
        Message question = Message.newQuery(Record.newRecord(zone, Type.AXFR, DClass.IN));
        question.getHeader().unsetFlag(Flags.RD);
        signer.sign(question);
        Listing listing = new Listing(question, signer, refusals, time);
        try {
            if (wire.askByTcp(address.find(), question.toWire(), after(patience.listing()), listing)) {
                return listing.entries();
            }
            throw refusals.failure(Reach.SERVER, "is not listed in time");
        } catch (IOException e) {
            throw refusals.silence(e);
        }
    }

    private Message ask(Message question) throws DnsFailure, InterruptedException {
        signer.sign(question);
        byte[] bytes = question.toWire();
        InetSocketAddress server = address.find();
        Answer answer = new Answer(question, signer, refusals, time);
        if (bytes.length > LONGEST_DATAGRAM || !askByUdp(server, bytes, answer)) {
            askByTcp(server, bytes, answer);
        }
        Message message = answer.message();
        if (message == null) {
            throw refusals.failure(Reach.SERVER, "is answered with the flag of truncation by TCP");
        }
        return message;
    }

    /** False when it is worth asking by TCP: nothing was heard, or too little. */
    private boolean askByUdp(InetSocketAddress server, byte[] bytes, Answer answer)
            throws DnsFailure, InterruptedException {
        try {
            for (Duration wait : patience.udp()) {
                if (wire.askByUdp(server, bytes, after(wait), answer)) {
                    return answer.message() != null;
                }
            }
        } catch (IOException e) {
            // A firewall may refuse datagrams alone; whether it is the server that is away shows by TCP.
            return false;
        }
        return false;
    }

    private void askByTcp(InetSocketAddress server, byte[] bytes, Answer answer)
            throws DnsFailure, InterruptedException {
        @Nullable IOException trouble = null;
        try {
            if (wire.askByTcp(server, bytes, after(patience.tcp()), answer)) {
                return;
            }
        } catch (IOException e) {
            trouble = e;
        }
        throw answer.isDoubtful() ? refusals.unsigned() : refusals.silence(trouble);
    }

    private long after(Duration wait) {
        return time.nanoTime() + wait.toNanos();
    }

    @Override
    public void close() {
        wire.close();
    }
}
