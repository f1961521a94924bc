package io.athena.dhcpd.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.athena.dhcpd.core.journal.CorruptRecordException;
import io.athena.dhcpd.core.journal.LeaseCodec;
import io.athena.dhcpd.core.journal.LeaseFixtures;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who else asks about leases: by what they find them, and when they hear of changes. */
class LeaseFindingTest {

    private final EngineFixture fixture = new EngineFixture();
    private final LinkRecords records = fixture.engine.records();

    @Test
    void aChainShowsTheSlotNotedLastFirstWhateverElseWasNotedAndDropped() {
        TraitChains chains = new TraitChains();
        Map<Integer, Deque<Integer>> model = new HashMap<>();
        Random random = new Random(11);
        for (int i = 0; i < 50_000; i++) {
            int slot = random.nextInt(300);
            model.values().forEach(chain -> chain.remove(slot));
            if (random.nextInt(3) > 0) {
                int hash = random.nextInt(5);
                chains.note(slot, hash);
                model.computeIfAbsent(hash, key -> new ArrayDeque<>()).addFirst(slot);
            } else {
                chains.drop(slot);
            }
        }
        for (int hash = 0; hash < 6; hash++) {
            List<Integer> shown = new ArrayList<>();
            chains.walk(hash, shown::add);
            assertThat(shown).containsExactlyElementsOf(model.getOrDefault(hash, new ArrayDeque<>()));
        }
    }

