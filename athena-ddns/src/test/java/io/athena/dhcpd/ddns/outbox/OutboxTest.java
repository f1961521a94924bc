package io.athena.dhcpd.ddns.outbox;

import static io.athena.dhcpd.ddns.outbox.OutboxFixture.NOW;
import static io.athena.dhcpd.ddns.outbox.OutboxFixture.ip;
import static io.athena.dhcpd.ddns.outbox.OutboxFixture.name;
import static io.athena.dhcpd.ddns.outbox.OutboxFixture.pointerOnly;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.ddns.update.Outcome;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private final OutboxFixture dns = new OutboxFixture();

    @Test
    void aNewLeaseGetsItsNameAndThenItsPointer() {
        dns.changed(5, null, name("pc", "a"));
        dns.work();
        assertThat(dns.zone()).containsExactly("pc=10.0.0.5");
        assertThat(dns.pointers()).containsExactly("10.0.0.5=pc");
        assertThat(dns.news).containsExactly("ADD pc.example.net DONE", "POINT pc.example.net DONE");
        assertThat(dns.outbox.works()).isEmpty();
    }

    @Test
    void theEndOfALeaseTakesBothAway() {
        dns.changed(5, null, name("pc", "a"));
        dns.changed(6, null, name("tv", "b"));
        dns.work();
        dns.changed(5, name("pc", "a"), null);
        dns.work();
        assertThat(dns.zone()).containsExactly("tv=10.0.0.6");
        assertThat(dns.pointers()).containsExactly("10.0.0.6=tv");
        assertThat(dns.outbox.works()).isEmpty();
    }

    @Test
    void aRenewalAsksTheNameServersNothing() {
        dns.changed(5, name("pc", "a"), name("pc", "a"));
        dns.work();
        assertThat(dns.forward.log).isEmpty();
        assertThat(dns.outbox.takeUnsaved()).isEmpty();
    }

    @Test
    void aClientThatIsBackAtItsFormerAddressHasItsNameThereAndKeepsItWhenTheOtherLeaseEnds() {
        dns.changed(5, null, name("pc", "a"));
        dns.work();
        dns.changed(6, null, name("pc", "a"));
        dns.work();
        assertThat(dns.zone()).containsExactly("pc=10.0.0.6");
        dns.isBack(5, name("pc", "a"));
        dns.work();
        assertThat(dns.zone()).containsExactly("pc=10.0.0.5");
        dns.changed(6, name("pc", "a"), null);
        dns.work();
        assertThat(dns.zone()).containsExactly("pc=10.0.0.5");
        assertThat(dns.pointers()).containsExactly("10.0.0.5=pc");
    }

    @Test
    void aRenewalWritesTheRecordsAgainWhereThatIsConfigured() {
        OutboxFixture refreshing = new OutboxFixture(true);
        refreshing.changed(5, name("pc", "a"), name("pc", "a"));
        refreshing.work();
        assertThat(refreshing.zone()).containsExactly("pc=10.0.0.5");
        assertThat(refreshing.pointers()).containsExactly("10.0.0.5=pc");
        assertThat(refreshing.forward.log).containsExactly("add pc.example.net");
    }

    @Test
    void aNameThatChangesOnRenewalReplacesTheOldOne() {
        dns.changed(5, null, name("pc", "a"));
        dns.work();
        dns.changed(5, name("pc", "a"), name("laptop", "a"));
        dns.work();
        assertThat(dns.zone()).containsExactly("laptop=10.0.0.5");
        assertThat(dns.pointers()).containsExactly("10.0.0.5=laptop");
        assertThat(dns.reverse.log)
                .as("the pointer is replaced, not taken away first")
                .hasSize(2);
    }

    @Test
    void aNameMovesWithItsClient() {
        dns.changed(5, null, name("pc", "a"));
        dns.work();
        dns.changed(9, null, name("pc", "a"));
        dns.changed(5, name("pc", "a"), null);
        dns.work();
        assertThat(dns.zone()).containsExactly("pc=10.0.0.9");
        assertThat(dns.pointers()).containsExactly("10.0.0.9=pc");
    }

    @Test
    void anAddressThatGoesToAnotherClientLosesTheNameOfTheFirst() {
        dns.changed(5, null, name("pc", "a"));
        dns.work();
        dns.changed(5, name("pc", "a"), name("tv", "b"));
        dns.work();
        assertThat(dns.zone()).containsExactly("tv=10.0.0.5");
        assertThat(dns.pointers()).containsExactly("10.0.0.5=tv");
    }

    @Test
    void anAddressThatGoesToAnotherClientOfTheSameNameKeepsIt() {
        dns.changed(5, null, name("pc", "a"));
        dns.work();
        dns.changed(5, name("pc", "a"), name("pc", "b"));
        dns.work();
        assertThat(Objects.requireNonNull(dns.forward.names.get("pc.example.net"))
                        .client())
                .isEqualTo(OutboxFixture.client("b"));
    }

    @Test
    void aNameOfSomebodyElseIsLeftAloneAndGetsNoPointer() {
        dns.forward.foreign("printer.example.net", "192.0.2.1");
        dns.changed(5, null, name("printer", "a"));
        dns.work();
        assertThat(dns.zone()).containsExactly("printer=192.0.2.1");
        assertThat(dns.pointers()).isEmpty();
        assertThat(dns.outbox.foreignCount()).isEqualTo(1);

        dns.changed(5, name("printer", "a"), null);
        dns.work();
        assertThat(dns.zone()).containsExactly("printer=192.0.2.1");
        assertThat(dns.outbox.works()).isEmpty();
        assertThat(dns.outbox.foreignCount()).isZero();
    }

    @Test
    void whoeverWaitsForANameGetsItWhenItsOwnerLetsItGo() {
        dns.changed(5, null, name("pc", "a"));
        dns.changed(6, null, name("pc", "b"));
        dns.work();
        assertThat(dns.zone()).containsExactly("pc=10.0.0.5");
        dns.changed(5, name("pc", "a"), null);
        dns.work();
        assertThat(dns.zone()).containsExactly("pc=10.0.0.6");
        assertThat(dns.pointers()).containsExactly("10.0.0.6=pc");
        assertThat(dns.outbox.works()).isEmpty();
    }

    @Test
    void whoeverWaitsForANameTriesAgainWhenItRenews() {
        dns.forward.foreign("pc.example.net", "192.0.2.1");
        dns.changed(5, null, name("pc", "a"));
        dns.work();
        dns.forward.names.clear();
        dns.save();
        dns.restart();
        dns.work();
        assertThat(dns.zone()).as("a restart alone asks for nothing").isEmpty();
        dns.changed(5, name("pc", "a"), name("pc", "a"));
        dns.work();
        assertThat(dns.zone()).containsExactly("pc=10.0.0.5");
        assertThat(dns.outbox.works()).isEmpty();
    }

    @Test
    void whatARefreshFindsTakenLosesItsPointerToo() {
        OutboxFixture refreshing = new OutboxFixture(true);
        refreshing.changed(5, null, name("pc", "a"));
        refreshing.work();
        refreshing.forward.foreign("pc.example.net", "192.0.2.1");
        refreshing.changed(5, name("pc", "a"), name("pc", "a"));
        refreshing.work();
        assertThat(refreshing.pointers()).isEmpty();
        assertThat(refreshing.zone()).containsExactly("pc=192.0.2.1");
    }

    @Test
    void whereTheClientKeepsItsNameOnlyThePointerIsOurs() {
        dns.changed(5, null, pointerOnly("pc", "a"));
        dns.work();
        assertThat(dns.forward.log).isEmpty();
        assertThat(dns.pointers()).containsExactly("10.0.0.5=pc");
        dns.changed(5, pointerOnly("pc", "a"), null);
        dns.work();
        assertThat(dns.forward.log).isEmpty();
        assertThat(dns.pointers()).isEmpty();
    }

    @Test
    void aClientThatTakesItsNameOverDoesNotLoseItsRecord() {
        dns.changed(5, null, name("pc", "a"));
        dns.work();
        dns.changed(5, name("pc", "a"), pointerOnly("pc", "a"));
        dns.work();
        assertThat(dns.zone()).containsExactly("pc=10.0.0.5");
    }

    @Test
    void aServerThatIsDownIsAskedLessAndLessAndLosesNothing() {
        dns.forward.down = OutboxFixture.down();
        dns.changed(5, null, name("pc", "a"));
        dns.changed(6, null, name("tv", "b"));
        dns.work();
        assertThat(dns.outbox.next(dns.nanos)).isNull();
        assertThat(dns.dispatch.waitNanos(dns.nanos))
                .isEqualTo(Duration.ofSeconds(1).toNanos());
        dns.wait(Duration.ofSeconds(1));
        dns.work();
        assertThat(dns.dispatch.waitNanos(dns.nanos))
                .isEqualTo(Duration.ofSeconds(2).toNanos());

        dns.forward.down = null;
        dns.wait(Duration.ofSeconds(2));
        dns.work();
        assertThat(dns.zone()).containsExactly("pc=10.0.0.5", "tv=10.0.0.6");
        assertThat(dns.forward.log).as("nothing is asked twice").hasSize(2);
        assertThat(dns.news).contains("ns-forward works");
    }

    @Test
    void whileAServerIsDownALeaseThatComesAndGoesLeavesNothingToDo() {
        dns.forward.down = OutboxFixture.down();
        dns.changed(4, null, name("first", "z"));
        dns.work();
        dns.changed(5, null, name("pc", "a"));
        dns.changed(5, name("pc", "a"), null);
        dns.forward.down = null;
        dns.wait(Duration.ofMinutes(2));
        dns.work();
        assertThat(dns.forward.log).containsExactly("add first.example.net");
    }

    @Test
    void anUpdateOfWhichNothingIsKnownIsTakenBack() {
        dns.changed(5, null, name("pc", "a"));
        NameOp lost = Objects.requireNonNull(dns.outbox.next(dns.nanos));
        dns.forward.names.put("pc.example.net", new FakeDns.Owned(ip(5), OutboxFixture.client("a")));
        dns.dispatch.serverFailed(lost, "its answer did not come", dns.nanos, NOW);
        dns.changed(5, name("pc", "a"), null);
        dns.wait(Duration.ofMinutes(2));
        dns.work();
        assertThat(dns.zone()).isEmpty();
        assertThat(dns.outbox.works()).isEmpty();
    }

    @Test
    void aNameThatTheServerRefusesHoldsNobodyElseUp() {
        dns.forward.refused.put("odd.example.net", OutboxFixture.refusal());
        dns.changed(5, null, name("odd", "a"));
        dns.changed(6, null, name("tv", "b"));
        dns.work();
        assertThat(dns.zone()).containsExactly("tv=10.0.0.6");
        dns.forward.refused.clear();
        dns.wait(Duration.ofSeconds(1));
        dns.work();
        assertThat(dns.zone()).containsExactly("odd=10.0.0.5", "tv=10.0.0.6");
    }

    @Test
    void aNameUnderWayWaitsForItsRemoval() {
        dns.changed(5, null, name("pc", "a"));
        NameOp adding = Objects.requireNonNull(dns.outbox.next(dns.nanos));
        dns.changed(5, name("pc", "a"), null);
        assertThat(Objects.requireNonNull(dns.outbox.next(dns.nanos)).kind()).isEqualTo(NameOp.Kind.UNPOINT);
        assertThat(dns.outbox.next(dns.nanos)).as("one at a time for a name").isNull();
        dns.run(adding);
        dns.work();
        assertThat(dns.zone()).isEmpty();
    }

    @Test
    void removalsAreDoneBeforeTheNameIsGivenToSomebodyElse() {
        dns.changed(5, null, name("pc", "a"));
        dns.work();
        dns.forward.down = OutboxFixture.down();
        dns.changed(4, null, name("first", "z"));
        dns.work();
        dns.changed(6, null, name("pc", "b"));
        dns.changed(5, name("pc", "a"), null);
        dns.forward.down = null;
        dns.wait(Duration.ofMinutes(2));
        dns.work();
        assertThat(dns.zone()).containsExactly("first=10.0.0.4", "pc=10.0.0.6");
    }

    @Test
    void aNameThatCameBackBeforeItWasTakenAwayIsStillTakenAwayLater() {
        dns.changed(5, null, name("pc", "a"));
        dns.work();
        dns.changed(5, name("pc", "a"), name("tv", "a"));
        dns.changed(5, name("tv", "a"), name("pc", "a"));
        dns.changed(5, name("pc", "a"), name("nas", "a"));
        dns.work();
        assertThat(dns.zone()).containsExactly("nas=10.0.0.5");
    }

    @Test
    void whatNobodyCanTakeAwayIsGivenUpWhenToldSo() {
        dns.changed(5, null, name("pc", "a"));
        dns.work();
        dns.forward.down = OutboxFixture.down();
        dns.changed(5, name("pc", "a"), null);
        dns.work();
        dns.wait(Duration.ofMinutes(2));
        NameOp removal = Objects.requireNonNull(dns.outbox.next(dns.nanos));
        dns.dispatch.serverFailed(removal, "it does not answer", dns.nanos, NOW);
        dns.outbox.givenUp(removal);
        assertThat(dns.outbox.works()).isEmpty();
        dns.wait(Duration.ofMinutes(2));
        assertThat(dns.outbox.next(dns.nanos)).isNull();
    }

    @Test
    void aNameThatNoZoneHoldsIsSaidOnceAndForgotten() {
        HeldName elsewhere = new HeldName("pc.old.example", OutboxFixture.client("a"), true, Cidr.parse("10.0.0.0/24"));
        dns.changed(5, elsewhere, null);
        dns.work();
        assertThat(dns.news).contains("nowhere pc.old.example");
        assertThat(dns.outbox.works()).isEmpty();
    }

    @Test
    void unfinishedWorkOutlivesTheProcess() {
        dns.changed(5, null, name("pc", "a"));
        dns.work();
        dns.forward.down = OutboxFixture.down();
        dns.reverse.down = OutboxFixture.down();
        dns.changed(5, name("pc", "a"), name("laptop", "a"));
        dns.changed(6, null, name("tv", "b"));
        dns.work();
        dns.save();
        dns.restart();
        dns.forward.down = null;
        dns.reverse.down = null;
        dns.work();
        assertThat(dns.zone()).containsExactly("laptop=10.0.0.5", "tv=10.0.0.6");
        assertThat(dns.pointers()).containsExactly("10.0.0.5=laptop", "10.0.0.6=tv");
    }

    @Test
    void aNameThatADeadProcessPutIsTakenAwayAlthoughNothingSaysThatItDid() {
        dns.changed(5, null, name("pc", "a"));
        dns.work();
        dns.changed(5, name("pc", "a"), name("laptop", "a"));
        dns.restart();
        dns.work();
        assertThat(dns.zone()).containsExactly("laptop=10.0.0.5");
        assertThat(dns.pointers()).containsExactly("10.0.0.5=laptop");
    }

    @Test
    void driftIsRepairedOnDemand() {
        dns.outbox.repair(ip(5), name("pc", "a"), NOW);
        dns.outbox.surplus(ip(6), name("old", "b"), NOW);
        dns.forward.names.put("old.example.net", new FakeDns.Owned(ip(6), OutboxFixture.client("b")));
        dns.work();
        assertThat(dns.zone()).containsExactly("pc=10.0.0.5");
        assertThat(dns.pointers()).containsExactly("10.0.0.5=pc");
    }

    @Test
    void aResultThatComesLateForAWishOfBeforeChangesNothingElse() {
        dns.changed(5, null, name("pc", "a"));
        NameOp late = Objects.requireNonNull(dns.outbox.next(dns.nanos));
        dns.changed(5, name("pc", "a"), name("laptop", "a"));
        dns.forward.foreign("pc.example.net", "192.0.2.1");
        dns.outbox.settled(late, Outcome.FOREIGN);
        dns.work();
        assertThat(dns.zone()).containsExactly("laptop=10.0.0.5", "pc=192.0.2.1");
        assertThat(dns.outbox.foreignCount()).isZero();
    }
}
