package io.athena.dhcpd.ddns.rfc2136;

import io.athena.dhcpd.core.config.HostPort;
import io.athena.dhcpd.ddns.DnsTarget.TsigKey;
import io.athena.dhcpd.ddns.update.DnsFailure;
import io.athena.dhcpd.ddns.update.DnsFailure.Reach;
import java.io.IOException;
import java.net.ConnectException;
import java.net.PortUnreachableException;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.TSIGRecord;

/** What a server's refusal, or its silence, means to the one who has to mend it. */
final class Refusals {

    private final String zone;
    private final HostPort server;
    private final @Nullable TsigKey key;

    Refusals(String zone, HostPort server, @Nullable TsigKey key) {
        this.zone = zone;
        this.server = server;
        this.key = key;
    }

    /** For a response code that is no outcome. */
    DnsFailure code(int rcode, Asked asked) {
        return switch (rcode) {
            case Rcode.REFUSED -> refused(asked);
            case Rcode.NOTAUTH ->
                failure(
                        asked == Asked.LISTING ? Reach.NAME : Reach.ZONE,
                        asked == Asked.LISTING
                                ? "is not answered: " + listingHint()
                                        + ", or the server does not have this zone (NOTAUTH)"
                                : "is not one that the server has authority for, or is not its primary (NOTAUTH)"
                                        + (key == null ? "; some servers say so when a message is not signed" : ""));
            case Rcode.NOTZONE ->
                failure(Reach.NAME, "does not have this name (NOTZONE): the zone on the server is another one");
            case Rcode.SERVFAIL ->
                failure(
                        Reach.ZONE,
                        "cannot be served (SERVFAIL): the log of the name server says why; often its files cannot be written");
            case Rcode.NOTIMP ->
                failure(Reach.SERVER, "cannot be updated: this name server does not do DNS UPDATE (NOTIMP)");
            case Rcode.FORMERR ->
                failure(Reach.NAME, "is asked in a way that the server does not understand (FORMERR)");
            default -> failure(Reach.NAME, "is answered with " + Rcode.string(rcode));
        };
    }

    /** For a response code that answers a signed message and is not signed, as PowerDNS does with keys it does not accept. */
    DnsFailure unsignedCode(int rcode, Asked asked) {
        if (rcode != Rcode.REFUSED) {
            return code(rcode, asked);
        }
        return failure(
                Reach.ZONE,
                "is refused (REFUSED), and the answer is not signed: the server does not accept " + who()
                        + " (its name, algorithm or secret differs, or the clocks do), does not let it do this"
                        + " (on PowerDNS: TSIG-ALLOW-DNSUPDATE), or does not have the zone");
    }

    /** For what the server has against the signature. */
    DnsFailure signature(TSIGRecord complaint, long ourTime) {
        String name = key == null ? "" : key.name();
        return switch (complaint.getError()) {
            case Rcode.BADKEY ->
                failure(
                        // Knot DNS says so too where the key is another zone's.
                        Reach.ZONE,
                        "is refused (BADKEY): the server does not know the key '" + name + "' with "
                                + (key == null ? "any algorithm" : key.algorithm())
                                + ", or does not let it do this (on Knot DNS: acl)");
            case Rcode.BADSIG ->
                failure(Reach.SERVER, "is refused (BADSIG): the secret of key '" + name + "' differs on the server");
            case Rcode.BADTIME -> failure(Reach.SERVER, "is refused (BADTIME): " + clocks(complaint, ourTime));
            case Rcode.BADTRUNC -> failure(Reach.SERVER, "is refused (BADTRUNC): the server wants longer signatures");
            default ->
                failure(
                        Reach.SERVER,
                        "is refused because of the signature by key '" + name + "' (error " + complaint.getError()
                                + ")");
        };
    }

    /** For answers that came, and whose signature did not fit. */
    DnsFailure unsigned() {
        return failure(
                Reach.SERVER,
                "is answered without a valid signature of key '" + (key == null ? "" : key.name())
                        + "': is this key allowed there, and does nothing stand between that alters messages?");
    }

    /** For a server that is not heard. */
    DnsFailure silence(@Nullable IOException trouble) {
        if (trouble instanceof ConnectException || trouble instanceof PortUnreachableException) {
            return new DnsFailure(
                    Reach.SERVER, "name server " + server + " refuses connections: does it run?", trouble);
        }
        if (trouble != null) {
            return new DnsFailure(
                    Reach.SERVER, "name server " + server + " cannot be reached: " + trouble.getMessage(), trouble);
        }
        return new DnsFailure(
                Reach.SERVER,
                "name server " + server + " does not answer, by UDP or TCP: does it run, and does a firewall let it"
                        + " answer?",
                null);
    }

    DnsFailure failure(Reach reach, String what) {
        return new DnsFailure(reach, "zone " + zone + " on " + server + " " + what, null);
    }

    private DnsFailure refused(Asked asked) {
        String hint =
                switch (asked) {
                    case UPDATE ->
                        "the server does not let " + who() + " update it (on BIND: allow-update or update-policy)";
                    case QUERY -> "the server does not answer queries of " + who() + " (on BIND: allow-query)";
                    case LISTING -> listingHint();
                };
        return failure(Reach.NAME, "is refused (REFUSED): " + hint);
    }

    private String listingHint() {
        return "the server does not let " + who() + " list it (on BIND: allow-transfer)";
    }

    private String who() {
        return key == null ? "unsigned messages" : "the key '" + key.name() + "'";
    }

    /** RFC 8945 section 5.2.3: the server tells its own time in six octets. */
    private static String clocks(TSIGRecord complaint, long ourTime) {
        byte[] other = complaint.getOther();
        if (other == null || other.length != 6) {
            return "the clocks of this machine and the name server differ by more than 5 minutes";
        }
        long theirs = 0;
        for (byte b : other) {
            theirs = theirs << Byte.SIZE | b & 0xff;
        }
        long ahead = theirs - ourTime;
        return "the clock of the name server is " + Math.abs(ahead) + " s " + (ahead < 0 ? "behind" : "ahead of")
                + " the one of this server";
    }
}
