package io.athena.dhcpd.ddns.http;

import io.athena.dhcpd.core.config.HttpUrl;
import io.athena.dhcpd.ddns.update.DnsFailure;
import io.athena.dhcpd.ddns.update.DnsFailure.Reach;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Asks the HTTP API of one name server. May be used by any thread. */
public final class ApiClient implements AutoCloseable {

    /** How long one record's answer may take, to its last byte. */
    public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);

    /** How many times that a whole zone may take. */
    private static final int ZONE_TIMEOUTS = 6;

    private static final long LONGEST_ANSWER = 1 << 20;

    /** A zone of some 300,000 records. */
    private static final long LONGEST_ZONE = 64 << 20;

    private final HttpClient client;
    private final HttpUrl server;
    private final String software;
    private final Duration timeout;
    private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param server the address of the API; a path before the API's own is kept, as behind a reverse proxy
     * @param software what the server is called in messages
     * @param timeout {@link #USUAL_TIMEOUT}
     */
    public ApiClient(HttpClients clients, HttpUrl server, String software, Duration timeout) {
        this.client = clients.client();
        this.server = server;
        this.software = software;
        this.timeout = timeout;
    }

    /** A request to a path of the API, which begins with a slash and is encoded already. */
    public HttpRequest.Builder request(String path) {
        URI uri = server.reveal();
        String prefix = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
        return HttpRequest.newBuilder(URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + prefix + path))
                .setHeader("Accept", "application/json")
                .setHeader("User-Agent", "athena-dhcpd");
    }

    /** Sends a request and waits for its answer, whatever its status is. */
    public ApiAnswer send(HttpRequest request) throws DnsFailure, InterruptedException {
        return send(request, LONGEST_ANSWER, timeout);
    }

    /** The same where the answer may be a whole zone. */
    public ApiAnswer sendForZone(HttpRequest request) throws DnsFailure, InterruptedException {
        return send(request, LONGEST_ZONE, timeout.multipliedBy(ZONE_TIMEOUTS));
    }

    private ApiAnswer send(HttpRequest request, long limit, Duration patience) throws DnsFailure, InterruptedException {
        CompletableFuture<HttpResponse<List<byte[]>>> answer = begin(request, limit);
        underWay.add(answer);
        if (closed) {
            answer.cancel(true);
        }
        try {
            HttpResponse<List<byte[]>> response = answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return new ApiAnswer(response.statusCode(), response.body());
        } catch (TimeoutException e) {
            throw timedOut(patience, e);
        } catch (CancellationException e) {
            throw stopped(e);
        } catch (ExecutionException e) {
            // A cancelled request may end either way.
            throw closed ? stopped(e) : failed(e.getCause(), patience);
        } finally {
            answer.cancel(true);
            underWay.remove(answer);
        }
    }

    private CompletableFuture<HttpResponse<List<byte[]>>> begin(HttpRequest request, long limit) throws DnsFailure {
        try {
            return client.sendAsync(request, response -> new BoundedBody(limit));
        } catch (RejectedExecutionException e) {
            throw stopped(e);
        }
    }

    /** A failure whose message begins with the server and goes on with this. */
    public DnsFailure failure(Reach reach, String message, @Nullable Throwable cause) {
        return new DnsFailure(reach, software + " at " + server + " " + message, cause);
    }

    /** What a status means that the API gives no meaning of its own. @param said by the server, as one line */
    public DnsFailure refusal(int status, String said) {
        String words = said.isEmpty() ? "" : ": " + said;
        return switch (status) {
            case 401, 403 ->
                failure(
                        Reach.SERVER,
                        "refuses the API key (" + status + "); look at api_key and at what it may do",
                        null);
            case 404 ->
                failure(
                        Reach.SERVER,
                        "knows no such address (404); look at the path of 'server' and at the zone",
                        null);
            case 400, 409, 413, 422 -> failure(Reach.NAME, "refuses this change (" + status + ")" + words, null);
            default ->
                status / 100 == 3
                        ? failure(
                                Reach.SERVER,
                                "redirects (" + status
                                        + "), which is not followed; write the final address as 'server'",
                                null)
                        : failure(Reach.SERVER, "answers " + status + words, null);
        };
    }

    private DnsFailure stopped(Throwable cause) {
        return failure(Reach.SERVER, "is not asked any more, since this server stops", cause);
    }

    private DnsFailure timedOut(Duration patience, Throwable cause) {
        return failure(Reach.SERVER, "does not answer within " + patience.toMillis() + " ms", cause);
    }

    private DnsFailure failed(@Nullable Throwable cause, Duration patience) {
        if (cause instanceof HttpTimeoutException) {
            return timedOut(patience, cause);
        }
        if (cause instanceof ConnectException) {
            boolean unknown = cause.getCause() instanceof UnresolvedAddressException;
            return failure(
                    Reach.SERVER,
                    unknown
                            ? "has a name that is not known; look at 'server'"
                            : "cannot be reached; look whether its API listens there and whether a firewall is between",
                    cause);
        }
        if (cause instanceof BoundedBody.TooLong) {
            return failure(Reach.SERVER, "sends a longer answer than is read: " + cause.getMessage(), cause);
        }
        String said = cause == null ? "" : OneLine.of(String.valueOf(cause.getMessage()));
        return failure(
                Reach.SERVER,
                cause instanceof SSLException
                        ? "fails at TLS: " + said
                                + "; its certificate must be for this name and be trusted by this host"
                        : "broke the connection: " + said + "; look whether it lets this host use its API",
                cause);
    }

    /** What is under way fails. */
    @Override
    public void close() {
        closed = true;
        underWay.forEach(answer -> answer.cancel(true));
    }
}
