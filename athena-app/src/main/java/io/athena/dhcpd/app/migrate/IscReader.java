package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads dhcpd.conf(5) with its includes. */
final class IscReader {

    /**
     * A block of the file.
     *
     * @param scope what it sets
     * @param around what the blocks around it set, the global level left out
     * @param groups what the groups around hosts in it set, itself included
     * @param groupsAround for a group: what the groups around it set; else null
     * @param sharedNetwork the shared network it stands in, or null
     * @param namesHosts whether the name of a host block is the name of the client
     */
    private record Level(
            ImportedScope scope,
            ImportedScope around,
            ImportedScope groups,
            @Nullable ImportedScope groupsAround,
            @Nullable String sharedNetwork,
            boolean namesHosts) {

        Level namingHosts() {
            return new Level(scope, around, groups, groupsAround, sharedNetwork, true);
        }
    }

    private final ImportedNetwork network = new ImportedNetwork();
    private final IscOptions options = new IscOptions(network.findings());
    private final IscParameters parameters = new IscParameters(options, network.findings());
    private final IscMatch matcher = new IscMatch(options);
    private final IscClasses classes = new IscClasses(network, parameters, matcher);
    private final IscPools pools = new IscPools(network, parameters, classes);
    private final IscHosts hosts = new IscHosts(network, parameters);
    private final IscConditions conditions = new IscConditions(network, parameters, matcher);
    private final List<Runnable> afterSubnets = new ArrayList<>();
    private boolean ignoresClientIds;

    private IscReader() {}

    /** @throws CommandFailure when the file cannot be read or is broken */
    static ImportedNetwork read(Path file) throws CommandFailure {
        return new IscReader().whole(IscParser.configuration(file));
    }

    private ImportedNetwork whole(List<IscStatement> statements) {
        define(statements);
        ImportedScope nothing = new ImportedScope();
        level(statements, new Level(network.defaults(), nothing, nothing, null, null, false), "");
        afterSubnets.forEach(Runnable::run);
        classes.finish();
        if (ignoresClientIds) {
            network.subnets().forEach(subnet -> subnet.identifyByMac(true));
        }
        return network;
    }

    /** Definitions and classes may stand after what uses them. */
    private void define(List<IscStatement> statements) {
        for (IscStatement statement : statements) {
            if (IscOptions.isDefinition(statement)) {
                options.define(statement);
            }
            define(statement.body());
        }
        statements.stream()
                .filter(statement -> statement.is(0, "class") || statement.is(0, "subclass"))
                .forEach(classes::add);
    }

    private void level(List<IscStatement> body, Level level, String where) {
        List<IscStatement> declarations = new ArrayList<>();
        for (IscStatement statement : body) {
            switch (statement.word(0).toLowerCase(Locale.ROOT)) {
                case "subnet", "shared-network", "group", "host", "pool", "range", "if", "elsif", "else" ->
                    declarations.add(statement);
                case "class", "subclass" -> {}
                default -> setting(statement, level, where);
            }
        }
        ImportedScope groupsAround = level.groupsAround();
        if (groupsAround != null) {
            level.groups().inherit(level.scope());
            level.groups().inherit(groupsAround);
        }
        level.scope().inherit(level.around());
        conditions.read(declarations, where);
        boolean naming = body.stream().anyMatch(each -> each.is(0, "use-host-decl-names") && isOn(each));
        Level inside = naming ? level.namingHosts() : level;
        declarations.forEach(statement -> declaration(statement, body, inside));
    }

    private void setting(IscStatement statement, Level level, String where) {
        boolean global = where.isEmpty();
        switch (statement.word(0).toLowerCase(Locale.ROOT)) {
            case "authoritative" -> authoritative(statement, global);
            case "not" -> {}
            case "server-identifier" -> {
                Optional<Ipv4> address = Ipv4.tryParse(statement.word(1));
                if (global && address.isPresent()) {
                    network.serverId(new Sourced<>(statement.place(), address.get()));
                } else {
                    network.findings().add(statement.place(), "'" + statement.text() + "': set server.server_id");
                }
            }
            case "use-host-decl-names" -> {}
            case "ignore-client-uids" -> ignoreClientIds(statement, global);
            case "allow", "deny", "ignore" -> permission(statement);
            default -> parameters.read(statement, level.scope(), where);
        }
    }

