package io.athena.dhcpd.core.subnet;

import io.athena.dhcpd.core.config.OptionScope;
import io.athena.dhcpd.core.config.SubnetConfig;
import io.athena.dhcpd.core.net.Cidr;

/** A configured subnet: its prefix, its rules and the terms of an address outside every pool. */
public final class Subnet {

    private final SubnetConfig config;
    private final Selector clients;
    private final Layers layers;

    Subnet(SubnetConfig config, Selector clients, Terms terms) {
        this.config = config;
        this.clients = clients;
        this.layers = Layers.of(terms, OptionScope.EMPTY);
    }

    public Cidr network() {
        return config.network();
    }

    /** Its section of the configuration. */
    public SubnetConfig config() {
        return config;
    }

    /** Whether it serves a client at all: one of the class that it names, or anybody. */
    public boolean admits(ClientTraits client) {
        return clients.admits(client);
    }

    Selector clients() {
        return clients;
    }

    /** The terms for a client in no class. */
    public Terms terms() {
        return layers.plain();
    }

    Layers layers() {
        return layers;
    }

    @Override
    public String toString() {
        return network().toString();
    }
}
