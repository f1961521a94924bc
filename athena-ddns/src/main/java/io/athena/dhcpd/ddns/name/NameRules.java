package io.athena.dhcpd.ddns.name;

import io.athena.dhcpd.core.config.AthenaConfig;
import io.athena.dhcpd.core.config.SubnetConfig;
import io.athena.dhcpd.core.engine.Assignment;
import io.athena.dhcpd.core.engine.NameGround;
import io.athena.dhcpd.core.engine.NamePolicy;
import io.athena.dhcpd.core.lease.ClientFqdn;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.meter.LogBudget;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.ddns.DdnsConfig;
import io.athena.dhcpd.ddns.DdnsConfig.ConflictPolicy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Which name a lease gets: what the reservation says, else what the client asks for, else one made of its MAC, always
 * inside the zone that holds for the subnet. Asked twice, it says the same as long as nobody else takes the name. May be
 * used by any thread.
 */
public final class NameRules implements NamePolicy {

    private static final Logger LOG = LoggerFactory.getLogger(NameRules.class);
    private static final int DOMAIN_NAME = 15;

    /** The name that a client asks for, and the one made of its MAC; once more for what comes between. */
    private static final int MAX_CLAIMS = 3;

    private final DdnsConfig config;
    private final NameHolders holders;
    private final LogBudget budget;
    private final OwnedNames owned;
    private final Map<Cidr, SubnetZones> zones = new HashMap<>();

    /**
     * The rules of a configuration.
     *
     * @param holders who has which name
     * @param budget how often to say that a client does not get the name it asks for
     */
    public NameRules(AthenaConfig config, NameHolders holders, LogBudget budget) {
        this.config = config.section(DdnsConfig.class);
        this.holders = holders;
        this.budget = budget;
        for (SubnetConfig subnet : config.subnets()) {
            zones.put(subnet.network(), SubnetZones.of(this.config, subnet.network()));
        }
        this.owned = new OwnedNames(config, zones);
    }

    /** The policy of a configuration: these rules where dynamic DNS is on, else none. */
    public static NamePolicy of(AthenaConfig config, NameHolders holders, LogBudget budget) {
        return config.section(DdnsConfig.class).enabled() ? new NameRules(config, holders, budget) : NamePolicy.NONE;
    }

    @Override
    public Name decide(ClientRequest request, Assignment assignment, @Nullable Lease former) {
        Cidr network = assignment.subnet().network();
        SubnetZones own = zones.get(network);
        SubnetZones here = own == null ? SubnetZones.of(config, network) : own;
        NameScope scope = NameScope.of(
                here.forward(), NameText.domain(assignment.terms().options().get(DOMAIN_NAME)));
        if (scope == null || !scope.forward() && !here.hasPointer(assignment.address())) {
            return Name.none(NameGround.NO_ZONE);
        }
        NameDecision wish = wish(request, former);
        if (wish.declined()) {
            return new Name(null, false, wish.encode(), NameGround.NOT_WANTED);
        }
        boolean forward = scope.forward() && (wish.forward() || !config.allowClientFqdn());
        if (!forward && !here.hasPointer(assignment.address())) {
            return new Name(null, false, new NameDecision(false).encode(), NameGround.LEFT_TO_CLIENT);
        }
        return choose(request, assignment, former, scope, new NameDecision(forward));
    }

    /** Clients of one name that ask within the same moment are told apart here, all others by {@link #decide}. */
    @Override
    public Name claim(ClientRequest request, Assignment assignment, @Nullable Lease own) {
        for (int tries = 0; tries < MAX_CLAIMS; tries++) {
            Name name = decide(request, assignment, own);
            String fqdn = name.fqdn();
            boolean anybodys = fqdn == null
                    || name.ground() == NameGround.RESERVATION
                    || config.conflictPolicy() != ConflictPolicy.SKIP;
            if (anybodys || holders.claim(fqdn, assignment.address(), request.key())) {
                return name;
            }
        }
        return Name.NONE;
    }

    @Override
    public void disclaim(Lease lease) {
        if (lease.fqdn() != null) {
            holders.disclaim(lease.fqdn(), lease.key());
        }
    }

    @Override
    public Name stored(Lease lease) {
        boolean forward = lease.fqdn() != null
                && NameDecision.decode(lease.nameDecision()).forward();
        return new Name(lease.fqdn(), forward, lease.nameDecision(), NameGround.STORED);
    }

    private Name choose(
            ClientRequest request, Assignment assignment, @Nullable Lease own, NameScope scope, NameDecision decision) {
        String reserved = owned.reserved(assignment.reservation(), scope);
        if (reserved != null) {
            return new Name(reserved, decision.forward(), decision.encode(), NameGround.RESERVATION);
        }
        boolean remembered = request.hostname() == null && own != null;
        String asked = asked(remembered ? own.hostname() : request.hostname(), scope);
        if (asked != null && isFree(asked, request)) {
            NameGround ground = remembered ? NameGround.REMEMBERED : NameGround.CLIENT;
            return new Name(asked, decision.forward(), decision.encode(), ground);
        }
        String made = config.fallbackToMac() ? scope.complete(FallbackNames.label(request)) : null;
        return made != null && isFree(made, request)
                ? new Name(made, decision.forward(), decision.encode(), NameGround.FALLBACK)
                : Name.none(NameGround.NOTHING_USABLE);
    }

    /** What a client that now says nothing said before still counts (RFC 4702 section 3.1). */
    private static NameDecision wish(ClientRequest request, @Nullable Lease own) {
        ClientFqdn fqdn = request.fqdn();
        if (fqdn != null) {
            return new NameDecision(fqdn.serverUpdates(), fqdn.noUpdates());
        }
        boolean silent = request.hostname() == null && own != null;
        return silent ? NameDecision.decode(own.nameDecision()) : new NameDecision(true);
    }

    /**
     * RFC 4702 section 4: a server may change the domain that a client gives. A name below the zone is taken as it is;
     * of any other the first label counts.
     */
    private @Nullable String asked(@Nullable String text, NameScope scope) {
        if (text == null) {
            return null;
        }
        String whole = config.allowClientFqdn() && text.indexOf('.') > 0 ? NameText.name(text) : null;
        String label = NameText.firstLabel(text);
        boolean inside = whole != null && NameText.isBelow(whole, scope.limit());
        String name = inside ? whole : label == null ? null : scope.complete(label);
        return name == null || owned.isKeptFromClients(name) ? null : name;
    }

    private boolean isFree(String name, ClientRequest request) {
        Ipv4 holder = config.conflictPolicy() == ConflictPolicy.SKIP ? holders.otherHolder(name, request.key()) : null;
        if (holder == null) {
            return true;
        }
        long notLogged = budget.permit("name_taken");
        if (notLogged != LogBudget.SILENT) {
            LoggingEventBuilder line = LOG.atInfo()
                    .addKeyValue("name", name)
                    .addKeyValue("client", request.key())
                    .addKeyValue("holder", holder);
            (notLogged == 0 ? line : line.addKeyValue("not_logged", notLogged))
                    .log("a client does not get the name it asks for: another one has it");
        }
        return false;
    }
}
