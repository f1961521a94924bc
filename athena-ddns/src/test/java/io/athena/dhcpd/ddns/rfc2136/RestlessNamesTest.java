package io.athena.dhcpd.ddns.rfc2136;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.DdnsConfig.ConflictPolicy;
import io.athena.dhcpd.ddns.DnsTarget.Rfc2136;
import io.athena.dhcpd.ddns.update.DnsFailure;
import io.athena.dhcpd.ddns.update.DnsFailure.Reach;
import io.athena.dhcpd.ddns.update.NameRecord;
import io.athena.dhcpd.ddns.update.Outcome;
import io.athena.dhcpd.ddns.update.UpdateRules;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DHCIDRecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Names that somebody else changes between two updates. */
class RestlessNamesTest {

    private static final NameRecord NAME = new NameRecord(
            "a.office.example.net",
            Ipv4.parse("10.10.0.5"),
            ClientKey.ofHardware(MacAddress.parse("02:00:00:00:00:0a")));
    private static final NameRecord BOBS = new NameRecord(
            "a.office.example.net",
            Ipv4.parse("10.10.0.6"),
            ClientKey.ofHardware(MacAddress.parse("02:00:00:00:00:0b")));

    /** What the next updates are answered; the last one again and again. */
    private final Deque<Integer> rcodes = new ArrayDeque<>();

    private final List<Message> updates = new ArrayList<>();
    private List<DHCIDRecord> owners = List.of();
    private final FakeServer server;

    RestlessNamesTest() throws IOException {
        server = new FakeServer(question -> List.of(answer(question)), FakeServer.SILENCE);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void aNameThatIsFreedBetweenTwoUpdatesIsTakenAfterAll() throws Exception {
        answers(Rcode.YXDOMAIN, Rcode.NXDOMAIN, Rcode.NOERROR);
        assertThat(updater(ConflictPolicy.SKIP).add(NAME)).isEqualTo(Outcome.DONE);
        assertThat(updates).hasSize(3);
    }

    @Test
    void aNameThatComesAndGoesIsLeftForLater() throws Exception {
        rcodes.addAll(List.of(
                Rcode.YXDOMAIN,
                Rcode.NXDOMAIN,
                Rcode.YXDOMAIN,
                Rcode.NXDOMAIN,
                Rcode.YXDOMAIN,
                Rcode.NXDOMAIN,
                Rcode.YXDOMAIN,
                Rcode.NXDOMAIN));
        assertIsLeftForLater(ConflictPolicy.SKIP);
    }

    @Test
    void aSharedNameWhoseOwnersChangeIsReadAgain() throws Exception {
        owners = List.of(Records.dhcid(BOBS, 300));
        answers(Rcode.NXRRSET, Rcode.NXRRSET, Rcode.NOERROR);
        assertThat(updater(ConflictPolicy.APPEND).add(NAME)).isEqualTo(Outcome.DONE);
        assertThat(updates).hasSize(3).allSatisfy(update -> {
            assertThat(prerequisites(update)).containsExactly(Type.DHCID, Type.CNAME);
            assertThat(update.getSection(Section.UPDATE)).hasSize(2);
        });
    }

    @Test
    void aSharedNameWhoseOwnersChangeAllTheTimeIsLeftForLater() throws Exception {
        answers(Rcode.NXRRSET);
        assertIsLeftForLater(ConflictPolicy.APPEND);
    }

    @Test
    void aRemovalFromASharedNameThatChangesAllTheTimeIsLeftForLater() throws Exception {
        owners = List.of(Records.dhcid(NAME, 300), Records.dhcid(BOBS, 300));
        answers(Rcode.NXRRSET);
        DnsFailure failure = catchThrowableOfType(
                DnsFailure.class, () -> updater(ConflictPolicy.SKIP).remove(NAME));
        assertThat(failure).hasMessageContaining("is being changed by somebody else all the time");
    }

    @Test
    void anAliasThatAppearsStopsATakeover() throws Exception {
        answers(Rcode.YXDOMAIN, Rcode.NXRRSET, Rcode.YXRRSET);
        assertThat(updater(ConflictPolicy.OVERWRITE).add(NAME)).isEqualTo(Outcome.FOREIGN);
    }

    private void assertIsLeftForLater(ConflictPolicy policy) {
        DnsFailure failure =
                catchThrowableOfType(DnsFailure.class, () -> updater(policy).add(NAME));
        assertThat(failure.reach()).isEqualTo(Reach.NAME);
        assertThat(failure).hasMessage("a.office.example.net is being changed by somebody else all the time");
    }

    private void answers(Integer... codes) {
        rcodes.addAll(Arrays.asList(codes));
    }

    private Rfc2136Updater updater(ConflictPolicy policy) {
        UpdateRules rules = new UpdateRules(300, policy, true);
        Patience patience = new Patience(
                List.of(Duration.ofMinutes(1)), Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1));
        Rfc2136 target = new Rfc2136(server.address(), null);
        return Rfc2136Updater.of("office.example.net", target, rules, TimeSource.system(), patience);
    }

    private byte[] answer(Message question) {
        Message answer = new Message(question.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.AA);
        answer.getHeader().setOpcode(question.getHeader().getOpcode());
        if (question.getHeader().getOpcode() == Opcode.UPDATE) {
            updates.add(question);
            answer.getHeader().setRcode(rcodes.size() > 1 ? rcodes.remove() : rcodes.element());
        } else if (question.getQuestion().getType() == Type.DHCID) {
            owners.forEach(owner -> answer.addRecord(owner, Section.ANSWER));
        }
        return answer.toWire();
    }

    private static List<Integer> prerequisites(Message update) {
        return update.getSection(Section.PREREQ).stream().map(Record::getType).toList();
    }
}
