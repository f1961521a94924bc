package io.athena.dhcpd.events.webhook;

import io.athena.dhcpd.core.config.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proxies that the environment names, as most programs read it: {@code HTTPS_PROXY}, {@code HTTP_PROXY} and
 * {@code NO_PROXY}, in capitals or not. Where it names none, Java's own settings ({@code -Dhttps.proxyHost}) hold.
 */
final class EnvironmentProxies extends ProxySelector {

    private static final Logger LOG = LoggerFactory.getLogger(EnvironmentProxies.class);
    private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

    private final @Nullable Proxy http;
    private final @Nullable Proxy https;
    private final List<String> without;
    private final @Nullable ProxySelector otherwise;

    EnvironmentProxies(Map<String, String> environment, @Nullable ProxySelector otherwise) {
        this.http = proxy("HTTP_PROXY", read(environment, "HTTP_PROXY"));
        this.https = proxy("HTTPS_PROXY", read(environment, "HTTPS_PROXY"));
        this.without = Arrays.stream(read(environment, "NO_PROXY").split("[,\\s]+"))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .toList();
        this.otherwise = otherwise;
    }

    @Override
    public List<Proxy> select(URI uri) {
        if (http == null && https == null) {
            return otherwise == null ? DIRECT : otherwise.select(uri);
        }
        Proxy proxy = uri.getScheme().equalsIgnoreCase("https") ? https : http;
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return proxy == null || isWithout(host) ? DIRECT : List.of(proxy);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress proxy, IOException failure) {
        LOG.debug("the proxy {} could not be reached: {}", proxy, failure.toString());
    }

    private boolean isWithout(String host) {
        String bare = host.replaceAll("[\\[\\]]", "");
        if (new HostPort(bare, 1).isLoopback()) {
            return true;
        }
        return without.stream()
                .anyMatch(name -> name.equals("*")
                        || bare.equals(name)
                        || bare.endsWith(name.startsWith(".") ? name : "." + name));
    }

    private static String read(Map<String, String> environment, String name) {
        String value = environment.get(name);
        return value != null ? value : environment.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** Never shows the value: it may hold a password. */
    private static @Nullable Proxy proxy(String name, String value) {
        if (value.isBlank()) {
            return null;
        }
        try {
            URI uri = URI.create(value.contains("://") ? value.strip() : "http://" + value.strip());
            if (uri.getHost() != null && uri.getUserInfo() == null) {
                int port = uri.getPort() < 0 ? 80 : uri.getPort();
                return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(uri.getHost(), port));
            }
        } catch (IllegalArgumentException e) {
            LOG.debug("{} is not a URL", name);
        }
        LOG.warn("{} does not name a proxy as http://host:port without user name, so webhooks use none", name);
        return null;
    }
}
