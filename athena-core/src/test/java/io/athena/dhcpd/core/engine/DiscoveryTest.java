package io.athena.dhcpd.core.engine;

import static io.athena.dhcpd.core.engine.EngineFixture.granted;
import static io.athena.dhcpd.core.engine.EngineFixture.offered;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.config.ConfigResult;
import io.athena.dhcpd.core.config.TomlConfig;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.DropReason;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.lease.Wishes;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.option.StandardOptions;
import io.athena.dhcpd.core.subnet.TopologyCompiler;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The ways to answer a DHCPDISCOVER other than by an OFFER that is held. */
class DiscoveryTest {

    private static final Ipv4 SERVER = Ipv4.parse("10.0.0.2");
    private static final Wishes RAPID = new Wishes(true, false, false);
    private static final Wishes IPV6_ONLY = new Wishes(false, true, false);
    private static final Wishes AUTO_CONFIGURE = new Wishes(false, false, true);

    private long now = 1_800_000_000L;
    private int xid = 1;
    private final ManualJournal journal = new ManualJournal();
    private final CommitQueue commits = new CommitQueue(() -> {});

    private LeaseEngine serve(String... lines) {
        String text =
                "[server]\ninterface = \"eth0\"\n[[subnet]]\nnetwork = \"10.0.0.0/24\"\n" + String.join("\n", lines);
        ConfigResult read = TomlConfig.parse(text, Path.of("a.toml"), List.of(), StandardOptions.registry());
        assertThat(read.problems()).isEmpty();
        assertThat(read.config()).isNotNull();
        journal.listen(commits);
        return new LeaseEngine(
                TopologyCompiler.compile(read.config(), List.of(SERVER)).links().get(0),
                journal,
                commits,
                NamePolicy.NONE,
                EngineFixture.settings(false, false));
    }

    private static String pool(int first, int last) {
        return "[[subnet.pool]]\nrange_start = \"10.0.0." + first + "\"\nrange_end = \"10.0.0." + last + "\"";
    }

    private void sync() {
        journal.sync();
        commits.settle();
    }

    private ClientRequest message(int client, MessageType type, @Nullable Ipv4 asked, Wishes wishes, int transaction) {
        MacAddress mac = MacAddress.of(1, new byte[] {2, 0, 0, 0, 0, (byte) client});
        Ipv4 server = type == MessageType.REQUEST ? SERVER : null;
        return new ClientRequest(
                type,
                transaction,
                ClientKey.ofHardware(mac),
                mac,
                null,
                Ipv4.ANY,
                asked,
                server,
                server != null,
                -1,
                wishes,
                null,
                null,
                null,
                null,
                null,
                RelayInfo.NONE);
    }

    private ClientRequest discover(int client, Wishes wishes) {
        return message(client, MessageType.DISCOVER, null, wishes, xid++);
    }

    private ClientRequest select(int client, Ipv4 address) {
        return message(client, MessageType.REQUEST, address, Wishes.NONE, xid++);
    }

    @Nested
    class RapidCommit {

        private final LeaseEngine engine = serve("rapid_commit = true", pool(10, 19));

        @Test
        void theAnswerToADiscoverIsALeaseOnceItIsDurable() {
            Answer answer = engine.offer(discover(1, RAPID), Search.NEW, now);
            assertThat(answer).isInstanceOf(Answer.Committing.class);
            Ipv4 address = granted(answer);
            assertThat(engine.records().find(address)).isNull();
            sync();
            assertThat(engine.records().find(address)).isNotNull().matches(lease -> lease.isActive(now));
        }

        @Test
        void whoDoesNotAskForItIsOfferedAnAddress() {
            assertThat(engine.offer(discover(1, Wishes.NONE), Search.NEW, now)).isInstanceOf(Answer.Offered.class);
        }

        @Test
        void whereTheSubnetDoesNotAllowItTheAddressIsOffered() {
            LeaseEngine plain = serve(pool(10, 19));
            assertThat(plain.offer(discover(1, RAPID), Search.NEW, now)).isInstanceOf(Answer.Offered.class);
        }

        @Test
        void aRepeatedDiscoverGetsTheSameAddressWithoutAnotherWrite() {
            ClientRequest first = discover(1, RAPID);
            Answer answer = engine.offer(first, Search.NEW, now);
            assertThat(engine.offer(first, Search.NEW, now))
                    .as("while it is written")
                    .isInstanceOf(Answer.Behind.class);
            sync();
            assertThat(engine.offer(first, Search.NEW, now + 4)).isInstanceOfSatisfying(Answer.Granted.class, again -> {
                assertThat(again.assignment().address()).isEqualTo(granted(answer));
                assertThat(again.assignment().leaseSeconds()).isEqualTo(12 * 3600 - 4);
            });
        }

        @Test
        void whatCannotBeWrittenIsNeitherLeasedNorPromised() {
            ClientRequest first = discover(1, RAPID);
            Answer answer = engine.offer(first, Search.NEW, now);
            journal.fail();
            commits.settle();
            Assignment wanted = ((Answer.Committing) answer).assignment();
            assertThat(engine.afterFailure(first, wanted, now))
                    .isEqualTo(new Answer.Silent(DropReason.LEASE_NOT_WRITTEN));
            assertThat(engine.records().find(wanted.address())).isNull();
            assertThat(offered(engine.offer(discover(2, Wishes.NONE), Search.NEW, now)))
                    .isEqualTo(wanted.address());
        }

        @Test
        void twoClientsAtOnceGetTwoAddresses() {
            Ipv4 first = granted(engine.offer(discover(1, RAPID), Search.NEW, now));
            Ipv4 second = granted(engine.offer(discover(2, RAPID), Search.NEW, now));
            assertThat(first).isNotEqualTo(second);
        }

