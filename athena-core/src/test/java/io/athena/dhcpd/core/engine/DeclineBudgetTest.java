package io.athena.dhcpd.core.engine;

import static io.athena.dhcpd.core.engine.EngineFixture.HOUR;
import static io.athena.dhcpd.core.engine.EngineFixture.offered;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.engine.EngineFixture.Client;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What DECLINEs can take out of a pool, and what becomes of an address past that. */
class DeclineBudgetTest {

    private static final Answer PAST_THE_BUDGET = new Answer.Silent(DropReason.TOO_MANY_DECLINES);

    private final EngineFixture net = EngineFixture.withPool("10.0.0.100", "10.0.0.249");

    private static Answer leaseAndDecline(Client client) {
        return client.decline(client.lease().toString());
    }

    private static int withheld(EngineFixture net) {
        return net.engine.records().stats().withheld();
    }

    private void storm(int clients, IntFunction<Client> client) {
        for (int i = 1; i <= clients; i++) {
            leaseAndDecline(client.apply(i));
        }
    }

    @Test
    void oneClientHasNoMoreThanItsShareWithheld() {
        Client client = net.client(1);
        storm(100, i -> client);
        assertThat(withheld(net)).isEqualTo(DeclineBudget.A_CLIENT);
    }

    @Test
    void clientsInventedAtOneRelayPortHaveNoMoreThanThePortsShareWithheld() {
        storm(100, i -> net.behindPort("ge-0/0/2", i));
        assertThat(withheld(net)).isEqualTo(DeclineBudget.A_PORT);
        assertThat(leaseAndDecline(net.behindPort("ge-0/0/1", 900))).isInstanceOf(Answer.Noted.class);
    }

    @ParameterizedTest(name = "a pool up to .{0} keeps all but {1} addresses")
    @CsvSource({"100, 1", "101, 1", "103, 2", "115, 8", "179, 8", "249, 15"})
    void aStormOfInventedClientsCannotEmptyAPool(int last, int most) {
        EngineFixture pool = EngineFixture.withPool("10.0.0.100", "10.0.0." + last);
        for (int i = 1; i <= 400 && withheld(pool) < last - 99; i++) {
            leaseAndDecline(pool.client(i));
        }
        assertThat(withheld(pool)).isEqualTo(most);
    }

    @Test
    void pastTheBudgetTheLeaseEndsAndItsAddressIsTheLastToBeGivenAgain() {
        EngineFixture four = new EngineFixture();
        for (int i = 1; i <= 2; i++) {
            assertThat(leaseAndDecline(four.client(i))).isInstanceOf(Answer.Noted.class);
        }
        Client unlucky = four.client(3);
        Ipv4 bad = unlucky.lease();
        Ipv4 good = four.client(4).lease();
        four.now += 10;
        four.client(4).release(good.toString());
        assertThat(unlucky.decline(bad.toString())).isEqualTo(PAST_THE_BUDGET);
        assertThat(four.activeAddresses()).isEmpty();
        assertThat(offered(unlucky.discover()))
                .as("the client is not sent round in a circle")
                .isEqualTo(good);
        assertThat(offered(unlucky.discoverAsking(bad.toString()))).isEqualTo(good);
        assertThat(offered(four.client(5).discover())).isEqualTo(bad);
    }

    @Test
    void anAddressDeclinedFromAnOfferPastTheBudgetGoesBehindTheOthers() {
        EngineFixture four = new EngineFixture();
        List<Ipv4> all = List.of(
                four.client(1).lease(),
                four.client(2).lease(),
                four.client(3).lease(),
                four.client(4).lease());
        four.client(1).decline(all.get(0).toString());
        four.client(2).decline(all.get(1).toString());
        four.client(3).release(all.get(2).toString());
        four.client(4).release(all.get(3).toString());
        Client client = four.client(5);
        assertThat(offered(client.discover())).isEqualTo(all.get(2));
        assertThat(client.decline(all.get(2).toString())).isEqualTo(PAST_THE_BUDGET);
        assertThat(offered(client.discover())).isEqualTo(all.get(3));
    }

    @Test
    void theBudgetComesBackWhenTheHoldsEnd() {
        storm(100, i -> net.behindPort("ge-0/0/2", i));
        net.now += HOUR;
        net.engine.tick(net.now);
        assertThat(withheld(net)).isZero();
        storm(100, i -> net.behindPort("ge-0/0/2", i));
        assertThat(withheld(net)).isEqualTo(DeclineBudget.A_PORT);
    }

    @Test
    void aSlowStormCannotEmptyAPoolForGoodEither() {
        EngineFixture pool = EngineFixture.withPool("10.0.0.100", "10.0.0.109");
        for (int i = 1; i <= 300; i++) {
            leaseAndDecline(pool.client(i));
            pool.now += HOUR / 4;
            pool.engine.tick(pool.now);
        }
        assertThat(withheld(pool)).isLessThanOrEqualTo(5);
    }

    @Test
    void whatIsWithheldOutlivesARestartAndStillCounts() {
        storm(100, net::client);
        EngineFixture restarted = EngineFixture.withPool("10.0.0.100", "10.0.0.249");
        net.engine.records().export((address, image) -> {}, restarted.engine.records()::load, excluded -> {});
        assertThat(withheld(restarted)).isEqualTo(15);
        assertThat(leaseAndDecline(restarted.client(900))).isEqualTo(PAST_THE_BUDGET);
    }
}
