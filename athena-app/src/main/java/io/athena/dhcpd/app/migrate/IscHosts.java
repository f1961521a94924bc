package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code host}: with an address it becomes a reservation. */
final class IscHosts {

    private final ImportedNetwork network;
    private final IscParameters parameters;

    IscHosts(ImportedNetwork network, IscParameters parameters) {
        this.network = network;
        this.parameters = parameters;
    }

    private static final class Host {
        private final List<MacAddress> macs = new ArrayList<>();
        private final List<IscToken> addresses = new ArrayList<>();
        private final ImportedScope scope = new ImportedScope();
        private byte @Nullable [] clientId;
        private byte @Nullable [] circuitId;
        private byte @Nullable [] remoteId;
        private @Nullable String ddnsHostname;
    }

    /**
     * Takes in a host.
     *
     * @param groups what the groups around it set
     * @param namesHosts whether {@code use-host-decl-names} holds here
     */
    void host(IscStatement statement, ImportedScope groups, boolean namesHosts) {
        Host host = new Host();
        for (IscStatement inner : statement.body()) {
            try {
                read(inner, host);
            } catch (IllegalArgumentException e) {
                network.findings().add(inner.place(), "host " + statement.word(1) + ": " + e.getMessage());
            }
        }
        host.scope.inherit(groups);
        if (namesHosts && !host.scope.has(12) && !statement.word(1).isEmpty()) {
            host.scope.put(ImportedOption.text(statement.place(), 12, statement.word(1)));
        }
        if (host.addresses.isEmpty()) {
            network.findings()
                    .add(
                            statement.place(),
                            "host " + statement.word(1) + " has no fixed-address; give it an ip in"
                                    + " [[subnet.reservation]] to keep its options");
            return;
        }
        reserve(statement, host);
    }

    private void reserve(IscStatement statement, Host host) {
        ImportedReservation.Keys keys =
                new ImportedReservation.Keys(host.macs, host.clientId, host.circuitId, host.remoteId);
        for (IscToken token : host.addresses) {
            Optional<Ipv4> ip = Ipv4.tryParse(token.text());
            if (ip.isEmpty()) {
                network.findings()
                        .add(
                                statement.place(),
                                "host " + statement.word(1) + " is fixed at the name '" + token.text()
                                        + "'; write its address");
                continue;
            }
            network.reserve(
                    new ImportedReservation(statement.place(), ip.get(), keys, host.ddnsHostname, host.scope.copy()));
        }
    }

    private void read(IscStatement inner, Host host) {
        switch (inner.word(0).toLowerCase(Locale.ROOT)) {
            case "hardware" -> host.macs.add(hardware(inner));
            case "fixed-address" ->
                inner.from(1).stream().filter(token -> !token.is(",")).forEach(host.addresses::add);
            case "dhcp-client-identifier" -> host.clientId = IscFormat.data(single(inner, 1));
            case "host-identifier" -> identifier(inner, 1, host);
            case "ddns-hostname" -> host.ddnsHostname = inner.word(1);
            case "uid" -> host.clientId = IscFormat.data(single(inner, 1));
            case "option" -> {
                if (inner.is(1, "dhcp-client-identifier")) {
                    host.clientId = IscFormat.data(single(inner, 2));
                } else {
                    parameters.read(inner, host.scope, "a host");
                }
            }
            default -> parameters.read(inner, host.scope, "a host");
        }
    }

    /** {@code host-identifier option agent.circuit-id "port 3"}. */
    private static void identifier(IscStatement inner, int index, Host host) {
        byte[] value = IscFormat.data(single(inner, index + 2));
        switch (inner.word(index + 1).toLowerCase(Locale.ROOT)) {
            case "agent.circuit-id" -> host.circuitId = value;
            case "agent.remote-id" -> host.remoteId = value;
            case "dhcp-client-identifier" -> host.clientId = value;
            default ->
                throw new IllegalArgumentException("it is recognised by " + inner.word(index + 1)
                        + "; mac, identifier, circuit_id and remote_id can");
        }
    }

    private static IscToken single(IscStatement inner, int index) {
        if (inner.size() != index + 1) {
            throw new IllegalArgumentException("'" + inner.text() + "' has no single value");
        }
        return inner.tokens().get(index);
    }

    /** {@code hardware ethernet 0:1:2:3:4:5}, as in leases. */
    static MacAddress hardware(IscStatement statement) {
        int type =
                switch (statement.word(1).toLowerCase(Locale.ROOT)) {
                    case "ethernet" -> MacAddress.ETHERNET;
                    case "token-ring" -> 6;
                    case "fddi" -> 8;
                    case "infiniband" -> 32;
                    default ->
                        throw new IllegalArgumentException(
                                "hardware type '" + statement.word(1) + "' is not understood");
                };
        return MacAddress.of(type, IscFormat.octets(statement.word(2)));
    }
}
