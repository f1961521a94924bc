package io.athena.dhcpd.dhcp.explain;

import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.AuthenticationKey;
import io.athena.dhcpd.core.config.BootFields;
import io.athena.dhcpd.core.config.ConfigLines;
import io.athena.dhcpd.core.config.OptionScope;
import io.athena.dhcpd.core.net.HexText;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.option.OptionDefinition;
import io.athena.dhcpd.core.option.OptionRegistry;
import io.athena.dhcpd.core.option.StandardOptions;
import io.athena.dhcpd.core.subnet.Terms;
import io.athena.dhcpd.dhcp.auth.Authenticator;
import io.athena.dhcpd.dhcp.explain.PathRecorder.Sent;
import io.athena.dhcpd.dhcp.explain.ReplyFinding.FieldFinding;
import io.athena.dhcpd.dhcp.explain.ReplyFinding.OptionFinding;
import io.athena.dhcpd.dhcp.explain.Sources.Source;
import io.athena.dhcpd.dhcp.path.Exchange;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import io.athena.dhcpd.dhcp.wire.SignedPart;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts a reply into words: what is in it, and who said so. */
final class ReplyReport {

    private static final int SERVER_NAME = 66;
    private static final int BOOT_FILE = 67;
    private static final int RAPID_COMMIT = 80;
    private static final int RELAY_AGENT = 82;
    private static final int AUTHENTICATION = 90;
    private static final int IPV6_ONLY = 108;
    private static final int CLASSLESS_ROUTE = 121;
    private static final int CLASSLESS_ROUTE_MS = 249;

    private static final Source NOT_CONFIGURED = new Source("server", 0);

    private final AthenaConfig config;
    private final ConfigLines lines;
    private final OptionRegistry registry = StandardOptions.registry();
    private final Exchange exchange;
    private final @Nullable Terms terms;
    private final @Nullable Sources sources;

    /**
     * @param terms what the reply was made from; null for a NAK
     * @param sources the sections that made these terms; null together with them
     */
    ReplyReport(
            AthenaConfig config,
            ConfigLines lines,
            Exchange exchange,
            @Nullable Terms terms,
            @Nullable Sources sources) {
        this.config = config;
        this.lines = lines;
        this.exchange = exchange;
        this.terms = terms;
        this.sources = sources;
    }

    ReplyFinding of(Sent sent, DhcpPacket reply) {
        List<OptionFinding> options = new ArrayList<>();
        reply.options().forEach((value, code) -> options.add(option(reply, code, value)));
        return new ReplyFinding(
                reply.type().name(),
                sent.to() + ":" + sent.port(),
                way(sent),
                sent.datagram().length,
                reply.yiaddr().isAny() ? null : reply.yiaddr().toString(),
                fields(reply),
                options,
                leftOut(reply));
    }

    private String way(Sent sent) {
        if (sent.frameTo() != null) {
            return "in a frame to " + sent.frameTo() + ", without ARP";
        }
        if (sent.to().equals(Ipv4.BROADCAST)) {
            return "by broadcast on " + exchange.on().name();
        }
        return sent.to().equals(exchange.packet().giaddr()) ? "to the relay agent" : "by unicast";
    }

    private List<FieldFinding> fields(DhcpPacket reply) {
        List<FieldFinding> fields = new ArrayList<>();
        if (!reply.siaddr().isAny()) {
            Source source = boot("next_server", BootFields::nextServer, SERVER_NAME);
            fields.add(field("siaddr", reply.siaddr().toString(), source));
        }
        if (reply.sname().length > 0) {
            fields.add(field("sname", HexText.of(reply.sname()), boot("sname", BootFields::sname, SERVER_NAME)));
        }
        if (reply.file().length > 0) {
            fields.add(field("file", HexText.of(reply.file()), boot("file", BootFields::file, BOOT_FILE)));
        }
        return fields;
    }

    /** A boot field has a key of its own, and without it says what an option says. */
    private <V> Source boot(String key, Function<BootFields, @Nullable V> value, int option) {
        Source own = sources == null ? null : sources.ofKey(key, scope -> value.apply(scope.boot()));
        Source source = own == null ? configured(option) : own;
        return own == null ? new Source(source.from() + ", by option " + option, source.line()) : source;
    }

    private static FieldFinding field(String name, String value, Source source) {
        return new FieldFinding(name, value, source.from(), source.line());
    }

    private OptionFinding option(DhcpPacket reply, int code, byte[] value) {
        OptionDefinition row = registry.definition(code);
        String text = code == 53 ? reply.type().name() : row.type().decode(value);
        Source source = source(code, value);
        return new OptionFinding(code, row.name(), text, source.from(), source.line());
    }

