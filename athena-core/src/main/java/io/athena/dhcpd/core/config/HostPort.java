package io.athena.dhcpd.core.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and a port, {@code "10.0.0.2:6740"}.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without its brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {

    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]+))(?::([0-9]{1,5}))?");

    /** Reads {@code host:port}. @throws IllegalArgumentException when it is not one */
    public static HostPort parse(String text) {
        return parse(text, -1);
    }

    /** Reads {@code host:port}, or {@code host} alone when {@code defaultPort} is not negative. */
    public static HostPort parse(String text, int defaultPort) {
        Matcher parts = FORM.matcher(text);
        int port = defaultPort;
        if (parts.matches() && parts.group(3) != null) {
            port = Integer.parseInt(parts.group(3));
        }
        if (!parts.matches() || port < 1 || port > 65535) {
            throw new IllegalArgumentException("'" + text + "' is not host:port");
        }
        return new HostPort(parts.group(1) != null ? parts.group(1) : parts.group(2), port);
    }

    /** Whether only this machine can reach it. */
    public boolean isLoopback() {
        return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
