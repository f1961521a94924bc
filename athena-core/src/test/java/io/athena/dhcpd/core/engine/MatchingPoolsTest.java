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
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.TopologyCompiler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Which pool, reservation and terms a client gets, from the text of a configuration to the engine's answer. */
class MatchingPoolsTest {

    private static final Ipv4 SERVER = Ipv4.parse("10.0.0.2");
    private static final Ipv4 RELAY = Ipv4.parse("10.0.0.1");

    private long now = 1_800_000_000L;
    private int xid;
    private final ManualJournal journal = new ManualJournal();
    private final CommitQueue commits = new CommitQueue(() -> {});
    private @Nullable LeaseEngine running;

    /** One client; what it says can be changed between two messages. */
    private final class Station {
        private final MacAddress mac;
        private byte @Nullable [] clientId;
        private byte @Nullable [] vendorClass;
        private byte @Nullable [] userClass;
        private byte @Nullable [] architecture;
        private RelayInfo relay = RelayInfo.NONE;

        Station(int number) {
            mac = MacAddress.of(1, new byte[] {2, 0, 0, 0, 0, (byte) number});
        }

        Station vendor(@Nullable String text) {
            vendorClass = text == null ? null : bytes(text);
            return this;
        }

        Station user(@Nullable String text) {
            userClass = text == null ? null : bytes(text);
            return this;
        }

        Station architecture(int... numbers) {
            architecture = new byte[numbers.length * 2];
            for (int i = 0; i < numbers.length; i++) {
                architecture[2 * i + 1] = (byte) numbers[i];
            }
            return this;
        }

        Station named(String hex) {
            clientId = HexFormat.of().parseHex(hex);
            return this;
        }

        Station at(@Nullable String circuit, @Nullable String remote) {
            relay = relay(RELAY, circuit, remote);
            return this;
        }

        /** A message that passes no relay agent. */
        Station direct() {
            relay = RelayInfo.NONE;
            return this;
        }

        Answer discover() {
            return engine().offer(message(MessageType.DISCOVER, Ipv4.ANY, null, null), Search.NEW, now);
        }

        Answer select(Ipv4 address) {
            return engine().confirm(message(MessageType.REQUEST, Ipv4.ANY, address, SERVER), now);
        }

        Answer reboot(Ipv4 address) {
            return engine().confirm(message(MessageType.REQUEST, Ipv4.ANY, address, null), now);
        }

        Answer renew(Ipv4 address) {
            return engine().confirm(message(MessageType.REQUEST, address, null, null), now);
        }

        Ipv4 lease() {
            Ipv4 address = offered(discover());
            granted(select(address));
            sync();
            return address;
        }

        private ClientRequest message(MessageType type, Ipv4 ciaddr, @Nullable Ipv4 asked, @Nullable Ipv4 server) {
            boolean byMac = clientId == null || link().identifiesByMac();
            return new ClientRequest(
                    type,
                    ++xid,
                    byMac ? ClientKey.ofHardware(mac) : ClientKey.ofClientId(clientId),
                    mac,
                    clientId,
                    ciaddr,
                    asked,
                    server,
                    SERVER.equals(server),
                    -1,
                    Wishes.NONE,
                    null,
                    null,
                    vendorClass,
                    userClass,
                    architecture,
                    relay);
        }
    }

    private Link link = compile("");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static RelayInfo relay(Ipv4 giaddr, @Nullable String circuit, @Nullable String remote) {
        return new RelayInfo(
                giaddr,
                new byte[] {1, 0},
                circuit == null ? null : bytes(circuit),
                remote == null ? null : bytes(remote),
                null,
                null,
                67);
    }

    private static Link compile(String more) {
        String text = "[server]\ninterface = \"eth0\"\n\n[[subnet]]\nnetwork = \"10.0.0.0/24\"\n"
                + "shared_network = \"site\"\n" + more;
        ConfigResult read = TomlConfig.parse(text, Path.of("a.toml"), List.of(), StandardOptions.registry());
        assertThat(read.problems()).isEmpty();
        assertThat(read.config()).isNotNull();
        return TopologyCompiler.compile(read.config(), List.of(SERVER)).links().get(0);
    }

