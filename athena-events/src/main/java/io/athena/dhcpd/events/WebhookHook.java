package io.athena.dhcpd.events;

import io.athena.dhcpd.core.config.HttpUrl;
import io.athena.dhcpd.core.config.Secret;
import io.athena.dhcpd.core.event.EventType;
import io.athena.dhcpd.core.net.Cidr;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One {@code [[hooks.webhook]]}.
 *
 * @param name its name, unlike any other hook's
 * @param events what is sent
 * @param url where to
 * @param method the HTTP method
 * @param headers additional headers
 * @param timeout of one attempt
 * @param retries attempts after the first
 * @param retryBackoff the first wait, doubled each time; null for 1, 5 and 15 seconds
 * @param secret key of the signature, or null for none
 * @param template the shape of the body
 * @param subnets only leases in these; empty for all
 */
public record WebhookHook(
        String name,
        Set<EventType> events,
        HttpUrl url,
        Method method,
        Map<String, Secret> headers,
        Duration timeout,
        int retries,
        @Nullable Duration retryBackoff,
        @Nullable Secret secret,
        Template template,
        List<Cidr> subnets) {

    public enum Method {
        POST,
        PUT
    }

    public enum Template {
        JSON,
        SLACK,
        TEAMS
    }
}
