package io.athena.dhcpd.app.explain;

import io.athena.dhcpd.core.config.ServerConfig;
import io.athena.dhcpd.core.link.InterfaceState;
import io.athena.dhcpd.core.link.LocalAddress;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The interfaces of the configuration as this machine has them, or as the command line says that they are.
 *
 * @param heardOn the one that the messages come by
 * @param notes what the reader has to know of it
 */
record Interfaces(String heardOn, Map<String, InterfaceState> states, List<String> notes) {

    private static final MacAddress ANY_MAC = MacAddress.parse("02:00:00:00:00:00");
    private static final int USUAL_MTU = 1500;

    /** @throws IllegalArgumentException when an argument is wrong, saying which */
    static Interfaces of(ServerConfig server, @Nullable String chosen, List<String> addresses) {
        String heardOn = chosen == null ? server.interfaces().get(0) : chosen;
        if (!server.interfaces().contains(heardOn)) {
            throw new IllegalArgumentException("--interface " + heardOn + " is none of server.interface, which has "
                    + String.join(", ", server.interfaces()));
        }
        Map<String, InterfaceState> states = new LinkedHashMap<>();
        server.interfaces().forEach(name -> states.put(name, InterfaceState.look(name)));
        List<String> notes = new ArrayList<>();
        if (!addresses.isEmpty()) {
            List<LocalAddress> said =
                    addresses.stream().map(Interfaces::address).toList();
            states.put(heardOn, new InterfaceState(1, ANY_MAC, said, USUAL_MTU, true, false));
        } else if (!states.getOrDefault(heardOn, InterfaceState.ABSENT).exists()) {
            notes.add("this machine has no interface " + heardOn + ", so its addresses and MTU are not known here;"
                    + " --interface-address says them");
        }
        return new Interfaces(heardOn, states, notes);
    }

    private static LocalAddress address(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("[0-9]|[12][0-9]|3[0-2]")) {
            throw new IllegalArgumentException("--interface-address " + text + " is no address such as 10.0.0.1/24");
        }
        Ipv4 ip = Ipv4.tryParse(text.substring(0, slash))
                .orElseThrow(() -> new IllegalArgumentException(
                        "--interface-address " + text + " is no address such as 10.0.0.1/24"));
        return new LocalAddress(ip, Cidr.around(ip, Integer.parseInt(text.substring(slash + 1))));
    }
}