    private static String pool(int first, int last, String... keys) {
        return "[[subnet.pool]]\nrange_start = \"10.0.0." + first + "\"\nrange_end = \"10.0.0." + last + "\"\n"
                + String.join("\n", keys) + "\n";
    }

    private Link link() {
        return link;
    }

    private LeaseEngine engine() {
        assertThat(running).as("serve() comes first").isNotNull();
        return running;
    }

    /** Starts the engine with these lines in the subnet, or loads them into the running one. */
    private void serve(String... lines) {
        link = compile(String.join("\n", lines));
        EngineSettings settings = EngineFixture.settings(false, false);
        if (running == null) {
            journal.listen(commits);
            running = new LeaseEngine(link, journal, commits, NamePolicy.NONE, settings);
        } else {
            running.reconfigure(link, settings);
        }
    }

    private void sync() {
        journal.sync();
        commits.settle();
    }

    private static Answer nak(DropReason reason) {
        return new Answer.Refused(reason);
    }

    private static Assignment assignment(Answer answer) {
        return answer instanceof Answer.Offered offer
                ? offer.assignment()
                : answer instanceof Answer.Granted granted
                        ? granted.assignment()
                        : ((Answer.Committing) answer).assignment();
    }

    @Nested
    class WhichPool {

        @Test
        void theMostSpecificPoolThatFitsIsTakenWhereverItStandsInTheFile() {
            serve(
                    pool(10, 19),
                    pool(20, 29, "match_vendor_class = \"*\""),
                    pool(30, 39, "match_vendor_class = \"Cisco*\""),
                    pool(40, 49, "match_vendor_class = \"*\"", "match_circuit_id = \"*\""));
            assertThat(offered(new Station(1).discover())).hasToString("10.0.0.10");
            assertThat(offered(new Station(2).vendor("Snom").discover())).hasToString("10.0.0.20");
            assertThat(offered(new Station(3).vendor("Cisco IP Phone").discover()))
                    .hasToString("10.0.0.30");
            assertThat(offered(new Station(4)
                            .vendor("Cisco IP Phone")
                            .at("p1", null)
                            .discover()))
                    .hasToString("10.0.0.40");
        }

        @Test
        void amongEquallySpecificPoolsTheFirstInTheFileIsTaken() {
            serve(pool(30, 39, "match_vendor_class = \"ab*\""), pool(10, 19, "match_vendor_class = \"*bc\""));
            assertThat(offered(new Station(1).vendor("abc").discover())).hasToString("10.0.0.30");
        }

        @Test
        void anOfferOfBeforeAReloadDoesNotHideWhatTheLeaseRemembers() {
            serve(pool(10, 19));
            Station phone = new Station(1).vendor("Cisco IP Phone");
            Ipv4 address = phone.lease();
            phone.vendor(null);
            assertThat(offered(phone.discover())).isEqualTo(address);
            serve(pool(10, 19, "match_vendor_class = \"Cisco*\""));
            assertThat(granted(phone.select(address))).isEqualTo(address);
        }

        @Test
        void aFullPoolFallsToTheNextThatFits() {
            serve(pool(10, 19), pool(20, 20, "match_vendor_class = \"Cisco*\""));
            new Station(1).vendor("Cisco").lease();
            assertThat(offered(new Station(2).vendor("Cisco").discover())).hasToString("10.0.0.10");
        }

        @Test
        void anEndedLeaseOfTheMostSpecificPoolComesBeforeAFreshAddressOfTheNext() {
            serve(pool(10, 19), pool(20, 20, "match_vendor_class = \"Cisco*\""));
            new Station(1).vendor("Cisco").lease();
            now += 13 * EngineFixture.HOUR;
            engine().tick(now);
            assertThat(offered(new Station(2).vendor("Cisco").discover())).hasToString("10.0.0.20");
        }

        @Test
        void whoFitsNoPoolHearsNothingAndTheReasonIsNotThatNoneIsFree() {
            serve(pool(10, 10, "match_circuit_id = \"p1\""));
            assertThat(new Station(1).at("p2", null).discover())
                    .isEqualTo(new Answer.Silent(DropReason.NO_MATCHING_POOL));
            new Station(2).at("p1", null).lease();
            assertThat(new Station(3).at("p1", null).discover())
                    .isEqualTo(new Answer.Silent(DropReason.NO_FREE_ADDRESS));
        }

