package io.athena.dhcpd.dhcp.reply;

import static io.athena.dhcpd.dhcp.wire.PacketFixtures.CLIENT_MAC;
import static io.athena.dhcpd.dhcp.wire.PacketFixtures.hex;
import static io.athena.dhcpd.dhcp.wire.PacketFixtures.received;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.core.subnet.LeaseTimes;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyOptionsTest {

    private static final Ipv4 SERVER = Ipv4.parse("192.0.2.1");
    private static final LeaseTimes TIMES = new LeaseTimes(3600, 1800, 3150);
    private static final OptionSet CONFIGURED = OptionSet.builder()
            .put(1, hex("ffffff00"))
            .put(3, hex("c0000201"))
            .put(6, hex("c0000235"))
            .put(15, hex("6c616e"))
            .put(42, hex("c000027b"))
            .put(108, hex("00000708"))
            .build();

    @Test
    void whatWasAskedForComesInTheAskedOrderAfterServerAndTimes() {
        OptionSet reply = offer(discover().ask(15, 6, 99, 1, 6));

        assertThat(codes(reply)).containsExactly(54, 51, 58, 59, 15, 6, 1);
        assertThat(reply.get(54)).isEqualTo(hex("c0000201"));
        assertThat(reply.get(51)).isEqualTo(hex("00000e10"));
        assertThat(reply.get(58)).isEqualTo(hex("00000708"));
        assertThat(reply.get(59)).isEqualTo(hex("00000c4e"));
    }

    @Test
    void theMaskStandsBeforeTheRouterHoweverTheyWereAskedFor() {
        assertThat(codes(offer(discover().ask(3, 15, 1)))).containsExactly(54, 51, 58, 59, 1, 3, 15);
        assertThat(codes(offer(discover().ask(3)))).as("also unasked").containsExactly(54, 51, 58, 59, 1, 3);
    }

    @Test
    void aClientThatAsksForNothingGetsAllThatIsConfigured() {
        assertThat(codes(offer(discover()))).containsExactly(54, 51, 58, 59, 1, 3, 6, 15, 42);
    }

    @Test
    void alwaysSendIsAnExceptionToTheList() {
        ReplyScope scope = new ReplyScope(CONFIGURED, List.of(42, 6, 99), OptionSet.EMPTY);

        OptionSet reply = ReplyOptions.of(MessageType.OFFER, received(discover().ask(6)), scope, SERVER, TIMES);

        assertThat(codes(reply)).containsExactly(54, 51, 58, 59, 6, 42);
    }

    @Test
    void ipv6OnlyPreferredGoesOnlyToThoseThatAsk() {
        assertThat(codes(offer(discover().ask(1, 108)))).contains(108);
        ReplyScope always = new ReplyScope(CONFIGURED, List.of(108), OptionSet.EMPTY);
        assertThat(codes(ReplyOptions.of(MessageType.OFFER, received(discover().ask(1)), always, SERVER, TIMES)))
                .doesNotContain(108);
    }

    @Test
    void theIdentifierIsEchoedAsItCameAndNoneIsAddedWhereNoneCame() {
        byte[] id = hex("ff 00 00 00 01 00 02 00 00");

        assertThat(offer(discover().option(61, id)).get(61)).isEqualTo(id);
        assertThat(offer(discover()).contains(61)).isFalse();
        assertThat(offer(discover().option(61)).contains(61)).as("empty").isFalse();
        assertThat(nak(discover().option(61, id)).get(61)).isEqualTo(id);
    }

    @Test
    void relayInformationIsEchoedLast() {
        byte[] info = hex("01 04 00 ff 00 01 02 00");

        OptionSet reply =
                offer(discover().option(82, info).option(61, hex("0102")).ask(6));

        assertThat(codes(reply)).containsExactly(54, 51, 58, 59, 6, 61, 82);
        assertThat(reply.get(82)).isEqualTo(info);
        assertThat(codes(nak(discover().option(82, info)))).containsExactly(54, 82);
    }

    @Test
    void aNakTellsNothingButWhoAndWhy() {
        ReplyScope scope = new ReplyScope(
                CONFIGURED, List.of(6), OptionSet.builder().put(56, hex("6e6f")).build());

        OptionSet reply = ReplyOptions.of(MessageType.NAK, received(discover().ask(1, 3)), scope, SERVER, null);

        assertThat(codes(reply)).containsExactly(54, 56);
    }

    @Test
    void anInformIsAnsweredWithoutTimesEvenIfItAsksForThem() {
        OptionSet configured = CONFIGURED.overriddenBy(OptionSet.builder()
                .put(51, hex("00000001"))
                .put(58, hex("00000001"))
                .build());
        ReplyScope scope = new ReplyScope(configured, List.of(51), OptionSet.EMPTY);

        OptionSet reply = ReplyOptions.of(
                MessageType.ACK,
                received(ClientMessage.of(MessageType.INFORM, 1, CLIENT_MAC).ask(51, 58, 59, 6)),
                scope,
                SERVER,
                null);

        assertThat(codes(reply)).containsExactly(54, 6);
    }

    @Test
    void configurationCannotForgeWhatTheExchangeDecides() {
        OptionSet configured = OptionSet.builder()
                .put(54, hex("01010101"))
                .put(51, hex("00000001"))
                .put(61, hex("0909"))
                .put(82, hex("0101ff"))
                .put(52, hex("03"))
                .put(53, hex("06"))
                .put(6, hex("c0000235"))
                .build();

        OptionSet reply = ReplyOptions.of(
                MessageType.OFFER,
                received(discover()),
                new ReplyScope(configured, List.of(82), OptionSet.EMPTY),
                SERVER,
                TIMES);

        assertThat(codes(reply)).containsExactly(54, 51, 58, 59, 6);
        assertThat(reply.get(54)).isEqualTo(SERVER.toBytes());
    }

    @Test
    void answersOfTheExchangeAreSentUnasked() {
        ReplyScope scope = new ReplyScope(
                CONFIGURED, List.of(), OptionSet.builder().put(80, new byte[0]).build());

        OptionSet reply = ReplyOptions.of(MessageType.ACK, received(discover().ask(6)), scope, SERVER, TIMES);

        assertThat(codes(reply)).containsExactly(54, 51, 58, 59, 80, 6);
    }

    @Test
    void classlessRoutesReplaceRouterAndStaticRoutesAndCarryTheDefaultRoute() {
        OptionSet reply = offer(routed("18 0a0203 c0000202"), discover().ask(1, 121, 3, 33, 249));

        assertThat(codes(reply)).containsExactly(54, 51, 58, 59, 1, 121, 249);
        assertThat(reply.get(121)).isEqualTo(hex("18 0a0203 c0000202" + "00 c0000201"));
        assertThat(reply.get(249)).isEqualTo(reply.get(121));
    }

    @Test
    void aDefaultRouteAmongTheClasslessRoutesIsEnough() {
        OptionSet reply =
                offer(routed("20 0a020304 c0000202 00 c0000203"), discover().ask(121));

        assertThat(reply.get(121)).isEqualTo(hex("20 0a020304 c0000202 00 c0000203"));
    }

    @Test
    void aClientThatDoesNotAskForClasslessRoutesKeepsItsRouter() {
        OptionSet asked = offer(routed("18 0a0203 c0000202"), discover().ask(1, 3, 33));
        assertThat(codes(asked)).containsExactly(54, 51, 58, 59, 1, 3, 33);

        OptionSet unasked = offer(routed("18 0a0203 c0000202"), discover());
        assertThat(codes(unasked)).contains(3, 33, 121).doesNotContain(249);
    }

    @Test
    void bootpGetsNeitherServerNorTimesNorIdentifier() {
        OptionSet reply = ReplyOptions.of(
                MessageType.BOOTP,
                received(ClientMessage.of(MessageType.BOOTP, 1, CLIENT_MAC).option(61, hex("0102"))),
                new ReplyScope(CONFIGURED, List.of(), OptionSet.EMPTY),
                SERVER,
                null);

        assertThat(codes(reply)).containsExactly(1, 3, 6, 15, 42);
    }

    private static OptionSet routed(String routes) {
        return OptionSet.builder()
                .put(1, hex("ffffff00"))
                .put(3, hex("c0000201 c0000209"))
                .put(33, hex("0a000001 c0000202"))
                .put(121, hex(routes))
                .build();
    }

    private static ClientMessage discover() {
        return ClientMessage.of(MessageType.DISCOVER, 1, CLIENT_MAC);
    }

    private static OptionSet offer(ClientMessage message) {
        return offer(CONFIGURED, message);
    }

    private static OptionSet offer(OptionSet configured, ClientMessage message) {
        return ReplyOptions.of(
                MessageType.OFFER,
                received(message),
                new ReplyScope(configured, List.of(), OptionSet.EMPTY),
                SERVER,
                TIMES);
    }

    private static OptionSet nak(ClientMessage message) {
        return ReplyOptions.of(MessageType.NAK, received(message), ReplyScope.NONE, SERVER, null);
    }

    private static List<Integer> codes(OptionSet options) {
        List<Integer> codes = new ArrayList<>();
        options.forEach((value, code) -> codes.add(code));
        return codes;
    }
}