    @Test
    void anyLeaseIsFoundByEachThingThatIsKnownOfItsClient() throws Exception {
        Random random = new Random(12);
        records.keepTraits(true);
        Map<Ipv4, Lease> stored = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            Lease lease = LeaseFixtures.random(random);
            Ipv4 address = new Ipv4(0x0a000000 + random.nextInt(500));
            records.load(address, LeaseCodec.encode(at(address, lease)));
            stored.put(address, at(address, lease));
        }
        for (Lease lease : stored.values()) {
            for (LeaseTrait trait : traits(lease)) {
                assertThat(records.find(trait, 100)).extracting(Lease::ip).contains(lease.ip());
            }
        }
        Lease gone = LeaseFixtures.random(new Random(12));
        assertThat(traits(gone)).isNotEmpty().allSatisfy(trait -> assertThat(records.find(trait, 100))
                .extracting(Lease::ip)
                .isSubsetOf(stored.values().stream()
                        .filter(lease -> Objects.equals(lease.mac(), gone.mac())
                                || Arrays.equals(lease.clientId(), gone.clientId())
                                || Arrays.equals(lease.remoteId(), gone.remoteId()))
                        .map(Lease::ip)
                        .toList()));
    }

    @Test
    void anIndexThatIsWantedLaterFindsWhatCameBefore() {
        EngineFixture.Client client = fixture.client(1);
        Ipv4 address = client.lease();
        LeaseTrait trait = new LeaseTrait.Hardware(client.mac);
        assertThat(records.find(trait, 10)).isEmpty();
        records.keepTraits(true);
        assertThat(records.find(trait, 10)).extracting(Lease::ip).containsExactly(address);
        records.keepTraits(false);
        assertThat(records.find(trait, 10)).isEmpty();
    }

    @Test
    void noMoreRecordsAreLookedAtThanAllowed() {
        records.keepTraits(true);
        byte[] everybodys = {7};
        for (int i = 1; i <= 50; i++) {
            Lease lease = behind(everybodys, LeaseFixtures.lease(i));
            load(lease);
        }
        assertThat(records.find(new LeaseTrait.RemoteId(everybodys), 20))
                .extracting(lease -> lease.mac())
                .hasSize(20)
                .startsWith(LeaseFixtures.mac(50));
    }

    @Test
    void pagesOfImagesShowEveryRecordOnce() {
        for (int i = 1; i <= 600; i++) {
            load(LeaseFixtures.lease(i));
        }
        List<Ipv4> seen = new ArrayList<>();
        int from = 0;
        while (from >= 0) {
            int before = seen.size();
            from = records.images(from, 256, (address, image) -> seen.add(address));
            assertThat(seen.size() - before).isLessThanOrEqualTo(256);
        }
        assertThat(seen).hasSize(600).doesNotHaveDuplicates();
        assertThat(records.hasRecord(seen.get(0))).isTrue();
        assertThat(records.hasRecord(Ipv4.parse("10.9.9.9"))).isFalse();
    }

    @Test
    void aLeaseIsToldOnlyOnceItIsDurable() {
        EngineFixture.Client client = fixture.client(1);
        Ipv4 address = EngineFixture.offered(client.discover());
        client.select(address);
        assertThat(fixture.heard).isEmpty();
        fixture.sync();
        assertThat(fixture.heard).extracting(Lease::ip, Lease::state).containsExactly(told(address, LeaseState.ACTIVE));
    }

    @Test
    void aLeaseThatCouldNotBeWrittenIsNeverTold() {
        EngineFixture.Client client = fixture.client(1);
        client.select(EngineFixture.offered(client.discover()));
        fixture.failDisk();
        assertThat(fixture.heard).isEmpty();
    }

    @Test
    void aReleaseIsToldWhenTheJournalHasItAndBeforeWhatCameAfterIt() {
        Ipv4 first = fixture.client(1).lease();
        fixture.heard.clear();
        fixture.client(1).release(first.toString());
        EngineFixture.Client other = fixture.client(2);
        Ipv4 second = EngineFixture.offered(other.discoverAsking("10.0.0.103"));
        other.select(second);
        assertThat(fixture.heard).isEmpty();
        fixture.sync();
        assertThat(fixture.heard)
                .extracting(Lease::ip, Lease::state)
                .containsExactly(told(first, LeaseState.RELEASED), told(second, LeaseState.ACTIVE));
    }

    @Test
    void anExpiryThatIsNotWrittenIsToldAtOnce() {
        Ipv4 address = fixture.client(1).lease();
        fixture.heard.clear();
        fixture.now += EngineFixture.HOUR + 1;
        fixture.engine.tick(fixture.now);
        assertThat(fixture.heard)
                .extracting(Lease::ip, Lease::state)
                .containsExactly(told(address, LeaseState.EXPIRED));
    }

    @Test
    void aReleaseThatTheJournalDoesNotTakeIsToldAllTheSame() {
        Ipv4 address = fixture.client(1).lease();
        fixture.heard.clear();
        fixture.journal.writable = false;
        fixture.client(1).release(address.toString());
        assertThat(fixture.heard)
                .extracting(Lease::ip, Lease::state)
                .containsExactly(told(address, LeaseState.RELEASED));
    }

    private static Tuple told(Ipv4 address, LeaseState state) {
        return tuple(address, state);
    }

    private void load(Lease lease) {
        try {
            records.load(lease.ip(), LeaseCodec.encode(lease));
        } catch (CorruptRecordException e) {
            throw new AssertionError(e);
        }
    }

    private static List<LeaseTrait> traits(Lease lease) {
        List<LeaseTrait> traits = new ArrayList<>();
        if (lease.mac() != null) {
            traits.add(new LeaseTrait.Hardware(lease.mac()));
        }
        if (lease.clientId() != null) {
            traits.add(new LeaseTrait.ClientIdentifier(lease.clientId()));
        }
        if (lease.remoteId() != null) {
            traits.add(new LeaseTrait.RemoteId(lease.remoteId()));
        }
        return traits;
    }

    private static Lease at(Ipv4 address, Lease lease) {
        return copy(lease, address, lease.remoteId());
    }

    private static Lease behind(byte[] remoteId, Lease lease) {
        return copy(lease, lease.ip(), remoteId);
    }

    private static Lease copy(Lease of, Ipv4 address, byte @Nullable [] remoteId) {
        return new Lease(
                address,
                of.state(),
                of.key(),
                of.mac(),
                of.clientId(),
                of.hostname(),
                of.fqdn(),
                of.start(),
                of.expiry(),
                of.subnet(),
                of.poolStart(),
                of.giaddr(),
                of.option82(),
                of.circuitId(),
                remoteId,
                of.vendorClass(),
                of.lastTransaction(),
                of.lastUpdated(),
                of.nameDecision());
    }
}