        @Test
        void askingForAnAddressOfAPoolThatDoesNotFitIsOfNoUse() {
            serve(pool(10, 19), pool(20, 29, "match_circuit_id = \"p1\""));
            Station guest = new Station(1).at("p2", null);
            ClientRequest asking = guest.message(MessageType.DISCOVER, Ipv4.ANY, Ipv4.parse("10.0.0.20"), null);
            assertThat(offered(engine().offer(asking, Search.NEW, now))).hasToString("10.0.0.10");
            assertThat(guest.select(Ipv4.parse("10.0.0.20"))).isEqualTo(nak(DropReason.NOT_YOUR_ADDRESS));
        }

        @Test
        void timesAndOptionsAreThoseOfThePoolThatTheAddressIsIn() {
            serve(
                    "lease_time = \"8h\"",
                    "domain_name = \"site\"",
                    pool(10, 19),
                    pool(20, 29, "match_vendor_class = \"Cisco*\"", "lease_time = \"1h\"", "domain_name = \"voice\""));
            Station phone = new Station(1).vendor("Cisco");
            Assignment first = assignment(phone.discover());
            assertThat(first.leaseSeconds()).isEqualTo(3600);
            assertThat(first.terms().options().get(15)).isEqualTo(bytes("voice"));
            assertThat(assignment(new Station(2).discover()).leaseSeconds()).isEqualTo(8 * 3600);

            phone.lease();
            serve(
                    "lease_time = \"8h\"",
                    pool(10, 19),
                    pool(20, 29, "match_vendor_class = \"Cisco*\"", "lease_time = \"2h\"", "domain_name = \"new\""));
            Assignment renewed = assignment(phone.renew(first.address()));
            assertThat(renewed.leaseSeconds()).isEqualTo(7200);
            assertThat(renewed.terms().options().get(15)).isEqualTo(bytes("new"));
        }
    }

    @Nested
    class Renewals {

        private final String site =
                pool(10, 19) + pool(20, 29, "match_circuit_id = \"p1\"", "match_vendor_class = \"C*\"");

        @Test
        void aRenewalPastTheRelayAgentIsJudgedByWhatItSaidBefore() {
            serve(site);
            Station phone = new Station(1).vendor("Cisco").at("p1", "sw");
            Ipv4 address = phone.lease();
            assertThat(granted(phone.direct().vendor(null).renew(address))).hasToString("10.0.0.20");
            sync();
            now += 60;
            assertThat(granted(phone.renew(address))).as("and so is the next").hasToString("10.0.0.20");
        }

        @Test
        void aRenewalPastTheRelayAgentGetsTheTimesAndOptionsOfItsPort() {
            serve(
                    pool(10, 19),
                    pool(20, 29, "match_circuit_id = \"p1\"", "lease_time = \"1h\""),
                    "[[class]]",
                    "name = \"port\"",
                    "match_circuit_id = \"p*\"",
                    "domain_name = \"port\"");
            Station host = new Station(1).at("p1", null);
            Ipv4 address = host.lease();
            now += 60;
            Assignment renewed = assignment(host.direct().renew(address));
            assertThat(renewed.leaseSeconds()).isEqualTo(3600);
            assertThat(renewed.terms().options().get(15)).isEqualTo(bytes("port"));
            ClientRequest inform = host.message(MessageType.INFORM, address, null, null);
            assertThat(engine().inform(inform, now).terms().options().get(15))
                    .as("nor does its INFORM pass the relay agent")
                    .isEqualTo(bytes("port"));
            ClientRequest other = new Station(2).message(MessageType.INFORM, address, null, null);
            assertThat(engine().inform(other, now).terms().options().get(15))
                    .as("what is remembered is the holder's")
                    .isNull();
        }

        @Test
        void subscriberAndRelayIdAreRememberedToo() {
            serve(pool(10, 19), pool(20, 29, "match_subscriber_id = \"line-?\"", "match_relay_id = \"0x0003*\""));
            Station host = new Station(1);
            byte[] said = HexFormat.of().parseHex("06066c696e652d370c0400030001");
            host.relay = new RelayInfo(RELAY, said, null, null, null, null, 67);
            Ipv4 address = host.lease();
            assertThat(address).hasToString("10.0.0.20");
            now += 60;
            assertThat(granted(host.direct().renew(address))).isEqualTo(address);
            sync();
            now += 60;
            assertThat(granted(host.renew(address))).as("and the next time").isEqualTo(address);
        }

