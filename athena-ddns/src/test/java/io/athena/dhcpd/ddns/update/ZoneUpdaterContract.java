package io.athena.dhcpd.ddns.update;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.ddns.DdnsConfig.ConflictPolicy;
import io.athena.dhcpd.ddns.update.ZoneEntry.Type;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ZoneUpdater} does, on a zone {@link #forwardZone} and the reverse zone 10.10.in-addr.arpa. */
public abstract class ZoneUpdaterContract {

    protected static final int TTL = 300;
    protected static final Ipv4 FIRST = Ipv4.parse("10.10.0.5");
    protected static final Ipv4 SECOND = Ipv4.parse("10.10.0.6");
    protected static final String REVERSE = "10.10.in-addr.arpa";

    /** Tests share one server: each takes names that no other one has. */
    private static final AtomicInteger NAMES = new AtomicInteger();

    protected String name = "";
    protected final ClientKey ann = ClientKey.ofHardware(MacAddress.parse("02:00:00:00:00:0a"));
    protected final ClientKey bob = ClientKey.ofClientId(new byte[] {1, 2, 0, 0, 0, 0, 0x0b});

    @BeforeEach
    void takeAName() {
        name = "host" + NAMES.incrementAndGet() + "." + forwardZone();
    }

    /** Zone of names in the tests. */
    protected String forwardZone() {
        return "office.example.net";
    }

    /** An updater of {@link #forwardZone} or {@link #REVERSE}. */
    protected abstract ZoneUpdater updater(String zone, UpdateRules rules) throws Exception;

    /** Writes a record past the updater, as an administrator does; its value as in a zone file. */
    protected abstract void byHand(String zone, String owner, String type, String value) throws Exception;

    /** The values that stand in the zone, as in a zone file and sorted, asked past the updater. */
    protected abstract List<String> standing(String owner, String type) throws Exception;

    private ZoneUpdater forward(ConflictPolicy policy, boolean useDhcid) throws Exception {
        return updater(forwardZone(), new UpdateRules(TTL, policy, useDhcid));
    }

    private ZoneUpdater skipping() throws Exception {
        return forward(ConflictPolicy.SKIP, true);
    }

    private ZoneUpdater overwriting() throws Exception {
        return forward(ConflictPolicy.OVERWRITE, true);
    }

    private ZoneUpdater appending() throws Exception {
        return forward(ConflictPolicy.APPEND, true);
    }

    private ZoneUpdater reverse() throws Exception {
        return updater(REVERSE, new UpdateRules(TTL, ConflictPolicy.SKIP, true));
    }

    private void assertStanding(List<String> addresses, ClientKey... owners) throws Exception {
        assertThat(standing(name, "A")).isEqualTo(addresses);
        assertThat(standing(name, "DHCID")).containsExactlyInAnyOrder(dhcids(owners));
    }

    private String[] dhcids(ClientKey... owners) {
        return Arrays.stream(owners).map(this::dhcid).toArray(String[]::new);
    }

    private String dhcid(ClientKey owner) {
        return Dhcid.of(owner, name).toBase64();
    }

    private NameRecord at(Ipv4 address, ClientKey client) {
        return new NameRecord(name, address, client);
    }

    @Test
    void aNameAppearsWithItsDhcidAndVanishesWithIt() throws Exception {
        try (ZoneUpdater zone = skipping()) {
            assertThat(zone.add(at(FIRST, ann))).isEqualTo(Outcome.DONE);
            assertStanding(List.of("10.10.0.5"), ann);
            NameState state = zone.look(name);
            assertThat(state.addresses()).containsExactly(FIRST);
            assertThat(state.ttl()).isEqualTo(TTL);
            assertThat(state.owners()).containsExactly(dhcid(ann));

            assertThat(zone.remove(at(FIRST, ann))).isEqualTo(Outcome.DONE);
            assertStanding(List.of());
            assertThat(zone.look(name).addresses()).isEmpty();
        }
    }

    @Test
    void doingItTwiceHarmsNothing() throws Exception {
        try (ZoneUpdater zone = skipping()) {
            assertThat(zone.add(at(FIRST, ann))).isEqualTo(Outcome.DONE);
            assertThat(zone.add(at(FIRST, ann))).isEqualTo(Outcome.DONE);
            assertStanding(List.of("10.10.0.5"), ann);
            assertThat(zone.remove(at(FIRST, ann))).isEqualTo(Outcome.DONE);
            assertThat(zone.remove(at(FIRST, ann))).isEqualTo(Outcome.DONE);
            assertStanding(List.of());
        }
    }

    @Test
    void aNameMovesWithItsClientAndTheLateRemovalOfTheOldAddressTakesNothing() throws Exception {
        try (ZoneUpdater zone = skipping()) {
            zone.add(at(FIRST, ann));
            assertThat(zone.add(at(SECOND, ann))).isEqualTo(Outcome.DONE);
            assertStanding(List.of("10.10.0.6"), ann);
            assertThat(zone.remove(at(FIRST, ann))).isEqualTo(Outcome.DONE);
            assertStanding(List.of("10.10.0.6"), ann);
        }
    }

    @Test
    void skippingLeavesTheNameToItsFirstClient() throws Exception {
        try (ZoneUpdater zone = skipping()) {
            zone.add(at(FIRST, ann));
            assertThat(zone.add(at(SECOND, bob))).isEqualTo(Outcome.FOREIGN);
            assertThat(zone.remove(at(FIRST, bob))).isEqualTo(Outcome.FOREIGN);
            assertStanding(List.of("10.10.0.5"), ann);

            zone.remove(at(FIRST, ann));
            assertThat(zone.add(at(SECOND, bob))).isEqualTo(Outcome.DONE);
            assertStanding(List.of("10.10.0.6"), bob);
        }
    }

    @Test
    void aRecordOfAnAdministratorIsLeftAlone() throws Exception {
        byHand(forwardZone(), name, "A", "10.10.0.99");
        try (ZoneUpdater zone = skipping()) {
            assertThat(zone.add(at(FIRST, ann))).isEqualTo(Outcome.FOREIGN);
            assertThat(zone.remove(at(FIRST, ann))).isEqualTo(Outcome.FOREIGN);
            assertStanding(List.of("10.10.0.99"));
        }
    }

    @Test
    void anAliasIsLeftAloneByEveryPolicy() throws Exception {
        byHand(forwardZone(), name, "CNAME", "elsewhere.example.net.");
        for (ConflictPolicy policy : ConflictPolicy.values()) {
            for (boolean useDhcid : new boolean[] {true, false}) {
                try (ZoneUpdater zone = forward(policy, useDhcid)) {
                    assertThat(zone.add(at(FIRST, ann)))
                            .as(policy + ", DHCID " + useDhcid)
                            .isEqualTo(Outcome.FOREIGN);
                }
            }
        }
        assertThat(standing(name, "CNAME")).containsExactly("elsewhere.example.net.");
    }

    @Test
    void theClientsAddressOfIpv6StaysAndKeepsTheDhcid() throws Exception {
        try (ZoneUpdater zone = skipping()) {
            zone.add(at(FIRST, ann));
            byHand(forwardZone(), name, "AAAA", "2001:db8::5");
            assertThat(zone.add(at(SECOND, ann))).isEqualTo(Outcome.DONE);
            assertThat(zone.remove(at(SECOND, ann))).isEqualTo(Outcome.DONE);
            assertStanding(List.of(), ann);
            assertThat(standing(name, "AAAA")).containsExactly("2001:db8::5");
            assertThat(zone.add(at(FIRST, ann))).isEqualTo(Outcome.DONE);
            assertStanding(List.of("10.10.0.5"), ann);
        }
    }

    @Test
    void overwritingTakesTheNameFromItsClientAndTheFormerOneRemovesNothing() throws Exception {
        try (ZoneUpdater zone = overwriting()) {
            zone.add(at(FIRST, ann));
            assertThat(zone.add(at(SECOND, bob))).isEqualTo(Outcome.DONE);
            assertStanding(List.of("10.10.0.6"), bob);
            assertThat(zone.remove(at(FIRST, ann))).isEqualTo(Outcome.FOREIGN);
            assertStanding(List.of("10.10.0.6"), bob);
        }
    }

    @Test
    void overwritingReplacesARecordOfAnAdministrator() throws Exception {
        byHand(forwardZone(), name, "A", "10.10.0.99");
        try (ZoneUpdater zone = overwriting()) {
            assertThat(zone.add(at(FIRST, ann))).isEqualTo(Outcome.DONE);
            assertStanding(List.of("10.10.0.5"), ann);
        }
    }

    @Test
    void appendingLetsClientsShareANameAndEachTakesOnlyItsOwnAway() throws Exception {
        try (ZoneUpdater zone = appending()) {
            assertThat(zone.add(at(FIRST, ann))).isEqualTo(Outcome.DONE);
            assertThat(zone.add(at(SECOND, bob))).isEqualTo(Outcome.DONE);
            assertThat(zone.add(at(SECOND, bob))).isEqualTo(Outcome.DONE);
            assertStanding(List.of("10.10.0.5", "10.10.0.6"), ann, bob);

            assertThat(zone.remove(at(FIRST, ann))).isEqualTo(Outcome.DONE);
            assertStanding(List.of("10.10.0.6"), bob);
            assertThat(zone.remove(at(FIRST, ann))).isEqualTo(Outcome.FOREIGN);
            assertThat(zone.remove(at(SECOND, bob))).isEqualTo(Outcome.DONE);
            assertStanding(List.of());
        }
    }

    @Test
    void appendingBesideARecordOfAnAdministratorLeavesItThere() throws Exception {
        byHand(forwardZone(), name, "A", "10.10.0.99");
        try (ZoneUpdater zone = appending()) {
            assertThat(zone.add(at(FIRST, ann))).isEqualTo(Outcome.DONE);
            assertThat(zone.add(at(FIRST, ann))).isEqualTo(Outcome.DONE);
            assertStanding(List.of("10.10.0.5", "10.10.0.99"), ann);
            assertThat(zone.remove(at(FIRST, ann))).isEqualTo(Outcome.DONE);
            assertThat(standing(name, "A")).containsExactly("10.10.0.99");
        }
    }

    @Test
    void withoutDhcidSkippingLeavesWhatSaysAnotherAddress() throws Exception {
        try (ZoneUpdater zone = forward(ConflictPolicy.SKIP, false)) {
            assertThat(zone.add(at(FIRST, ann))).isEqualTo(Outcome.DONE);
            assertThat(zone.add(at(FIRST, ann))).isEqualTo(Outcome.DONE);
            assertThat(zone.add(at(SECOND, bob))).isEqualTo(Outcome.FOREIGN);
            assertStanding(List.of("10.10.0.5"));
            assertThat(zone.remove(at(SECOND, bob))).isEqualTo(Outcome.FOREIGN);
            assertStanding(List.of("10.10.0.5"));
            assertThat(zone.remove(at(FIRST, ann))).isEqualTo(Outcome.DONE);
            assertThat(zone.remove(at(FIRST, ann))).isEqualTo(Outcome.DONE);
            assertStanding(List.of());
        }
    }

    @Test
    void withoutDhcidOverwritingReplacesAndRemovalTakesOnlyItsOwnAddress() throws Exception {
        try (ZoneUpdater zone = forward(ConflictPolicy.OVERWRITE, false)) {
            zone.add(at(FIRST, ann));
            assertThat(zone.add(at(SECOND, bob))).isEqualTo(Outcome.DONE);
            assertStanding(List.of("10.10.0.6"));
            assertThat(zone.remove(at(FIRST, ann))).isEqualTo(Outcome.FOREIGN);
            assertStanding(List.of("10.10.0.6"));
        }
    }

    @Test
    void withoutDhcidAppendingAddsAndRemovalTakesOnlyItsOwnAddress() throws Exception {
        try (ZoneUpdater zone = forward(ConflictPolicy.APPEND, false)) {
            zone.add(at(FIRST, ann));
            assertThat(zone.add(at(SECOND, bob))).isEqualTo(Outcome.DONE);
            assertStanding(List.of("10.10.0.5", "10.10.0.6"));
            assertThat(zone.remove(at(FIRST, ann))).isEqualTo(Outcome.DONE);
            assertStanding(List.of("10.10.0.6"));
        }
    }

    @Test
    void aPointerSaysTheLastNameAndOnlyThatNameTakesItAway() throws Exception {
        String owner = NAMES.incrementAndGet() + ".7.10.10.in-addr.arpa";
        PointerRecord first = new PointerRecord(owner, name);
        PointerRecord second = new PointerRecord(owner, "other." + forwardZone());
        try (ZoneUpdater zone = reverse()) {
            assertThat(zone.point(first)).isEqualTo(Outcome.DONE);
            assertThat(zone.pointers(owner)).containsExactly(name);
            assertThat(zone.point(second)).isEqualTo(Outcome.DONE);
            assertThat(zone.point(second)).isEqualTo(Outcome.DONE);
            assertThat(standing(owner, "PTR")).containsExactly("other." + forwardZone() + ".");

            assertThat(zone.unpoint(first)).isEqualTo(Outcome.FOREIGN);
            assertThat(zone.pointers(owner)).containsExactly("other." + forwardZone());
            assertThat(zone.unpoint(second)).isEqualTo(Outcome.DONE);
            assertThat(zone.unpoint(second)).isEqualTo(Outcome.DONE);
            assertThat(zone.pointers(owner)).isEmpty();
            assertThat(standing(owner, "PTR")).isEmpty();
        }
    }

    @Test
    void aZoneIsListedWithItsAddressesAndPointers() throws Exception {
        String owner = NAMES.incrementAndGet() + ".8.10.10.in-addr.arpa";
        try (ZoneUpdater forward = skipping();
                ZoneUpdater reverse = reverse()) {
            forward.add(at(FIRST, ann));
            reverse.point(new PointerRecord(owner, name));
            assertThat(forward.list()).contains(new ZoneEntry(name, Type.A, "10.10.0.5"));
            assertThat(reverse.list()).contains(new ZoneEntry(owner, Type.PTR, name));
        }
    }

    @Test
    void aNameThatIsNotThereHasNothing() throws Exception {
        try (ZoneUpdater zone = skipping()) {
            NameState state = zone.look(name);
            assertThat(state).isEqualTo(new NameState(new TreeSet<>(), 0, new TreeSet<>()));
        }
    }
}