        @Test
        void aReservationIsCommittedAsWellAndEndsTheLeaseElsewhere() {
            Ipv4 before = granted(engine.offer(discover(1, RAPID), Search.NEW, now));
            sync();
            engine.reconfigure(
                    TopologyCompiler.compile(
                                    TomlConfig.parse(
                                                    "[server]\ninterface = \"eth0\"\n[[subnet]]\n"
                                                            + "network = \"10.0.0.0/24\"\nrapid_commit = true\n"
                                                            + pool(10, 19)
                                                            + "\n[[subnet.reservation]]\nip = \"10.0.0.50\"\n"
                                                            + "mac = \"02:00:00:00:00:01\"",
                                                    Path.of("a.toml"),
                                                    List.of(),
                                                    StandardOptions.registry())
                                            .config(),
                                    List.of(SERVER))
                            .links()
                            .get(0),
                    EngineFixture.settings(false, false));
            assertThat(granted(engine.offer(discover(1, RAPID), Search.NEW, now)))
                    .hasToString("10.0.0.50");
            sync();
            assertThat(engine.records().find(before)).matches(lease -> !lease.isActive(now));
        }

        @Test
        void aClientThatWasOfferedAnAddressBeforeIsGivenThat() {
            Ipv4 address = offered(engine.offer(discover(1, Wishes.NONE), Search.NEW, now));
            assertThat(granted(engine.offer(discover(1, RAPID), Search.NEW, now)))
                    .isEqualTo(address);
            sync();
            assertThat(offered(engine.offer(discover(2, Wishes.NONE), Search.NEW, now)))
                    .isNotEqualTo(address);
        }
    }

    @Nested
    class Ipv6Only {

        private final LeaseEngine engine = serve("ipv6_only_preferred = 1800", "rapid_commit = true", pool(10, 10));

        @Test
        void nothingIsHeldForAClientThatCanDoWithoutIpv4() {
            assertThat(offered(engine.offer(discover(1, IPV6_ONLY), Search.NEW, now)))
                    .hasToString("10.0.0.10");
            assertThat(offered(engine.offer(discover(2, Wishes.NONE), Search.NEW, now)))
                    .hasToString("10.0.0.10");
            assertThat(engine.confirm(select(1, Ipv4.parse("10.0.0.10")), now))
                    .isEqualTo(new Answer.Refused(DropReason.NOT_YOUR_ADDRESS));
        }

        @Test
        void itGetsTheAddressWhenItAsksForItAllTheSame() {
            Ipv4 address = offered(engine.offer(discover(1, IPV6_ONLY), Search.NEW, now));
            assertThat(granted(engine.confirm(select(1, address), now))).isEqualTo(address);
        }

        @Test
        void itHearsOfItWithoutAnAddressWhereNoneIsLeft() {
            engine.offer(discover(2, Wishes.NONE), Search.NEW, now);
            assertThat(engine.offer(discover(1, IPV6_ONLY), Search.NEW, now))
                    .isInstanceOfSatisfying(Answer.Unaddressed.class, nothing -> assertThat(
                                    nothing.terms().options().contains(108))
                            .isTrue());
            assertThat(granted(engine.confirm(select(2, Ipv4.parse("10.0.0.10")), now)))
                    .as("the offer to another client was not taken back for it")
                    .hasToString("10.0.0.10");
        }

        @Test
        void rapidCommitIsNotDoneForIt() {
            Answer answer = engine.offer(discover(1, new Wishes(true, true, false)), Search.NEW, now);
            assertThat(answer).isInstanceOf(Answer.Offered.class);
            sync();
            assertThat(engine.records().find(offered(answer))).isNull();
        }

        @Test
        void aSubnetWithoutTheOptionTreatsItLikeAnyOther() {
            LeaseEngine plain = serve(pool(10, 10));
            assertThat(offered(plain.offer(discover(1, IPV6_ONLY), Search.NEW, now)))
                    .hasToString("10.0.0.10");
            assertThat(plain.confirm(select(2, Ipv4.parse("10.0.0.10")), now)).isInstanceOf(Answer.Refused.class);
        }
    }

    @Nested
    class AutoConfiguration {

        private Answer withoutAddress(Wishes wishes, String... lines) {
            return serve(lines).offer(discover(1, wishes), Search.NEW, now);
        }

        @Test
        void aClientThatMakesUpAddressesIsToldNotToWhereThereIsNone() {
            assertThat(withoutAddress(AUTO_CONFIGURE, "auto_configure = 0"))
                    .isInstanceOfSatisfying(Answer.Unaddressed.class, nothing -> {
                        assertThat(nothing.terms().options().get(116)).containsExactly(0);
                        assertThat(nothing.reason()).isEqualTo(DropReason.NO_MATCHING_POOL);
                    });
        }

        @Test
        void othersHearNothingAndNeitherDoesAnybodyWhereItIsAllowedOrNotSet() {
            Answer silence = new Answer.Silent(DropReason.NO_MATCHING_POOL);
            assertThat(withoutAddress(Wishes.NONE, "auto_configure = 0")).isEqualTo(silence);
            assertThat(withoutAddress(AUTO_CONFIGURE, "auto_configure = 1")).isEqualTo(silence);
            assertThat(withoutAddress(AUTO_CONFIGURE)).isEqualTo(silence);
        }

        @Test
        void whereThereIsAnAddressItIsOffered() {
            assertThat(withoutAddress(AUTO_CONFIGURE, "auto_configure = 0", pool(10, 10)))
                    .isInstanceOf(Answer.Offered.class);
        }
    }
}