        @Test
        void whoMovedToAnotherPortHearsNakThere() {
            serve(site);
            Station phone = new Station(1).vendor("Cisco").at("p1", null);
            Ipv4 address = phone.lease();
            assertThat(phone.at("p2", null).renew(address)).isEqualTo(nak(DropReason.NOT_YOUR_ADDRESS));
            assertThat(offered(phone.discover())).hasToString("10.0.0.10");
        }

        @Test
        void whoNowNamesAnotherVendorHearsNak() {
            serve(site);
            Station phone = new Station(1).vendor("Cisco").at("p1", null);
            Ipv4 address = phone.lease();
            assertThat(phone.direct().vendor("MSFT 5.0").renew(address)).isEqualTo(nak(DropReason.NOT_YOUR_ADDRESS));
        }

        @Test
        void whatAClientInventsAboutItsPortPastTheRelayAgentIsNotBelieved() {
            serve(site, "[[subnet.reservation]]", "circuit_id = \"victim\"", "ip = \"10.0.0.50\"");
            Ipv4 own = new Station(1).at("p9", null).lease();
            Station victim = new Station(2).at("victim", null);
            assertThat(victim.lease()).hasToString("10.0.0.50");

            Station liar = new Station(1);
            liar.relay = relay(Ipv4.ANY, "victim", null);
            assertThat(granted(liar.renew(own))).isEqualTo(own);
            sync();
            assertThat(granted(victim.renew(Ipv4.parse("10.0.0.50")))).hasToString("10.0.0.50");
            assertThat(engine().records().find(own).circuitId()).isEqualTo(bytes("p9"));
        }

        @Test
        void aSwitchThatAddsOption82WithoutBeingARelayAgentIsBelieved() {
            serve(site);
            Station phone = new Station(1).vendor("Cisco");
            phone.relay = relay(Ipv4.ANY, "p1", null);
            Ipv4 address = phone.lease();
            assertThat(address).hasToString("10.0.0.20");
            phone.relay = relay(Ipv4.ANY, "p2", null);
            assertThat(phone.renew(address)).isEqualTo(nak(DropReason.NOT_YOUR_ADDRESS));
        }

        @Test
        void keysThatAPoolGetsLaterSendOutThoseWhoDoNotFit() {
            serve(pool(10, 29));
            Station guest = new Station(1).vendor("MSFT 5.0");
            Station silent = new Station(2);
            Station phone = new Station(3).vendor("Cisco");
            Ipv4 first = guest.lease();
            Ipv4 second = silent.lease();
            Ipv4 third = phone.lease();
            serve(pool(10, 29, "match_vendor_class = \"Cisco*\""), pool(30, 39));
            assertThat(guest.renew(first)).isEqualTo(nak(DropReason.NOT_YOUR_ADDRESS));
            assertThat(silent.renew(second)).isEqualTo(nak(DropReason.NOT_YOUR_ADDRESS));
            assertThat(granted(phone.renew(third))).isEqualTo(third);
            assertThat(offered(guest.discover())).hasToString("10.0.0.30");
        }

        @Test
        void aClientIsNotRefusedWhatItWasOfferedForWhatItDoesNotSayAgain() {
            serve(
                    pool(10, 19),
                    pool(
                            20,
                            29,
                            "match_vendor_class = \"C*\"",
                            "match_user_class = \"u\"",
                            "match_architecture = \"7\""));
            Station boot = new Station(1).vendor("C").user("u").architecture(7);
            Ipv4 address = offered(boot.discover());
            assertThat(address).hasToString("10.0.0.20");
            boot.architecture = null;
            assertThat(granted(boot.vendor(null).user(null).select(address))).isEqualTo(address);
            sync();
            now += 60;
            assertThat(granted(boot.renew(address))).isEqualTo(address);
            sync();
            assertThat(engine().records().find(address).vendorClass()).isEqualTo(bytes("C"));
            assertThat(boot.vendor("D").renew(address)).isEqualTo(nak(DropReason.NOT_YOUR_ADDRESS));
        }

