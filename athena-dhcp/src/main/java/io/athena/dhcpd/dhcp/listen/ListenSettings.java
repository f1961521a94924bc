package io.athena.dhcpd.dhcp.listen;

import io.athena.dhcpd.core.net.Ipv4;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where to listen.
 *
 * @param interfaces names of the interfaces to serve
 * @param port the server's UDP port, normally 67
 * @param clientPort the clients' UDP port, normally 68
 * @param bindAddress source address of frames on the interface that owns it, or null for the first that fits
 */
public record ListenSettings(
        List<String> interfaces,
        int port,
        int clientPort,
        @Nullable Ipv4 bindAddress) {

    public ListenSettings {
        interfaces = List.copyOf(interfaces);
    }
}