    private void authoritative(IscStatement statement, boolean global) {
        if (global) {
            network.authoritative(true);
        } else {
            network.findings()
                    .add(statement.place(), "'authoritative' holds for all subnets or none; set server.authoritative");
        }
    }

    private void ignoreClientIds(IscStatement statement, boolean global) {
        if (isOn(statement) && global) {
            ignoresClientIds = true;
        } else if (isOn(statement)) {
            network.findings()
                    .add(
                            statement.place(),
                            "'" + statement.text() + "': set subnet.identify_by = \"mac\" where it held");
        }
    }

    private static boolean isOn(IscStatement statement) {
        return statement.is(1, "true") || statement.is(1, "on");
    }

    /** Permissions outside of pools; what is the same here is not told. */
    private void permission(IscStatement statement) {
        String what = statement.word(1).toLowerCase(Locale.ROOT);
        boolean asHere = statement.is(0, "allow")
                ? !what.equals("declines-unused") && !what.equals("leasequery") && !what.equals("client-updates")
                : what.equals("leasequery") || what.equals("client-updates") || what.equals("duplicates");
        if (!asHere) {
            network.findings()
                    .add(
                            statement.place(),
                            "'" + statement.text() + "' has no counterpart; limit pools with match_* keys, or reserve"
                                    + " addresses for the clients that are known");
        }
    }

    private void declaration(IscStatement statement, List<IscStatement> beside, Level level) {
        switch (statement.word(0).toLowerCase(Locale.ROOT)) {
            case "subnet" -> subnet(statement, level);
            case "shared-network" -> {
                Level inner = new Level(
                        new ImportedScope(),
                        outer(level),
                        level.groups(),
                        null,
                        SourceText.utf8(statement.word(1)),
                        level.namesHosts());
                level(statement.body(), inner, "a shared network");
            }
            case "group" -> group(statement, level);
            case "host" -> afterSubnets.add(() -> hosts.host(statement, level.groups(), level.namesHosts()));
            case "pool" -> afterSubnets.add(() -> pools.pool(statement, beside));
            case "range" -> afterSubnets.add(() -> pools.range(statement));
            default -> {}
        }
    }

    /** What a level hands down: everything but the global level, which becomes the defaults. */
    private ImportedScope outer(Level level) {
        return isGlobal(level) ? new ImportedScope() : level.scope();
    }

    private boolean isGlobal(Level level) {
        return level.scope() == network.defaults();
    }

    private void group(IscStatement statement, Level level) {
        Level inner = new Level(
                new ImportedScope(),
                outer(level),
                new ImportedScope(),
                level.groups(),
                level.sharedNetwork(),
                level.namesHosts());
        level(statement.body(), inner, "a group");
    }

    private void subnet(IscStatement statement, Level level) {
        Optional<Ipv4> address = Ipv4.tryParse(statement.word(1));
        Optional<Ipv4> mask = Ipv4.tryParse(statement.word(3));
        int prefix = mask.map(each -> Integer.bitCount(each.bits())).orElse(0);
        if (address.isEmpty() || !statement.is(2, "netmask") || prefix == 0 || !isMask(mask.get())) {
            network.findings().add(statement.place(), "'" + statement.text() + "' is no network with a mask");
            return;
        }
        ImportedSubnet subnet = new ImportedSubnet(statement.place(), Cidr.around(address.get(), prefix));
        if (level.sharedNetwork() != null) {
            subnet.shareAs(level.sharedNetwork());
        }
        network.subnets().add(subnet);
        Level inner = new Level(
                subnet.scope(), outer(level), level.groups(), null, level.sharedNetwork(), level.namesHosts());
        level(statement.body(), inner, "subnet " + subnet.network());
    }

    private static boolean isMask(Ipv4 mask) {
        return (~mask.bits() & (~mask.bits() + 1)) == 0;
    }
}