        @Test
        void whoComesBackAfterARestartNeedNotSayAgainWhatItIs() {
            serve(pool(10, 19), pool(20, 29, "match_vendor_class = \"C*\"", "match_architecture = \"7\""));
            Station phone = new Station(1).vendor("Cisco").architecture(7);
            Ipv4 address = phone.lease();
            phone.architecture = null;
            now += 60;
            assertThat(granted(phone.vendor(null).reboot(address))).isEqualTo(address);
            sync();
            assertThat(phone.vendor("MSFT 5.0").reboot(address)).isEqualTo(nak(DropReason.NOT_YOUR_ADDRESS));
        }

        @Test
        void theSystemOfAMachineIsNotTakenForItsBootLoaderBecauseThatHadTheAddressBefore() {
            serve(
                    pool(10, 10),
                    "[[class]]\nname = \"boot\"\nmatch_vendor_class = \"PXEClient*\"\nlease_time = \"10m\"");
            Station machine = new Station(1).vendor("PXEClient:Arch:00007");
            Ipv4 address = machine.lease();
            assertThat(machine.vendor(null).lease()).isEqualTo(address);
            now += 60;
            assertThat(assignment(machine.renew(address)).leaseSeconds()).isEqualTo(12 * 3600);
        }

        @Test
        void userClassAndArchitectureNeedNotBeSaidAgainToRenew() {
            serve(pool(10, 19), pool(20, 29, "match_user_class = \"u\"", "match_architecture = \"7\""));
            Station boot = new Station(1).user("u").architecture(7);
            Ipv4 address = boot.lease();
            boot.architecture = null;
            now += 60;
            assertThat(granted(boot.user(null).renew(address))).isEqualTo(address);
            sync();
            assertThat(boot.user("other").renew(address)).isEqualTo(nak(DropReason.NOT_YOUR_ADDRESS));
        }
    }

    @Nested
    class Classes {

        private static final String PHONES = """
                [[class]]
                name = "phones"
                match_vendor_class = "Cisco*"
                domain_name = "voice"
                lease_time = "2h"
                """;

        private static final String BOOT = """
                [[class]]
                name = "ipxe"
                match_user_class = "iPXE"
                bootfile = "menu.ipxe"
                [[class]]
                name = "uefi"
                match_architecture = "7"
                bootfile = "ipxe.efi"
                tftp_server = "boot"
                """;

        @Test
        void aPoolMayBeForAClassAndItsKeysTogether() {
            serve(pool(10, 19), pool(20, 29, "class = \"phones\"", "match_circuit_id = \"p1\""), PHONES);
            assertThat(offered(new Station(1).vendor("Cisco").at("p1", null).discover()))
                    .hasToString("10.0.0.20");
            assertThat(offered(new Station(2).vendor("Cisco").at("p2", null).discover()))
                    .hasToString("10.0.0.10");
            assertThat(offered(new Station(3).at("p1", null).discover())).hasToString("10.0.0.11");
        }

        @Test
        void aSubnetWithAClassServesItsMembersAndOthersFallToTheOtherSubnet() {
            serve(
                    "class = \"phones\"",
                    pool(10, 19),
                    "[[subnet]]\nnetwork = \"10.0.1.0/24\"\nshared_network = \"site\"",
                    pool(10, 19).replace("10.0.0.", "10.0.1."),
                    PHONES);
            assertThat(offered(new Station(1).vendor("Cisco").discover())).hasToString("10.0.0.10");
            assertThat(offered(new Station(2).discover())).hasToString("10.0.1.10");
        }

        @Test
        void aSubnetWithAClassIsSilentToOthersAndKeepsItsReservationsFromThem() {
            serve(
                    "class = \"phones\"",
                    pool(10, 19),
                    "[[subnet.reservation]]\nmac = \"02:00:00:00:00:01\"\nip = \"10.0.0.50\"",
                    PHONES);
            assertThat(new Station(1).discover()).isEqualTo(new Answer.Silent(DropReason.NO_MATCHING_POOL));
            assertThat(offered(new Station(1).vendor("Cisco").discover())).hasToString("10.0.0.50");
        }

