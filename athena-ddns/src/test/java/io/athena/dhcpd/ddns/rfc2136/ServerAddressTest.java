package io.athena.dhcpd.ddns.rfc2136;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.athena.dhcpd.core.config.HostPort;
import io.athena.dhcpd.ddns.update.DnsFailure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ServerAddressTest {

    private static final HostPort BY_NAME = new HostPort("ns.example.net", 53);

    private final AtomicInteger lookups = new AtomicInteger();

    @Test
    void aNameIsLookedUpEachTimeAndIpv4IsPreferred() throws Exception {
        ServerAddress server = new ServerAddress(
                BY_NAME,
                host -> {
                    byte last = (byte) lookups.incrementAndGet();
                    return new InetAddress[] {
                        InetAddress.getByName("2001:db8::1"), InetAddress.getByAddress(new byte[] {10, 0, 0, last})
                    };
                },
                Duration.ofMinutes(1));
        assertThat(server.find()).isEqualTo(new InetSocketAddress("10.0.0.1", 53));
        assertThat(server.find()).isEqualTo(new InetSocketAddress("10.0.0.2", 53));
    }

    @Test
    void aLookupThatHangsHoldsNobodyUpAndIsNotRepeated() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        ServerAddress server = new ServerAddress(
                BY_NAME,
                host -> {
                    lookups.incrementAndGet();
                    began.countDown();
                    await(end);
                    return new InetAddress[] {InetAddress.getByAddress(new byte[] {10, 0, 0, 1})};
                },
                Duration.ofMillis(50));
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThatThrownBy(server::find)
                    .isInstanceOf(DnsFailure.class)
                    .hasMessage("the address of name server ns.example.net:53 is not found in time");
        }
        // Its thread need not have begun before all were tired of it.
        began.await();
        assertThat(lookups).hasValue(1);
        end.countDown();
    }

    @Test
    void anAddressIsNotLookedUp() throws Exception {
        ServerAddress server = new ServerAddress(
                new HostPort("10.0.0.9", 5353),
                host -> {
                    assertThat(Thread.currentThread().getName()).isNotEqualTo("ddns-lookup");
                    return InetAddress.getAllByName(host);
                },
                Duration.ofMinutes(1));
        assertThat(server.find()).isEqualTo(new InetSocketAddress("10.0.0.9", 5353));
    }

    @Test
    void aNameThatNobodyKnowsIsTold() {
        ServerAddress server = new ServerAddress(
                BY_NAME,
                host -> {
                    throw new UnknownHostException(host);
                },
                Duration.ofMinutes(1));
        assertThatThrownBy(server::find)
                .hasMessage("the address of name server ns.example.net:53 is not known; an address can be configured"
                        + " instead")
                .hasCauseInstanceOf(UnknownHostException.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
