package io.athena.dhcpd.ddns.rfc2136;

import io.athena.dhcpd.core.config.HostPort;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.ddns.update.DnsFailure;
import io.athena.dhcpd.ddns.update.DnsFailure.Reach;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Where a name server is. A name is looked up anew each time, since its address may change, and on a thread of its own:
 * the system's resolver may take minutes to give up, most likely on the very name server that is away.
 */
final class ServerAddress {

    /** The system's resolver. */
    interface Lookup {
        InetAddress[] all(String host) throws UnknownHostException;
    }

    private final HostPort server;
    private final Lookup lookup;
    private final Duration patience;
    private @Nullable Future<InetAddress> underWay;

    ServerAddress(HostPort server, Lookup lookup, Duration patience) {
        this.server = server;
        this.lookup = lookup;
        this.patience = patience;
    }

    InetSocketAddress find() throws DnsFailure, InterruptedException {
        Future<InetAddress> answer = ask();
        try {
            return new InetSocketAddress(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS), server.port());
        } catch (TimeoutException e) {
            throw new DnsFailure(Reach.SERVER, "the address of name server " + server + " is not found in time", e);
        } catch (ExecutionException e) {
            throw new DnsFailure(
                    Reach.SERVER,
                    "the address of name server " + server + " is not known; an address can be configured instead",
                    e.getCause());
        }
    }

    /** A look-up that hangs is joined, not repeated: else threads would pile up. */
    private synchronized Future<InetAddress> ask() {
        if (Ipv4.tryParse(server.host()).isPresent() || server.host().contains(":")) {
            return CompletableFuture.supplyAsync(this::resolve, Runnable::run);
        }
        if (underWay == null || underWay.isDone()) {
            underWay = CompletableFuture.supplyAsync(this::resolve, ServerAddress::start);
        }
        return underWay;
    }

    private static void start(Runnable lookup) {
        Thread thread = new Thread(lookup, "ddns-lookup");
        thread.setDaemon(true);
        thread.start();
    }

    private InetAddress resolve() {
        try {
            InetAddress[] all = lookup.all(server.host());
            // A machine without IPv6 may well be told of an IPv6 address.
            return Arrays.stream(all)
                    .filter(Inet4Address.class::isInstance)
                    .findFirst()
                    .orElse(all[0]);
        } catch (UnknownHostException e) {
            throw new CompletionException(e);
        }
    }
}
