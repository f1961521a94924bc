package io.athena.dhcpd.ddns.http;

import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The HTTP client that all zones share, with its threads and its pool of connections. */
public final class HttpClients implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final ExecutorService workers;
    private final HttpClient client;

    /** @param proxies by which servers are reached */
    public HttpClients(ProxySelector proxies) {
        AtomicInteger count = new AtomicInteger();
        this.workers = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "athena-dns-http-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        // Certificates and names are verified, as by default. A redirect would carry the key to another place.
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .proxy(proxies)
                .executor(workers)
                .build();
    }

    /** The client itself. */
    HttpClient client() {
        return client;
    }

    /** Gives the threads free; who uses them is closed before. */
    @Override
    public void close() {
        workers.shutdownNow();
    }
}
