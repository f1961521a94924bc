package io.athena.dhcpd.events.webhook;

import io.athena.dhcpd.events.WebhookHook;
import io.athena.dhcpd.events.hook.OneLine;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Sends one body to the target of a hook, once. */
final class WebhookRequest {

    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    private final WebhookHook hook;
    private final HttpClient client;
    private final String node;

    WebhookRequest(WebhookHook hook, HttpClient client, String node) {
        this.hook = hook;
        this.client = client;
        this.node = node;
    }

    /** Sends; the timeout is for all of it, to the last byte of the answer. */
    Attempt send(String event, byte[] body) throws InterruptedException {
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request(event, body), HttpResponse.BodyHandlers.discarding());
        try {
            return judge(
                    answer.get(hook.timeout().toNanos(), TimeUnit.NANOSECONDS).statusCode());
        } catch (TimeoutException e) {
            answer.cancel(true);
            return timedOut();
        } catch (ExecutionException e) {
            return failure(e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        }
    }

    private HttpRequest request(String event, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(hook.url().reveal())
                .method(hook.method().name(), HttpRequest.BodyPublishers.ofByteArray(body))
                .setHeader("Content-Type", "application/json")
                .setHeader("User-Agent", "athena-dhcpd");
        hook.headers().forEach((name, value) -> request.setHeader(name, value.reveal()));
        request.setHeader("X-Athena-Event", event);
        request.setHeader("X-Athena-Node", node);
        if (hook.secret() != null) {
            request.setHeader("X-Athena-Signature", Signature.of(body, hook.secret()));
        }
        return request.build();
    }

    private static Attempt judge(int status) {
        if (status / 100 == 2) {
            return new Attempt.Taken();
        }
        if (status / 100 == 3) {
            return new Attempt.Failed(
                    "the target answered " + status + "; redirects are not followed, write the final address", false);
        }
        boolean later = status / 100 == 5 || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS;
        return new Attempt.Failed("the target answered " + status, later);
    }

    private Attempt timedOut() {
        return new Attempt.Failed(
                "the target did not answer within " + hook.timeout().toMillis() + " ms", true);
    }

    private Attempt failure(@Nullable Throwable cause) {
        if (cause instanceof HttpTimeoutException) {
            return timedOut();
        }
        if (cause instanceof ConnectException) {
            boolean unknown = cause.getCause() instanceof UnresolvedAddressException;
            return new Attempt.Failed(
                    unknown ? "the name of the target is not known" : "the target cannot be reached", true);
        }
        String said = cause == null ? "" : OneLine.of(String.valueOf(cause.getMessage()));
        String kind = cause instanceof SSLException ? "TLS with the target failed: " : "the connection broke: ";
        return new Attempt.Failed(kind + withoutSecrets(said), true);
    }

    /** The path of an address is a secret with many chat services, and a target may send back what it was sent. */
    private String withoutSecrets(String text) {
        URI url = hook.url().reveal();
        List<String> secrets = new ArrayList<>();
        secrets.add(url.getRawQuery());
        secrets.add(url.getRawPath());
        hook.headers().values().forEach(value -> secrets.add(value.reveal()));
        String without = text;
        for (String secret : secrets) {
            if (secret != null && secret.length() > 1) {
                without = without.replace(secret, "***");
            }
        }
        return without;
    }
}
