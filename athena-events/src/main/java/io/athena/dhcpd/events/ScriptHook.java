package io.athena.dhcpd.events;

import io.athena.dhcpd.core.event.EventType;
import io.athena.dhcpd.core.net.Cidr;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * One {@code [[hooks.script]]}.
 *
 * @param name its name, unlike any other hook's
 * @param events what it is run for
 * @param command the program, executed without a shell
 * @param timeout after this it is killed
 * @param subnets only leases in these; empty for all
 */
public record ScriptHook(String name, Set<EventType> events, String command, Duration timeout, List<Cidr> subnets) {}
