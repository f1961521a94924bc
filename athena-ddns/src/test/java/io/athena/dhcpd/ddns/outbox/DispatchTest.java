package io.athena.dhcpd.ddns.outbox;

import static io.athena.dhcpd.ddns.outbox.OutboxFixture.name;
import static io.athena.dhcpd.ddns.outbox.OutboxFixture.pointerOnly;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DispatchTest {

    private final OutboxFixture dns = new OutboxFixture();

    /** Whoever has few threads to wait for servers would else give all of them to the first, over and over. */
    @Test
    void serversTakeTurnsHoweverManyNamesWaitForOneOfThem() {
        for (int host = 1; host <= 20; host++) {
            dns.changed(host, null, name("pc" + host, "a" + host));
        }
        dns.changed(100, null, pointerOnly("tv", "b"));
        dns.changed(101, null, pointerOnly("nas", "c"));
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            asked.add(Objects.requireNonNull(dns.outbox.next(dns.nanos)).place().server());
        }
        assertThat(asked).containsExactly("ns-forward", "ns-reverse", "ns-forward", "ns-reverse");
    }
}
