package io.athena.dhcpd.api;

import io.athena.dhcpd.core.config.HostPort;
import io.athena.dhcpd.core.config.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code [api]}.
 *
 * @param enabled whether any port is opened
 * @param listen where, once it is safe to; this release listens on loopback only, see {@link #loopbackListen}
 * @param webUi whether the console is served
 * @param authToken bearer token of scripts, or null
 * @param users who may sign in
 * @param tls encryption
 * @param session cookies of signed-in users
 */
public record ApiConfig(
        boolean enabled,
        HostPort listen,
        boolean webUi,
        @Nullable Secret authToken,
        List<User> users,
        Tls tls,
        Session session) {

    /** One {@code [[api.auth.users]]}; the hash is bcrypt. */
    public record User(String username, Secret passwordHash, Role role) {}

    public enum Role {
        /** May do everything. */
        ADMIN,
        /** May look. */
        VIEWER
    }

    /** Files in PEM form; null only where they are not needed. */
    public record Tls(
            boolean enabled,
            @Nullable Path certFile,
            @Nullable Path keyFile) {}

    /** How long a sign-in lasts and what its cookie is called; {@code secure} sends it by HTTPS only. */
    public record Session(String cookieName, Duration expiry, boolean secure) {}

    /** Where this release listens: as written when that is loopback, else the same port on 127.0.0.1. */
    public HostPort loopbackListen() {
        return listen.isLoopback() ? listen : new HostPort("127.0.0.1", listen.port());
    }
}
