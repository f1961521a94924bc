package io.athena.dhcpd.core.link;

/**
 * An interface that is served, and how it was last seen.
 *
 * @param name its name in the configuration
 * @param state what the kernel showed
 */
public record NamedInterface(String name, InterfaceState state) {}
