package io.athena.dhcpd.core.config;

import io.athena.dhcpd.core.net.Cidr;
import java.util.List;

/** {@code [leasequery]}: who may ask for leases (RFC 4388). */
public record LeasequeryConfig(boolean enabled, List<Cidr> allow) {}
