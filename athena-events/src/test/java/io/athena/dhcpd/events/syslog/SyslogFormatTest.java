package io.athena.dhcpd.events.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.config.HostPort;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.LeaseState;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.events.SyslogTarget;
import io.athena.dhcpd.events.SyslogTarget.Facility;
import io.athena.dhcpd.events.SyslogTarget.Transport;
import io.athena.dhcpd.events.history.EntryKind;
import io.athena.dhcpd.events.history.HistoryEntry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SyslogFormatTest {

    @Test
    void anEntryIsAMessageOfRfc5424() {
        assertThat(message(Transport.TCP, EntryKind.GRANTED, "host-1", null))
                .isEqualTo("<134>1 2027-01-15T08:00:00Z node-1 athena-dhcpd 42 granted [lease@32473 ip=\"192.0.2.5\""
                        + " mac=\"02:00:00:00:00:01\" sequence=\"7\" from=\"2027-01-15T08:00:00Z\""
                        + " expiry=\"2027-01-15T09:00:00Z\" subnet=\"192.0.2.0/24\" hostname=\"host-1\"]"
                        + " 192.0.2.5 granted, 02:00:00:00:00:01 host-1");
    }

    @Test
    void whatIsOddIsANotice() {
        assertThat(message(Transport.TCP, EntryKind.DECLINED, "a", null)).startsWith("<133>1 ");
        assertThat(message(Transport.TCP, EntryKind.RELEASED, "a", null)).startsWith("<134>1 ");
    }

    @Test
    void nothingThatAClientSaysEndsAValueOrALine() {
        String message = message(Transport.TCP, EntryKind.GRANTED, "a\"]\\ x\n<1>\u001b[2J\u202e\u0085", null);
        assertThat(message).contains("hostname=\"a\\\"\\]\\\\ x?<1>?[2J??\"]");
        assertThat(message.chars().filter(Character::isISOControl)).isEmpty();
    }

    @Test
    void textBeyondAsciiStartsWithAByteOrderMark() {
        assertThat(message(Transport.TCP, EntryKind.GRANTED, "h\u00f6lzl", null))
                .contains("hostname=\"h\u00f6lzl\"] \ufeff192.0.2.5 granted");
        assertThat(message(Transport.TCP, EntryKind.GRANTED, "holzl", null)).doesNotContain("\ufeff");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void aMessageIsBoundedAndSaysThatItIsCut(Transport transport) {
        byte[] circuitId = new byte[255];
        Arrays.fill(circuitId, (byte) ']');
        byte[] message =
                format(transport, "node-1").message(entry(EntryKind.GRANTED, "\u00e4\\\"".repeat(85), circuitId));
        int longest = transport == Transport.UDP ? SyslogFormat.LONGEST_DATAGRAM : SyslogFormat.LONGEST;
        assertThat(message).hasSizeLessThanOrEqualTo(longest);
        String text = new String(message, StandardCharsets.UTF_8);
        assertThat(text).contains("ip=\"192.0.2.5\"", "sequence=\"7\"").containsPattern("\\] \ufeff192");
        if (transport == Transport.UDP) {
            assertThat(text).contains(" cut=\"yes\"]");
        }
    }

    @Test
    void aNodeNameThatIsNoFieldBecomesOne() {
        byte[] message = format(Transport.UDP, "my node\u00e4").message(entry(EntryKind.GRANTED, "a", null));
        assertThat(new String(message, StandardCharsets.UTF_8)).contains("Z my-node- athena-dhcpd ");
        assertThat(new String(
                        format(Transport.UDP, "").message(entry(EntryKind.GRANTED, "a", null)), StandardCharsets.UTF_8))
                .contains("Z - athena-dhcpd ");
    }

    private static String message(Transport transport, EntryKind kind, String hostname, byte @Nullable [] circuitId) {
        return new String(
                format(transport, "node-1").message(entry(kind, hostname, circuitId)), StandardCharsets.UTF_8);
    }

    private static SyslogFormat format(Transport transport, String nodeId) {
        SyslogTarget target = new SyslogTarget(
                HostPort.parse("127.0.0.1:514"), transport, Facility.LOCAL0, "lease@32473", null, null);
        return new SyslogFormat(target, nodeId, 42);
    }

    private static HistoryEntry entry(EntryKind kind, String hostname, byte @Nullable [] circuitId) {
        long now = 1_800_000_000L;
        MacAddress mac = MacAddress.parse("02:00:00:00:00:01");
        return new HistoryEntry(
                kind,
                now,
                7,
                new Lease(
                        Ipv4.parse("192.0.2.5"),
                        LeaseState.ACTIVE,
                        ClientKey.ofHardware(mac),
                        mac,
                        null,
                        hostname,
                        null,
                        now,
                        now + 3600,
                        Cidr.parse("192.0.2.0/24"),
                        null,
                        Ipv4.ANY,
                        null,
                        circuitId,
                        null,
                        null,
                        0,
                        0,
                        null));
    }
}
