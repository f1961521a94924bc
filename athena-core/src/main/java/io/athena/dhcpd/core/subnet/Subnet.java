package io.athena.dhcpd.core.subnet;

import io.athena.dhcpd.core.config.SubnetConfig;
import io.athena.dhcpd.core.net.Cidr;

/** A configured subnet: its prefix, its rules and the terms of an address outside every pool. */
public final class Subnet {

    private final SubnetConfig config;
    private final Terms terms;

    Subnet(SubnetConfig config, Terms terms) {
        this.config = config;
        this.terms = terms;
    }

    public Cidr network() {
        return config.network();
    }

    /** Its section of the configuration. */
    public SubnetConfig config() {
        return config;
    }

    public Terms terms() {
        return terms;
    }

    @Override
    public String toString() {
        return network().toString();
    }
}
