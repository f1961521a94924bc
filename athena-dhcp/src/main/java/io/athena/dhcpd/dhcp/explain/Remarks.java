package io.athena.dhcpd.dhcp.explain;

import io.athena.dhcpd.core.config.AuthenticationConfig;
import io.athena.dhcpd.core.config.AuthenticationKey;
import io.athena.dhcpd.core.config.ConfigLines;
import io.athena.dhcpd.core.engine.NamePolicy;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.lease.Proof;
import io.athena.dhcpd.core.subnet.Subnet;
import io.athena.dhcpd.dhcp.auth.Admission;
import io.athena.dhcpd.dhcp.auth.Authenticator;
import io.athena.dhcpd.dhcp.explain.Explanation.Remark;
import io.athena.dhcpd.dhcp.explain.PathRecorder.Check;
import io.athena.dhcpd.dhcp.explain.PathRecorder.Fate;
import io.athena.dhcpd.dhcp.explain.Sources.Source;
import io.athena.dhcpd.dhcp.path.Exchange;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what came of what a client asks for beside an address, and of what it has to prove. */
final class Remarks {

    private static final int IPV6_ONLY = 108;
    private static final int AUTO_CONFIGURE = 116;
    private static final int AUTHENTICATION = 90;

    private final ConfigLines lines;
    private final Fate fate;
    private final List<Remark> remarks = new ArrayList<>();

    Remarks(ConfigLines lines, Fate fate) {
        this.lines = lines;
        this.fate = fate;
    }

    /**
     * The remarks on a message.
     *
     * @param exchange what became of it
     * @param reply what would be sent, or null
     * @param sources the sections that made its terms; null without terms
     */
    List<Remark> of(Exchange exchange, @Nullable DhcpPacket reply, @Nullable Sources sources) {
        proof(exchange);
        if (exchange.packet().type() == MessageType.DISCOVER) {
            ipv6Only(exchange, reply, sources);
            autoConfigure(exchange, reply, sources);
            rapidCommit(exchange, reply, sources);
        }
        if (fate.probed() && reply != null && !reply.yiaddr().isAny()) {
            add("probe", "the server probes the address first, and tries another one if somebody answers");
        }
        if (fate.name() != null && fate.name().isDecided()) {
            name(fate.name());
        }
        return List.copyOf(remarks);
    }

    private void name(NamePolicy.Name name) {
        String records = name.forward() ? "" : "; this server would keep its PTR record only";
        add(
                "name in DNS",
                name.fqdn() == null
                        ? "none, because " + name.ground().text()
                        : name.fqdn() + ", because " + name.ground().text() + records);
    }

    private void rapidCommit(Exchange exchange, @Nullable DhcpPacket reply, @Nullable Sources sources) {
        if (!exchange.packet().rapidCommit() || reply == null || sources == null) {
            return;
        }
        Source setting = sources.ofSubnet("rapid_commit");
        if (reply.type() == MessageType.ACK) {
            add(
                    "rapid commit",
                    "asked for (option 80), and " + setting.from() + " allows it: a lease at once",
                    setting);
        } else if (exchange.signer() != null) {
            add("rapid commit", "asked for (option 80), but who authenticates is given nothing before its proof");
        } else if (reply.yiaddr().isAny()) {
            add("rapid commit", "asked for (option 80), but there is no address to give");
        } else if (holdsNothing(exchange)) {
            add("rapid commit", "asked for (option 80), but a client that can do without IPv4 only gets an OFFER");
        } else {
            add("rapid commit", "asked for (option 80), but " + setting.from() + " does not allow it", setting);
        }
    }

    private boolean holdsNothing(Exchange exchange) {
        return exchange.request().wishes().ipv6Only()
                && fate.terms() != null
                && fate.terms().options().contains(IPV6_ONLY);
    }

    private void ipv6Only(Exchange exchange, @Nullable DhcpPacket reply, @Nullable Sources sources) {
        if (!exchange.request().wishes().ipv6Only() || reply == null || fate.terms() == null || sources == null) {
            return;
        }
        byte[] set = fate.terms().options().get(IPV6_ONLY);
        if (set == null) {
            add("IPv6 only", "the client can do without IPv4 (option 108), but nothing sets ipv6_only_preferred");
            return;
        }
        Source source = sources.ofOption(IPV6_ONLY, set);
        String said = "the client can do without IPv4 (option 108), and " + source.from() + " lets it: ";
        add(
                "IPv6 only",
                said + (reply.yiaddr().isAny() ? "it needs no address" : "its address is not held for it"),
                source);
    }

