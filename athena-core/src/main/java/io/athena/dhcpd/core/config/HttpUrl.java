package io.athena.dhcpd.core.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** An HTTP address whose path may hold a secret, as those of chat services do: the text form shows host and port only. */
public final class HttpUrl {

    private static final int HIGHEST_PORT = 65535;

    private final URI uri;

    private HttpUrl(URI uri) {
        this.uri = uri;
    }

    /** Reads an {@code http://} or {@code https://} address. @throws IllegalArgumentException without repeating the text */
    public static HttpUrl parse(String text) {
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null) {
                return checked(uri);
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is not a URL: " + e.getReason());
        }
        throw new IllegalArgumentException("is not an http:// or https:// URL without user name");
    }

    private static HttpUrl checked(URI uri) {
        if (uri.getPort() == 0 || uri.getPort() > HIGHEST_PORT) {
            throw new IllegalArgumentException("has no usable port");
        }
        return new HttpUrl(uri);
    }

    /** The whole address, for the client that calls it. */
    public URI reveal() {
        return uri;
    }

    /** Whether what is sent can be read on the way: plain HTTP to another machine. */
    public boolean isReadableOnTheWay() {
        return uri.getScheme().equalsIgnoreCase("http")
                && !new HostPort(uri.getHost().replaceAll("[\\[\\]]", ""), 80).isLoopback();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HttpUrl url && url.uri.equals(uri);
    }

    @Override
    public int hashCode() {
        return uri.hashCode();
    }

    @Override
    public String toString() {
        boolean bare = uri.getRawQuery() == null
                && (uri.getRawPath() == null || uri.getRawPath().length() <= 1);
        return uri.getScheme() + "://" + uri.getRawAuthority() + (bare ? "" : "/***");
    }
}
