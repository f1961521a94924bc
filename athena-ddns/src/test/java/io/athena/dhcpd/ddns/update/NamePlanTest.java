package io.athena.dhcpd.ddns.update;

import static io.athena.dhcpd.ddns.DdnsConfig.ConflictPolicy.APPEND;
import static io.athena.dhcpd.ddns.DdnsConfig.ConflictPolicy.OVERWRITE;
import static io.athena.dhcpd.ddns.DdnsConfig.ConflictPolicy.SKIP;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.ddns.DdnsConfig.ConflictPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 4703 section 5 as tables. Addresses are a last octet each; of DHCIDs there are the client's and another's. */
class NamePlanTest {

    private static final NameRecord NAME = new NameRecord(
            "pc.example.net", Ipv4.parse("192.0.2.1"), ClientKey.ofHardware(MacAddress.parse("02:00:00:00:00:01")));
    private static final String MINE = Dhcid.of(NAME.client(), NAME.fqdn()).toBase64();
    private static final String THEIRS = "AAEBOSD+XR3Os/0LozeXVqcNc7FwCfQdWL3b/NaiUDlW2No=";

    @ParameterizedTest(name = "{0} {1} {2} with {3} -> {4} {5}")
    @CsvSource(
            nullValues = "-",
            value = {
                // has addresses, owners, other types; policy; gets addresses, owners; or FOREIGN
                "-,   -,            -,    SKIP,      1,       mine",
                "9,   mine,         -,    SKIP,      1,       mine",
                "1,   mine,         AAAA, SKIP,      1,       mine",
                "-,   mine,         -,    SKIP,      1,       mine",
                "1,   -,            -,    SKIP,      FOREIGN, -",
                "9,   theirs,       -,    SKIP,      FOREIGN, -",
                "-,   theirs,       -,    SKIP,      FOREIGN, -",
                "-,   -,            MX,   SKIP,      FOREIGN, -",
                "-,   -,            CNAME,SKIP,      FOREIGN, -",
                "1 9, mine theirs,  -,    SKIP,      FOREIGN, -",
                "9,   mine,         -,    OVERWRITE, 1,       mine",
                "9,   theirs,       -,    OVERWRITE, 1,       mine",
                "8 9, -,            -,    OVERWRITE, 1,       mine",
                "-,   -,            CNAME,OVERWRITE, FOREIGN, -",
                "-,   -,            -,    APPEND,    1,       mine",
                "9,   theirs,       -,    APPEND,    1 9,     mine theirs",
                "9,   mine,         -,    APPEND,    1 9,     mine",
                "-,   -,            CNAME,APPEND,    FOREIGN, -",
            })
    void aNameWithDhcidIsGivenToItsOwner(
            String addresses,
            String owners,
            String others,
            ConflictPolicy policy,
            String expected,
            String expectedOwners) {
        assertThat(words(NamePlan.add(contents(addresses, owners, others), NAME, new UpdateRules(300, policy, true))))
                .isEqualTo(expectation(expected, expectedOwners));
    }

    @ParameterizedTest(name = "{0} {1} {2} with {3} -> {4} {5}")
    @CsvSource(
            nullValues = "-",
            value = {
                "-,   -,      -,     SKIP,      1,       -",
                "-,   -,      MX,    SKIP,      1,       -",
                "1,   -,      -,     SKIP,      1,       -",
                "1 9, -,      -,     SKIP,      1 9,     -",
                "9,   -,      -,     SKIP,      FOREIGN, -",
                "9,   mine,   -,     SKIP,      FOREIGN, -",
                "-,   -,      CNAME, SKIP,      FOREIGN, -",
                "9,   theirs, -,     OVERWRITE, 1,       theirs",
                "9,   -,      -,     APPEND,    1 9,     -",
            })
    void aNameWithoutDhcidIsGivenByItsAddress(
            String addresses,
            String owners,
            String others,
            ConflictPolicy policy,
            String expected,
            String expectedOwners) {
        assertThat(words(NamePlan.add(contents(addresses, owners, others), NAME, new UpdateRules(300, policy, false))))
                .isEqualTo(expectation(expected, expectedOwners));
    }