    private void autoConfigure(Exchange exchange, @Nullable DhcpPacket reply, @Nullable Sources sources) {
        boolean addressed = reply != null && !reply.yiaddr().isAny();
        if (!exchange.request().wishes().autoConfigure() || addressed) {
            return;
        }
        String asks = "the client asks whether it may make up an address (option 116), ";
        byte[] set = fate.terms() == null ? null : fate.terms().options().get(AUTO_CONFIGURE);
        if (set == null || sources == null) {
            add("no address", asks + "and nothing forbids it: auto_configure is not 0 here");
            return;
        }
        Source source = sources.ofOption(AUTO_CONFIGURE, set);
        add("no address", asks + "and " + source.from() + (set[0] == 0 ? " forbids it" : " allows it"), source);
    }

    // RFC 3118 ------------------------------------------------------------------------------------------------------

    private void proof(Exchange exchange) {
        boolean said = exchange.packet().options().contains(AUTHENTICATION);
        Check check = fate.check();
        Subnet subnet = exchange.seat().link().authenticating();
        AuthenticationConfig config = subnet == null ? null : subnet.config().authentication();
        Authenticator authenticator = exchange.seat().authenticator();
        if (check == null || config == null || authenticator == null) {
            if (said) {
                add("proof", "option 90 is not looked at: no subnet of the link has [subnet.authentication]");
            }
            return;
        }
        Proof claimed = Authenticator.claimed(exchange.packet());
        int id = claimed == null ? -1 : claimed.secretId();
        AuthenticationKey key = claimed == null ? null : authenticator.key(exchange.request(), id);
        if (check.admission() instanceof Admission.Refused refused) {
            refused(refused.reason(), check, config, claimed, key);
        } else if (check.admission() instanceof Admission.Anybody) {
            String why = config.required() ? "nothing has to be proven by a message of this type" : "nobody has to";
            add("proof", (said ? "option 90 proves nothing here, but " : "none, and ") + why, line(config, "required"));
        } else if (claimed == null) {
            add("proof", "none yet: the client asks for an answer that is signed");
        } else {
            add("proof", "by key " + id + ", counter " + counter(claimed), key == null ? 0 : key.line());
        }
    }

    private void refused(
            DropReason reason,
            Check check,
            AuthenticationConfig config,
            @Nullable Proof claimed,
            @Nullable AuthenticationKey key) {
        if (claimed == null) {
            String before = check.last() == null
                    ? ""
                    : "; the client's lease rests on a proof by key "
                            + check.last().secretId();
            add(
                    "proof",
                    "none that counts here (delayed authentication, HMAC-MD5, a counter)" + before,
                    line(config, "required"));
        } else if (reason == DropReason.REPLAYED) {
            String last =
                    check.last() == null ? "" : ", and the one with the client's lease is " + counter(check.last());
            add(
                    "proof",
                    "the code is right, but its counter was used before: it is " + counter(claimed) + last,
                    key == null ? 0 : key.line());
        } else if (reason == DropReason.OTHER_SERVER) {
            add("proof", "none for this server: the client chose another and signs with what it shares with that one");
        } else if (key == null) {
            add(
                    "proof",
                    "it names key " + claimed.secretId() + ", and this client has none of this id",
                    line(config, "key"));
        } else {
            add(
                    "proof",
                    "the code is not what key " + claimed.secretId()
                            + " gives: another secret, another client identifier, or the message was changed",
                    key.line());
        }
    }

    private int line(AuthenticationConfig config, String key) {
        return lines.of(config, key);
    }

    private static String counter(Proof proof) {
        return Long.toUnsignedString(proof.counter());
    }

    private void add(String about, String text) {
        add(about, text, 0);
    }

    private void add(String about, String text, Source source) {
        add(about, text, source.line());
    }

    private void add(String about, String text, int line) {
        remarks.add(new Remark(about, text, line));
    }
}