        @Test
        void whatAClassSetsGoesOverTheSubnetAndUnderThePool() {
            serve(
                    "domain_name = \"site\"",
                    "lease_time = \"8h\"",
                    pool(10, 19),
                    pool(20, 29, "match_circuit_id = \"p1\"", "lease_time = \"1h\""),
                    PHONES);
            Assignment anybody = assignment(new Station(1).discover());
            Assignment phone = assignment(new Station(2).vendor("Cisco").discover());
            Assignment inPool =
                    assignment(new Station(3).vendor("Cisco").at("p1", null).discover());
            assertThat(anybody.terms().options().get(15)).isEqualTo(bytes("site"));
            assertThat(anybody.leaseSeconds()).isEqualTo(8 * 3600);
            assertThat(phone.terms().options().get(15)).isEqualTo(bytes("voice"));
            assertThat(phone.leaseSeconds()).isEqualTo(7200);
            assertThat(inPool.terms().options().get(15)).isEqualTo(bytes("voice"));
            assertThat(inPool.leaseSeconds()).isEqualTo(3600);
        }

        @Test
        void ofSeveralClassesTheFirstInTheFileWinsAndTheOthersAddWhatItLacks() {
            serve(pool(10, 19), BOOT);
            Assignment rom = assignment(new Station(1).architecture(7).discover());
            Assignment ipxe =
                    assignment(new Station(1).architecture(7).user("iPXE").discover());
            assertThat(rom.terms().options().get(67)).isEqualTo(bytes("ipxe.efi"));
            assertThat(ipxe.terms().options().get(67)).isEqualTo(bytes("menu.ipxe"));
            assertThat(ipxe.terms().options().get(66)).isEqualTo(bytes("boot"));
        }

        @Test
        void whatARenewalDoesNotSayMakesItsSenderNoMemberOfAClass() {
            serve(pool(10, 19), BOOT);
            Station system = new Station(1);
            Ipv4 address = offered(system.discover());
            assertThat(assignment(system.select(address)).terms().options().get(67))
                    .isNull();
            sync();
            now += 60;
            assertThat(assignment(system.renew(address)).terms().options().get(67))
                    .isNull();
        }

        @Test
        void aClientThatOnlyInformsIsToldWhatItsClassSays() {
            serve(pool(10, 19), PHONES);
            ClientRequest inform =
                    new Station(1).vendor("Cisco").message(MessageType.INFORM, Ipv4.parse("10.0.0.77"), null, null);
            assertThat(engine().inform(inform, now).terms().options().get(15)).isEqualTo(bytes("voice"));
        }
    }

    @Nested
    class Reservations {

        private static String reserve(int host, String... keys) {
            return "[[subnet.reservation]]\nip = \"10.0.0." + host + "\"\n" + String.join("\n", keys) + "\n";
        }

        @Test
        void aPortHasItsAddressWhoeverHangsOnIt() {
            serve(
                    pool(10, 19),
                    reserve(50, "circuit_id = \"p1\"", "remote_id = \"sw1\""),
                    reserve(51, "circuit_id = \"p1\""),
                    reserve(52, "remote_id = \"sw1\""));
            assertThat(offered(new Station(1).at("p1", "sw1").discover())).hasToString("10.0.0.50");
            assertThat(offered(new Station(2).at("p1", "sw2").discover())).hasToString("10.0.0.51");
            assertThat(offered(new Station(3).at("p2", "sw1").discover())).hasToString("10.0.0.52");
            assertThat(offered(new Station(4).at("p2", "sw2").discover())).hasToString("10.0.0.10");
            assertThat(offered(new Station(5).discover())).hasToString("10.0.0.11");
        }

        @Test
        void aDeviceThatReplacesAnotherOnAPortGetsItsAddressAtOnce() {
            serve(pool(10, 19), reserve(50, "circuit_id = \"p1\""));
            Station old = new Station(1).at("p1", null);
            Ipv4 address = old.lease();
            assertThat(new Station(2).at("p1", null).lease()).isEqualTo(address);
            assertThat(old.direct().renew(address)).isInstanceOf(Answer.Refused.class);
        }