    @ParameterizedTest(name = "{0} {1} {2}, DHCID {3} -> {4} {5}")
    @CsvSource(
            nullValues = "-",
            value = {
                "1,     mine,        -,    true,  -,       -",
                "-,     mine,        -,    true,  -,       -",
                "-,     -,           -,    true,  -,       -",
                "1,     mine,        AAAA, true,  -,       mine",
                "9,     mine,        -,    true,  9,       mine",
                "1 9,   mine,        -,    true,  9,       mine",
                "1 9,   mine theirs, -,    true,  9,       theirs",
                "1 8 9, mine theirs, -,    true,  8 9,     mine theirs",
                "1,     theirs,      -,    true,  FOREIGN, -",
                "1,     -,           -,    true,  FOREIGN, -",
                "-,     theirs,      -,    true,  FOREIGN, -",
                "1,     -,           -,    false, -,       -",
                "1,     mine,        -,    false, -,       -",
                "1,     theirs,      -,    false, -,       theirs",
                "1 9,   -,           -,    false, 9,       -",
                "-,     theirs,      -,    false, -,       theirs",
                "9,     -,           -,    false, FOREIGN, -",
            })
    void aNameIsTakenFromItsOwnerAlone(
            String addresses, String owners, String others, boolean useDhcid, String expected, String expectedOwners) {
        for (ConflictPolicy policy : ConflictPolicy.values()) {
            assertThat(words(NamePlan.remove(
                            contents(addresses, owners, others), NAME, new UpdateRules(300, policy, useDhcid))))
                    .as("%s", policy)
                    .isEqualTo(expectation(expected, expectedOwners));
        }
    }

    @Test
    void onlyOverwritingTakesANameFromSomebody() {
        assertThat(takesOver(contents("9", "theirs", null), OVERWRITE, true)).isTrue();
        assertThat(takesOver(contents("9", null, null), OVERWRITE, false)).isTrue();
        assertThat(takesOver(contents("1", null, null), OVERWRITE, false)).isFalse();
        assertThat(takesOver(contents("9", "mine", null), OVERWRITE, true)).isFalse();
        assertThat(takesOver(contents("9", "theirs", null), APPEND, true)).isFalse();
        assertThat(takesOver(contents(null, null, null), SKIP, true)).isFalse();
    }

    /** After a crash an update is repeated. */
    @ParameterizedTest
    @EnumSource(ConflictPolicy.class)
    void doingTheSameAgainChangesNothing(ConflictPolicy policy) {
        for (boolean useDhcid : List.of(true, false)) {
            UpdateRules rules = new UpdateRules(300, policy, useDhcid);
            NamePlan.Write first = (NamePlan.Write) NamePlan.add(contents(null, null, null), NAME, rules);
            NamePlan.Write second = (NamePlan.Write) NamePlan.add(after(first), NAME, rules);
            NamePlan.Write gone = (NamePlan.Write) NamePlan.remove(after(second), NAME, rules);

            assertThat(words(second)).isEqualTo(words(first));
            assertThat(words(gone)).isEqualTo("[] []");
            assertThat(words(NamePlan.remove(after(gone), NAME, rules))).isEqualTo("[] []");
        }
    }

    @Test
    void signaturesBesideANameDoNotMakeItSomebodys() {
        NameState nothing = new NameState(Set.of(), 0, Set.of());

        assertThat(NameContents.of(nothing, List.of("RRSIG", "NSEC", "NSEC3", "A", "DHCID"))
                        .inUse())
                .isFalse();
        assertThat(NameContents.of(nothing, List.of("TXT", "RRSIG")).otherTypes())
                .containsExactly("TXT");
    }

    private static boolean takesOver(NameContents contents, ConflictPolicy policy, boolean useDhcid) {
        return ((NamePlan.Write) NamePlan.add(contents, NAME, new UpdateRules(300, policy, useDhcid))).takesOver();
    }

    private static NameContents after(NamePlan.Write write) {
        return new NameContents(new NameState(write.addresses(), 300, write.owners()), Set.of());
    }

    private static NameContents contents(String addresses, String owners, String others) {
        return new NameContents(
                new NameState(
                        split(addresses)
                                .map(octet -> Ipv4.parse("192.0.2." + octet))
                                .collect(Collectors.toSet()),
                        300,
                        split(owners).map(NamePlanTest::dhcid).collect(Collectors.toSet())),
                split(others).collect(Collectors.toSet()));
    }

    private static String expectation(String addresses, String owners) {
        return "FOREIGN".equals(addresses)
                ? "FOREIGN"
                : split(addresses).toList() + " " + split(owners).sorted().toList();
    }

    private static String words(NamePlan plan) {
        if (!(plan instanceof NamePlan.Write write)) {
            return "FOREIGN";
        }
        return write.addresses().stream()
                        .sorted()
                        .map(address -> address.toString().replace("192.0.2.", ""))
                        .toList()
                + " "
                + write.owners().stream()
                        .map(owner -> owner.equals(MINE) ? "mine" : "theirs")
                        .sorted()
                        .toList();
    }

    private static String dhcid(String whose) {
        return whose.equals("mine") ? MINE : THEIRS;
    }

    private static Stream<String> split(String words) {
        return words == null ? Stream.of() : Arrays.stream(words.split(" "));
    }
}