    private Source source(int code, byte[] value) {
        byte[] own = terms == null ? null : terms.options().get(code);
        if (own != null && Arrays.equals(own, value)) {
            return configured(code);
        }
        return switch (code) {
            case 51 -> leaseTime(Ipv4.of(value, 0).toLong());
            case 54 -> serverId();
            case 58 -> time("renewal_time", OptionScope::renewalTime, value, "half");
            case 59 -> time("rebind_time", OptionScope::rebindTime, value, "seven eighths");
            case RAPID_COMMIT -> sources == null ? NOT_CONFIGURED : sources.ofSubnet("rapid_commit");
            case AUTHENTICATION -> signed(value);
            case RELAY_AGENT -> relayAgent(value);
            case CLASSLESS_ROUTE, CLASSLESS_ROUTE_MS -> routes();
            default -> isEcho(code, value) ? new Source("as the client or its relay agent sent it", 0) : NOT_CONFIGURED;
        };
    }

    private Source configured(int code) {
        byte[] own = terms == null ? null : terms.options().get(code);
        return own == null || sources == null ? NOT_CONFIGURED : sources.ofOption(code, own);
    }

    private boolean isEcho(int code, byte[] value) {
        return Arrays.equals(exchange.packet().options().get(code), value);
    }

    /** RFC 6607 section 7.2: all comes back but sub-option 152, where the virtual network is served. */
    private Source relayAgent(byte[] value) {
        String sent = "as the client or its relay agent sent it";
        return new Source(
                isEcho(RELAY_AGENT, value) ? sent : sent + ", without sub-option 152: its virtual network is served",
                0);
    }

    /** The secret ID stands before the code at the end (RFC 3118 section 5.2). */
    private Source signed(byte[] value) {
        int id = ByteBuffer.wrap(value).getInt(value.length - SignedPart.CODE_SIZE - Integer.BYTES);
        Authenticator authenticator = exchange.seat().authenticator();
        AuthenticationKey key = authenticator == null ? null : authenticator.key(exchange.request(), id);
        return new Source("signed with key " + id, key == null ? 0 : key.line());
    }

    /** Option 121 stands for 249 too, and takes the first router as its default route (RFC 3442). */
    private Source routes() {
        boolean own = terms != null && terms.options().contains(CLASSLESS_ROUTE_MS);
        Source source = configured(own ? CLASSLESS_ROUTE_MS : CLASSLESS_ROUTE);
        return new Source(source.from() + ", with a default route to the first router", source.line());
    }

    private Source leaseTime(long granted) {
        if (terms != null && granted == terms.leaseTime()) {
            Source source = sources == null ? null : sources.ofKey("lease_time", OptionScope::leaseTime);
            return source == null ? new Source("the default, since nothing sets lease_time", 0) : source;
        }
        long asked = exchange.packet().requestedLeaseTime();
        return terms != null && asked >= 0 && granted == terms.leaseTimeFor(asked)
                ? new Source("the client asks for a shorter time", 0)
                : new Source("what is left of the lease", 0);
    }

    private Source time(String key, Function<OptionScope, @Nullable Long> read, byte[] value, String share) {
        Long configured = terms == null ? null : read.apply(terms.scope());
        boolean own = configured != null && configured == Ipv4.of(value, 0).toLong();
        Source source = own && sources != null ? sources.ofKey(key, read) : null;
        return source == null ? new Source(share + " of the lease time", 0) : source;
    }

    private Source serverId() {
        Ipv4 id = exchange.serverId();
        if (id.equals(exchange.request().relay().serverIdOverride())) {
            return new Source("sub-option 11 of option 82", 0);
        }
        for (String key : List.of("server_id", "bind_address")) {
            Ipv4 set = key.equals("server_id")
                    ? config.server().serverId()
                    : config.server().bindAddress();
            if (id.equals(set)) {
                return new Source("server", lines.of(config.server(), key));
            }
        }
        return new Source(
                id.isAny()
                        ? exchange.on().name() + " has no address here that the server could go by"
                        : "the server's address on " + exchange.on().name(),
                0);
    }

    private List<OptionFinding> leftOut(DhcpPacket reply) {
        List<OptionFinding> leftOut = new ArrayList<>();
        if (terms == null) {
            return leftOut;
        }
        boolean lists = exchange.packet().parameterRequestList() != null;
        terms.options().forEach((value, code) -> {
            if (reply.options().contains(code)) {
                return;
            }
            OptionDefinition row = registry.definition(code);
            // RFC 8925 section 3.3: nobody is sent option 108 unasked, whether or not there is a list.
            boolean unasked = (lists || code == IPV6_ONLY) && !exchange.packet().asksFor(code);
            leftOut.add(new OptionFinding(
                    code,
                    row.name(),
                    row.type().decode(value),
                    unasked ? "the client does not ask for it" : "replaced by another option, or there was no room",
                    configured(code).line()));
        });
        return leftOut;
    }
}
