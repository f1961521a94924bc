package io.athena.dhcpd.ddns.outbox;

import static io.athena.dhcpd.ddns.outbox.OutboxFixture.NOW;
import static io.athena.dhcpd.ddns.outbox.OutboxFixture.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A name server that answers and does not serve one of the zones, such as one that was never made there. */
class RefusedZoneTest {

    private final OutboxFixture dns = OutboxFixture.onOneServer();

    @Test
    void aZoneThatTheServerDoesNotHaveHoldsUpNoOtherZone() {
        dns.reverse.down = OutboxFixture.notServed();
        dns.changed(5, null, name("pc", "a"));
        dns.work();
        dns.changed(6, null, name("tv", "b"));
        dns.changed(7, null, name("nas", "c"));
        dns.work();
        assertThat(dns.zone()).containsExactly("nas=10.0.0.7", "pc=10.0.0.5", "tv=10.0.0.6");

        dns.reverse.down = null;
        dns.wait(Duration.ofMinutes(1));
        dns.work();
        assertThat(dns.pointers()).containsExactly("10.0.0.5=pc", "10.0.0.6=tv", "10.0.0.7=nas");
        assertThat(dns.outbox.works()).isEmpty();
    }

    @Test
    void suchAZoneIsAskedForLessAndLessByOneUpdateAtATime() {
        dns.reverse.down = OutboxFixture.notServed();
        dns.changed(5, null, name("pc", "a"));
        dns.changed(6, null, name("tv", "b"));
        dns.work();
        assertThat(dns.dispatch.waitNanos(dns.nanos))
                .isEqualTo(Duration.ofSeconds(1).toNanos());
        dns.wait(Duration.ofSeconds(1));
        dns.work();
        assertThat(dns.dispatch.waitNanos(dns.nanos))
                .isEqualTo(Duration.ofSeconds(2).toNanos());
    }

    @Test
    void theServerIsShownAsFailingAndSaysWhyUntilItServesTheZone() {
        dns.reverse.down = OutboxFixture.notServed();
        dns.changed(5, null, name("pc", "a"));
        dns.changed(6, null, name("tv", "b"));
        dns.work();
        assertThat(dns.dispatch.statuses())
                .containsExactly(new ServerStatus("ns-forward", 2, 2, NOW, "it does not have the zone"));
        dns.reverse.down = null;
        dns.wait(Duration.ofMinutes(1));
        dns.work();
        assertThat(dns.dispatch.statuses())
                .containsExactly(new ServerStatus("ns-forward", 0, 4, 0, "it does not have the zone"));
        assertThat(dns.news).contains("ns-forward works");
    }

    @Test
    void anUpdateThatIsNotWantedAnyMoreDoesNotKeepItsZoneWaiting() {
        dns.reverse.down = OutboxFixture.notServed();
        dns.changed(5, null, name("pc", "a"));
        dns.changed(6, null, name("tv", "b"));
        dns.work();
        dns.changed(5, name("pc", "a"), null);
        dns.work();
        assertThat(dns.zone()).containsExactly("tv=10.0.0.6");
        dns.reverse.down = null;
        dns.wait(Duration.ofMinutes(1));
        dns.work();
        assertThat(dns.pointers()).containsExactly("10.0.0.6=tv");
        assertThat(dns.outbox.works()).isEmpty();
    }

    @Test
    void aServerThatGoesAwayMeanwhileIsAskedForBothZonesWhenItIsBack() {
        dns.reverse.down = OutboxFixture.notServed();
        dns.changed(5, null, name("pc", "a"));
        dns.work();
        dns.forward.down = OutboxFixture.down();
        dns.reverse.down = OutboxFixture.down();
        dns.changed(6, null, name("tv", "b"));
        for (int i = 0; i < 5; i++) {
            dns.wait(Duration.ofMinutes(1));
            dns.work();
        }
        dns.forward.down = null;
        dns.reverse.down = null;
        dns.wait(Duration.ofMinutes(1));
        dns.work();
        assertThat(dns.zone()).containsExactly("pc=10.0.0.5", "tv=10.0.0.6");
        assertThat(dns.pointers()).containsExactly("10.0.0.5=pc", "10.0.0.6=tv");
    }

    @Test
    void aNameThatAServerFailsAtLetsOthersGoFirst() {
        dns.forward.refused.put("odd.example.net", OutboxFixture.down());
        dns.changed(5, null, name("odd", "a"));
        dns.changed(6, null, name("tv", "b"));
        dns.changed(7, null, name("nas", "c"));
        dns.work();
        for (int i = 0; i < 2; i++) {
            dns.wait(Duration.ofSeconds(1));
            dns.work();
        }
        assertThat(dns.zone()).containsExactly("nas=10.0.0.7", "tv=10.0.0.6");
        assertThat(dns.pointers()).containsExactly("10.0.0.6=tv", "10.0.0.7=nas");
    }
}
