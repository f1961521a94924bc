package io.athena.dhcpd.ddns.rfc2136;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.athena.dhcpd.core.config.HostPort;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.ddns.DdnsConfig.ConflictPolicy;
import io.athena.dhcpd.ddns.DnsTarget.Rfc2136;
import io.athena.dhcpd.ddns.DnsTarget.TsigKey;
import io.athena.dhcpd.ddns.HeldPort;
import io.athena.dhcpd.ddns.rfc2136.FakeServer.Script;
import io.athena.dhcpd.ddns.update.DnsFailure;
import io.athena.dhcpd.ddns.update.DnsFailure.Reach;
import io.athena.dhcpd.ddns.update.Outcome;
import io.athena.dhcpd.ddns.update.PointerRecord;
import io.athena.dhcpd.ddns.update.UpdateRules;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.Type;

/** What name servers, and those who would like to be taken for one, may answer. */
class OddAnswersTest {

    private static final String REVERSE = "10.10.in-addr.arpa";
    private static final PointerRecord POINTER = new PointerRecord("5.0.10.10.in-addr.arpa", "a.office.example.net");
    private static final UpdateRules RULES = new UpdateRules(300, ConflictPolicy.SKIP, true);
    /** For what is not heard by UDP; by TCP all is heard that is said. */
    private static final Patience SHORT = new Patience(
            List.of(Duration.ofMillis(50), Duration.ofMillis(50)),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(5));

    private static final Patience LITTLE = new Patience(
            List.of(Duration.ofMillis(50)), Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofSeconds(5));

