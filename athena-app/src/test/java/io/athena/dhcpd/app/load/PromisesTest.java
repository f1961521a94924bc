package io.athena.dhcpd.app.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.athena.dhcpd.app.load.AckLog.Ack;
import io.athena.dhcpd.app.load.AckLog.Entry;
import io.athena.dhcpd.app.load.AckLog.Nak;
import io.athena.dhcpd.app.load.AckLog.Release;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The crash test's checker must find every broken promise, or the crash test proves nothing. */
class PromisesTest {

    private static final MacAddress ANNE = MacAddress.parse("02:67:00:00:00:01");
    private static final MacAddress BERT = MacAddress.parse("02:67:00:00:00:02");
    private static final Ipv4 FIRST = Ipv4.parse("10.70.1.1");
    private static final Ipv4 SECOND = Ipv4.parse("10.70.1.2");
    private static final long NOON = 1_000_000_000L;

    @TempDir
    Path folder;

    @Test
    void aLeaseThatIsListedAsPromisedIsNoProblem() {
        assertThat(missing(List.of(ack(0, ANNE, FIRST, 60)), listed(FIRST, ANNE, "active", 60)))
                .isEmpty();
    }

    @Test
    void aPromisedLeaseThatIsNotListedIsFound() {
        assertThat(missing(List.of(ack(0, ANNE, FIRST, 60)), listed(SECOND, ANNE, "active", 60)))
                .singleElement()
                .asString()
                .contains("10.70.1.1", "is not listed");
    }

    @Test
    void aPromisedLeaseThatIsListedForAnotherClientIsFound() {
        assertThat(missing(List.of(ack(0, ANNE, FIRST, 60)), listed(FIRST, BERT, "active", 60)))
                .singleElement()
                .asString()
                .contains("active of " + BERT);
    }

    @Test
    void aPromisedLeaseThatIsListedAsExpiredIsFound() {
        assertThat(missing(List.of(ack(0, ANNE, FIRST, 60)), listed(FIRST, ANNE, "expired", 60)))
                .hasSize(1);
    }

    @Test
    void anExpiryOneSecondBeforeThePromisedOneIsFound() {
        assertThat(missing(List.of(ack(0, ANNE, FIRST, 60)), listed(FIRST, ANNE, "active", 59)))
                .singleElement()
                .asString()
                .contains("until " + (NOON + 59) + " only");
    }

    @Test
    void aReleasedOrExpiredLeaseIsOwedNoMore() {
        assertThat(missing(List.of(ack(0, ANNE, FIRST, 60), release(1, ANNE, FIRST)), Map.of()))
                .isEmpty();
        assertThat(missing(List.of(ack(0, ANNE, FIRST, 2)), Map.of())).isEmpty();
    }

    @Test
    void anAddressAcknowledgedToTwoClientsAtATimeIsFound() {
        assertThat(broken(ack(0, ANNE, FIRST, 60), ack(59, BERT, FIRST, 60)))
                .singleElement()
                .asString()
                .contains(ANNE.toString(), BERT.toString());
    }

    @Test
    void anAddressMayGoToAnotherClientAfterExpiryAndAfterRelease() {
        assertThat(broken(ack(0, ANNE, FIRST, 60), ack(60, BERT, FIRST, 60))).isEmpty();
        assertThat(broken(ack(0, ANNE, FIRST, 60), release(5, ANNE, FIRST), ack(5, BERT, FIRST, 60)))
                .isEmpty();
        assertThat(broken(ack(0, ANNE, FIRST, 60), ack(1, ANNE, SECOND, 60), ack(2, BERT, FIRST, 60)))
                .isEmpty();
    }

    @Test
    void aNakForARunningLeaseIsFoundAndOneForAnExpiredLeaseIsNot() {
        assertThat(broken(ack(0, ANNE, FIRST, 60), nak(59, ANNE, FIRST))).hasSize(1);
        assertThat(broken(ack(0, ANNE, FIRST, 60), nak(60, ANNE, FIRST))).isEmpty();
        assertThat(broken(ack(0, ANNE, FIRST, 60), nak(59, ANNE, SECOND))).isEmpty();
    }

    @Test
    void theLogIsReadAsItWasWritten() throws IOException {
        List<Entry> entries = List.of(ack(0, ANNE, FIRST, 60), release(1, ANNE, FIRST), nak(2, BERT, SECOND));
        Path file = folder.resolve("acks");
        Files.writeString(file, "# a remark of the script\n");
        try (AckLog log = AckLog.appendTo(file)) {
            for (Entry entry : entries) {
                log.write(entry);
            }
        }
        assertThat(AckLog.read(file)).isEqualTo(entries);
    }

    @Test
    void aListWithTwoRowsOfOneAddressIsRefused() throws IOException {
        Path csv = folder.resolve("leases.csv");
        String row = "10.70.1.1,02:67:00:00:00:01,,,,10.70.0.0/16,active,1,2\n";
        Files.writeString(csv, "ip,mac,client_id,hostname,fqdn,subnet,state,start,expiry\n" + row);
        assertThat(LeaseList.read(csv)).containsEntry(FIRST, new LeaseList.Row(ANNE.toString(), "active", 2));
        Files.writeString(csv, "ip,mac,client_id,hostname,fqdn,subnet,state,start,expiry\n" + row + row);
        assertThatThrownBy(() -> LeaseList.read(csv)).hasMessageContaining("two rows");
    }

    private static Ack ack(long second, MacAddress mac, Ipv4 ip, long lease) {
        return new Ack(millis(second), mac, ip, millis(second), lease);
    }

    private static Release release(long second, MacAddress mac, Ipv4 ip) {
        return new Release(millis(second), mac, ip);
    }

    private static Nak nak(long second, MacAddress mac, Ipv4 ip) {
        return new Nak(millis(second), mac, ip);
    }

    private static long millis(long second) {
        return (NOON + second) * 1000;
    }

    private static List<String> broken(Entry... entries) {
        return Promises.of(List.of(entries)).broken();
    }

    private static List<String> missing(List<Entry> entries, Map<Ipv4, LeaseList.Row> leases) {
        return Promises.of(entries).missingFrom(leases, millis(10));
    }

    private static Map<Ipv4, LeaseList.Row> listed(Ipv4 ip, MacAddress mac, String state, long expiry) {
        return Map.of(ip, new LeaseList.Row(mac.toString(), state, NOON + expiry));
    }
}