        @Test
        void aRenewalIsNotRefusedForAnOfferOfAReservationThatIsGone() {
            serve(pool(10, 19), reserve(15, "mac = \"02:00:00:00:00:01\""));
            Station rom = new Station(1);
            Ipv4 address = rom.lease();
            assertThat(address).hasToString("10.0.0.15");
            assertThat(offered(new Station(1).named("ff01").discover())).isEqualTo(address);
            serve(pool(10, 19));
            assertThat(granted(rom.renew(address))).isEqualTo(address);
        }

        @Test
        void aPortsAddressIsRenewedPastTheRelayAgent() {
            serve(pool(10, 19), reserve(50, "circuit_id = \"p1\""));
            Station router = new Station(1).at("p1", null);
            Ipv4 address = router.lease();
            now += 60;
            assertThat(granted(router.direct().renew(address))).hasToString("10.0.0.50");
        }

        @Test
        void onAClashTheClientIdentifierWinsThenTheMacThenTheRelayIds() {
            serve(
                    pool(10, 19),
                    reserve(50, "circuit_id = \"p1\""),
                    reserve(51, "mac = \"02:00:00:00:00:01\""),
                    reserve(52, "identifier = \"0xff01\""));
            assertThat(offered(new Station(1).named("ff01").at("p1", null).discover()))
                    .hasToString("10.0.0.52");
            assertThat(offered(new Station(1).named("ff02").at("p1", null).discover()))
                    .hasToString("10.0.0.51");
            assertThat(offered(new Station(2).named("ff02").at("p1", null).discover()))
                    .hasToString("10.0.0.50");
        }

        @Test
        void oneMachineMayHaveAnAddressInItsBootLoaderAndAnotherInItsSystem() {
            serve(
                    pool(10, 19),
                    reserve(50, "mac = \"02:00:00:00:00:01\""),
                    reserve(51, "mac = \"02:00:00:00:00:01\"", "class = \"uefi\""),
                    "[[class]]\nname = \"uefi\"\nmatch_architecture = \"7\"");
            Station machine = new Station(1).architecture(7);
            Ipv4 offer = offered(machine.discover());
            assertThat(offer).hasToString("10.0.0.51");
            machine.architecture = null;
            assertThat(granted(machine.select(offer))).as("not said again").isEqualTo(offer);
            sync();
            assertThat(machine.lease()).hasToString("10.0.0.50");
            assertThat(offered(new Station(2).architecture(7).discover())).hasToString("10.0.0.10");
        }

        @Test
        void eachMacOfAReservationTakesItsAddressOver() {
            serve(pool(10, 19), reserve(50, "mac = [\"02:00:00:00:00:01\", \"02:00:00:00:00:02\"]"));
            Station cable = new Station(1);
            Station radio = new Station(2);
            Ipv4 address = cable.lease();
            assertThat(radio.lease()).isEqualTo(address).hasToString("10.0.0.50");
            assertThat(cable.lease()).isEqualTo(address);
            assertThat(engine().records().find(address).mac()).isEqualTo(cable.mac);
        }
    }

    @Nested
    class IdentifiedByMac {

        @Test
        void bootLoaderInstallerAndSystemOfOneMachineHaveOneLease() {
            serve("identify_by = \"mac\"", pool(10, 19));
            Ipv4 address = new Station(1).named("00aabb").lease();
            assertThat(new Station(1).named("01020000000001").lease()).isEqualTo(address);
            assertThat(new Station(1).lease()).isEqualTo(address);
            assertThat(granted(new Station(1).named("ff00").renew(address))).isEqualTo(address);
            assertThat(offered(new Station(2).named("00aabb").discover()))
                    .as("the same identifier from another machine")
                    .isNotEqualTo(address);
        }

        @Test
        void aReservationByIdentifierStillNamesItsClient() {
            serve(
                    "identify_by = \"mac\"",
                    pool(10, 19),
                    "[[subnet.reservation]]\nidentifier = \"0xff01\"\nip = \"10.0.0.50\"");
            assertThat(new Station(1).named("ff01").lease()).hasToString("10.0.0.50");
            assertThat(granted(new Station(1).named("ff01").renew(Ipv4.parse("10.0.0.50"))))
                    .hasToString("10.0.0.50");
        }
    }
}