    private static final Patience TWICE = new Patience(
            List.of(Duration.ofMillis(50), Duration.ofMinutes(1)),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofSeconds(5));
    /** For what is heard at once: it never ends by itself in a test. */
    private static final Patience LONG = new Patience(
            List.of(Duration.ofMinutes(1)), Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1));

    private static final Patience BY_TCP =
            new Patience(List.of(), Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1));

    private static final TSIG KEY =
            new TSIG(TSIG.HMAC_SHA256, Name.fromConstantString("key-hmac-sha256."), NameServer.SECRET);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REFUSED  | NAME   | is refused (REFUSED): the server does not let unsigned messages update it (on BIND: allow-update or update-policy)",
                "NOTAUTH  | ZONE | is not one that the server has authority for, or is not its primary (NOTAUTH); some servers say so when a message is not signed",
                "NOTZONE  | NAME   | does not have this name (NOTZONE): the zone on the server is another one",
                "SERVFAIL | ZONE | cannot be served (SERVFAIL): the log of the name server says why; often its files cannot be written",
                "NOTIMP   | SERVER | cannot be updated: this name server does not do DNS UPDATE (NOTIMP)",
                "FORMERR  | NAME   | is asked in a way that the server does not understand (FORMERR)",
                "13       | NAME   | is answered with RESERVED13"
            })
    void aRefusalSaysWhatToLookAt(String rcode, Reach reach, String text) throws Exception {
        Script script =
                question -> List.of(answer(question, Rcode.value(rcode.matches("\\d+") ? "RESERVED" + rcode : rcode)));
        try (FakeServer server = new FakeServer(script, FakeServer.SILENCE)) {
            DnsFailure failure = failure(server.address(), null, LONG);
            assertThat(failure.reach()).isEqualTo(reach);
            assertThat(failure).hasMessage("zone %s on %s %s", REVERSE, server.address(), text);
        }
    }

    @Test
    void whatIsNotTheAnswerIsPassedOver() throws Exception {
        Script script = question -> {
            byte[] right = answer(question, Rcode.NOERROR);
            byte[] otherId = right.clone();
            otherId[1]++;
            byte[] aQuestion = question.toWire();
            byte[] cut = new byte[] {right[0], right[1], right[2]};
            byte[] counted = right.clone();
            counted[7] = 9;
            Message otherZone = new Message(question.getHeader().getID());
            otherZone.getHeader().setOpcode(question.getHeader().getOpcode());
            otherZone.getHeader().setFlag(Flags.QR);
            otherZone.addRecord(Record.newRecord(Name.fromString("example."), Type.SOA, DClass.IN), Section.QUESTION);
            otherZone.getHeader().setRcode(Rcode.REFUSED);
            return List.of(otherId, aQuestion, cut, counted, new byte[] {0}, otherZone.toWire(), right);
        };
        try (FakeServer server = new FakeServer(script, FakeServer.SILENCE);
                Rfc2136Updater zone = updater(server.address(), null, LONG)) {
            assertThat(zone.point(POINTER)).isEqualTo(Outcome.DONE);
            assertThat(server.heard()).containsExactly("udp");
        }
    }

    @Test
    void nothingThatIsGarbledDoesHarm() throws Exception {
        Message question = Message.newQuery(Record.newRecord(Name.fromString("a.example."), Type.PTR, DClass.IN));
        byte[] right = pointer(question);
        for (int at = 0; at < right.length; at++) {
            for (int value : new int[] {0, 1, 0x3f, 0x40, 0x7f, 0x80, 0xc0, 0xff}) {
                byte[] garbled = right.clone();
                garbled[at] = (byte) value;
                assertThatCode(() -> Answer.parse(garbled, question)).doesNotThrowAnyException();
            }
            byte[] cut = Arrays.copyOf(right, at);
            assertThatCode(() -> Answer.parse(cut, question)).doesNotThrowAnyException();
        }
    }

    @Test
    void anAnswerThatCameTooLateIsNotTakenForThatOfTheNextQuestion() throws Exception {
        List<byte[]> late = new ArrayList<>();
        Script script = question -> {
            List<byte[]> answers = List.copyOf(late);
            late.add(answer(question, Rcode.REFUSED));
            return late.size() == 1 ? List.of() : List.of(answers.get(0), answer(question, Rcode.NOERROR));
        };
        try (FakeServer server = new FakeServer(script, FakeServer.SILENCE);
                Rfc2136Updater zone = updater(server.address(), null, TWICE)) {
            // The first datagram is not answered, the second one by the refusal of the first, which it is.
            assertThatThrownBy(() -> zone.point(POINTER)).isInstanceOf(DnsFailure.class);
            assertThat(zone.point(POINTER)).isEqualTo(Outcome.DONE);
        }
    }

    @Test
    void anAnswerThatIsTooLongForADatagramIsFetchedByTcp() throws Exception {
        Script truncated = question -> {
            Message answer = new Message(answer(question, Rcode.NOERROR));
            answer.getHeader().setFlag(Flags.TC);
            return List.of(answer.toWire());
        };
        try (FakeServer server = new FakeServer(truncated, question -> List.of(pointer(question)));
                Rfc2136Updater zone = updater(server.address(), null, LONG)) {
            assertThat(zone.pointers(POINTER.owner())).containsExactly(POINTER.fqdn());
            assertThat(server.heard()).containsExactly("udp", "tcp");
        }
    }

    @Test
    void aServerThatHearsOnlyTcpIsAskedByTcp() throws Exception {
        try (FakeServer server =
                        new FakeServer(FakeServer.SILENCE, question -> List.of(answer(question, Rcode.NOERROR)));
                Rfc2136Updater zone = updater(server.address(), null, SHORT)) {
            assertThat(zone.point(POINTER)).isEqualTo(Outcome.DONE);
            assertThat(server.heard()).contains("tcp");
        }
    }

    @Test
    void silenceIsTold() throws Exception {
        try (FakeServer server = new FakeServer(FakeServer.SILENCE, FakeServer.SILENCE)) {
            DnsFailure failure = failure(server.address(), null, LITTLE);
            assertThat(failure.reach()).isEqualTo(Reach.SERVER);
            assertThat(failure).hasMessageContaining("does not answer, by UDP or TCP");
        }
    }

    @Test
    void aServerThatIsNotThereIsTold() throws Exception {
        try (HeldPort port = new HeldPort()) {
            DnsFailure failure = failure(new HostPort("127.0.0.1", port.number()), null, SHORT);
            assertThat(failure.reach()).isEqualTo(Reach.SERVER);
            assertThat(failure).hasMessage("name server 127.0.0.1:%d refuses connections: does it run?", port.number());
        }
    }

    @Test
    void aServerWhoseNameIsNotKnownIsTold() {
        DnsFailure failure = failure(new HostPort("ns.invalid", 53), null, SHORT);
        assertThat(failure.reach()).isEqualTo(Reach.SERVER);
        assertThat(failure).hasMessageContaining("the address of name server ns.invalid:53 is not");
    }

    @Test
    void successWithoutSignatureIsNotBelieved() throws Exception {
        Script script = question -> List.of(answer(question, Rcode.NOERROR));
        try (FakeServer server = new FakeServer(script, script)) {
            DnsFailure failure = failure(server.address(), NameServer.KEY, SHORT);
            assertThat(failure.reach()).isEqualTo(Reach.SERVER);
            assertThat(failure).hasMessageContaining("without a valid signature of key 'key-hmac-sha256'");
        }
    }

    @Test
    void aSignatureByAnotherSecretIsNotBelieved() throws Exception {
        TSIG other = new TSIG(TSIG.HMAC_SHA256, Name.fromConstantString("key-hmac-sha256."), "b3RoZXI=");
        Script script = question -> List.of(signed(question, other));
        try (FakeServer server = new FakeServer(script, script)) {
            assertThat(failure(server.address(), NameServer.KEY, SHORT))
                    .hasMessageContaining("without a valid signature");
        }
    }

    @Test
    void aSignedAnswerIsBelievedAlsoAfterAForgedOne() throws Exception {
        Script script = question -> List.of(answer(question, Rcode.YXRRSET), signed(question, KEY));
        try (FakeServer server = new FakeServer(script, FakeServer.SILENCE);
                Rfc2136Updater zone = updater(server.address(), NameServer.KEY, LONG)) {
            assertThat(zone.point(POINTER)).isEqualTo(Outcome.DONE);
        }
    }

    @Test
    void anUnsignedRefusalOfASignedUpdateIsToldAtOnce() throws Exception {
        Script script = question -> List.of(answer(question, Rcode.REFUSED));
        try (FakeServer server = new FakeServer(script, FakeServer.SILENCE)) {
            assertThat(failure(server.address(), NameServer.KEY, LONG))
                    .hasMessageContaining("the server does not accept the key 'key-hmac-sha256'");
        }
    }

    @Test
    void aServerThatOnlyPassesQuestionsOnIsNotAsked() throws Exception {
        Script script = question -> {
            Message answer = new Message(pointer(question));
            answer.getHeader().unsetFlag(Flags.AA);
            return List.of(answer.toWire());
        };
        try (FakeServer server = new FakeServer(script, FakeServer.SILENCE);
                Rfc2136Updater zone = updater(server.address(), null, LONG)) {
            assertThatThrownBy(() -> zone.pointers(POINTER.owner()))
                    .hasMessageContaining("is not one that the server has authority for");
        }
    }

    @Test
    void aListThatEndsEarlyOrBeginsWrongIsNone() throws Exception {
        Script wrong = question -> List.of(pointer(question));
        Script garbled = question -> List.of(new byte[] {1, 2, 3});
        Script refused = question -> List.of(answer(question, Rcode.NOTAUTH));
        assertThat(listFailure(wrong)).hasMessageContaining("does not begin with a SOA record");
        assertThat(listFailure(garbled)).hasMessageContaining("the server's answer is not one of DNS");
        assertThat(listFailure(refused)).hasMessageContaining("on BIND: allow-transfer", "NOTAUTH");
    }

    @Test
    void aListThatDoesNotComeIsTold() throws Exception {
        try (FakeServer server = new FakeServer(FakeServer.SILENCE, FakeServer.SILENCE);
                Rfc2136Updater zone = updater(server.address(), null, LITTLE)) {
            assertThatThrownBy(zone::list).isInstanceOf(DnsFailure.class).hasMessageContaining("is not listed in time");
        }
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Script script = question -> {
            asked.countDown();
            return List.of();
        };
        try (FakeServer server = new FakeServer(script, FakeServer.SILENCE);
                Rfc2136Updater zone = updater(server.address(), null, LONG)) {
            FutureTask<Outcome> task = new FutureTask<>(() -> zone.point(POINTER));
            Thread thread = new Thread(task);
            thread.start();
            asked.await();
            thread.interrupt();
            assertThatThrownBy(task::get).hasCauseInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void closingEndsWhatIsUnderWayAndLetsNothingNewBegin() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Script script = question -> {
            asked.countDown();
            return List.of();
        };
        try (FakeServer server = new FakeServer(script, FakeServer.SILENCE)) {
            Rfc2136Updater zone = updater(server.address(), null, LONG);
            FutureTask<Outcome> task = new FutureTask<>(() -> zone.point(POINTER));
            new Thread(task).start();
            asked.await();
            zone.close();
            assertThatThrownBy(task::get).hasCauseInstanceOf(DnsFailure.class);
            assertThatThrownBy(() -> zone.point(POINTER))
                    .isInstanceOf(DnsFailure.class)
                    .hasMessageContaining("is being stopped");
        }
    }

    @Test
    void closingAtAnyMomentIsAFailureLikeOthers() throws Exception {
        Random random = new Random(3);
        try (FakeServer server = new FakeServer(FakeServer.SILENCE, FakeServer.SILENCE)) {
            for (int i = 0; i < 300; i++) {
                Rfc2136Updater zone = updater(server.address(), null, i % 2 == 0 ? LONG : BY_TCP);
                FutureTask<Outcome> task = new FutureTask<>(() -> zone.point(POINTER));
                new Thread(task).start();
                LockSupport.parkNanos(random.nextInt(1_000_000));
                zone.close();
                assertThatThrownBy(task::get).hasCauseInstanceOf(DnsFailure.class);
            }
        }
    }

    private static DnsFailure failure(HostPort server, @Nullable TsigKey key, Patience patience) {
        try (Rfc2136Updater zone = updater(server, key, patience)) {
            return catchThrowableOfType(DnsFailure.class, () -> zone.point(POINTER));
        }
    }

    private static DnsFailure listFailure(Script script) throws IOException {
        try (FakeServer server = new FakeServer(FakeServer.SILENCE, script);
                Rfc2136Updater zone = updater(server.address(), null, LONG)) {
            return catchThrowableOfType(DnsFailure.class, zone::list);
        }
    }

    private static Rfc2136Updater updater(HostPort server, @Nullable TsigKey key, Patience patience) {
        return Rfc2136Updater.of(REVERSE, new Rfc2136(server, key), RULES, TimeSource.system(), patience);
    }

    private static byte[] answer(Message question, int rcode) {
        Message answer = new Message(question.getHeader().getID());
        Header header = answer.getHeader();
        header.setFlag(Flags.QR);
        header.setOpcode(question.getHeader().getOpcode());
        header.setRcode(rcode);
        return answer.toWire();
    }

    private static byte[] signed(Message question, TSIG key) throws IOException {
        Message answer = new Message(answer(question, Rcode.NOERROR));
        key.apply(answer, question.getTSIG());
        return answer.toWire();
    }

    private static byte[] pointer(Message question) throws IOException {
        Message answer = new Message(answer(question, Rcode.NOERROR));
        answer.getHeader().setFlag(Flags.AA);
        answer.addRecord(
                new PTRRecord(
                        Name.fromString(POINTER.owner() + "."), DClass.IN, 300, Name.fromString(POINTER.fqdn() + ".")),
                Section.ANSWER);
        return answer.toWire();
    }
}
