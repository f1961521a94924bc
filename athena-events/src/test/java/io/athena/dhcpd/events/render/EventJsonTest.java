package io.athena.dhcpd.events.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.event.ConflictEvent;
import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.core.event.HaEvent;
import io.athena.dhcpd.core.event.LeaseEvent;
import io.athena.dhcpd.core.event.LeaseFacts;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.core.option.OptionDefinition;
import io.athena.dhcpd.core.option.OptionSet;
import io.athena.dhcpd.core.option.StandardOptions;
import io.athena.dhcpd.events.Samples;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventJsonTest {

    private static final String SERVER = "\"server\":{\"node_id\":\"node-a\",\"ha_role\":\"standalone\"}}";

    private final EventJson json = new EventJson(Node.standalone("node-a"));

    @Test
    void aLeaseIsToldAsTheDocumentationShowsIt() {
        assertThat(text(Samples.granted()))
                .isEqualTo("{\"event\":\"lease.ack\",\"timestamp\":\"2025-02-21T14:30:00Z\",\"lease\":{"
                        + "\"ip\":\"10.10.0.105\",\"mac\":\"aa:bb:cc:dd:ee:01\",\"client_id\":\"01aabbccddeef1\","
                        + "\"hostname\":\"device-1\",\"fqdn\":\"device-1.office.athena.net.au\","
                        + "\"subnet\":\"10.10.0.0/24\",\"pool\":\"10.10.0.100-10.10.0.200\","
                        + "\"start\":1708500000,\"expiry\":1708528800,\"state\":\"active\","
                        + "\"vendor_class\":\"Cisco\",\"options\":{"
                        + "\"routers\":[\"10.10.0.1\"],\"dns_servers\":[\"1.1.1.1\",\"8.8.8.8\"],"
                        + "\"domain_name\":\"office.athena.net.au\"},"
                        + "\"relay\":{\"giaddr\":\"10.10.0.1\",\"circuit_id\":\"eth0/1/3\","
                        + "\"remote_id\":\"switch-floor2\"}}," + SERVER);
    }

    @Test
    void aConflictIsToldAsTheDocumentationShowsIt() {
        assertThat(text(Samples.detected()))
                .isEqualTo("{\"event\":\"conflict.detected\",\"timestamp\":\"2025-02-21T14:30:00Z\",\"conflict\":{"
                        + "\"ip\":\"10.10.0.105\",\"subnet\":\"10.10.0.0/24\",\"detection_method\":\"arp_probe\","
                        + "\"responder_mac\":\"aa:bb:cc:11:22:33\",\"probe_count\":1,"
                        + "\"hold_until\":\"2025-02-21T15:30:00Z\",\"permanent\":false,"
                        + "\"intended_client_mac\":\"dd:ee:ff:00:11:22\"}," + SERVER);
        MacAddress client = MacAddress.parse("02:00:00:00:00:01");
        assertThat(text(new ConflictEvent.Declined(Samples.conflict(), null, client, Samples.AT)))
                .startsWith("{\"event\":\"conflict.decline\"")
                .contains("\"client_mac\":\"02:00:00:00:00:01\"");
        assertThat(text(new ConflictEvent.Resolved(
                        Samples.conflict(), null, ConflictEvent.Resolution.MANUAL_CLEAR, Samples.AT)))
                .startsWith("{\"event\":\"conflict.resolved\"")
                .contains("\"resolution\":\"manual_clear\"");
        assertThat(text(new ConflictEvent.Permanent(Samples.conflict(), null, Samples.AT)))
                .startsWith("{\"event\":\"conflict.permanent\"");
    }

    @Test
    void whatHappensBetweenTwoNodesIsToldInOrder() {
        HaEvent change = new HaEvent.FailedOver("standby", "active", "unreachable", Samples.AT);
        HaEvent sync = new HaEvent.SyncCompleted(812, Samples.AT);
        assertThat(text(change))
                .isEqualTo("{\"event\":\"ha.failover\",\"timestamp\":\"2025-02-21T14:30:00Z\",\"ha\":{"
                        + "\"old_role\":\"standby\",\"new_role\":\"active\",\"peer_state\":\"unreachable\"}," + SERVER);
        assertThat(text(sync)).contains("\"event\":\"ha.sync_complete\"", "\"ha\":{\"leases\":812}");
        assertThat(OrderKeys.of(change)).isNotEmpty().isEqualTo(OrderKeys.of(sync));
    }

    @Test
    void aConflictTellsTheLeaseOfItsAddressBesides() {
        assertThat(text(new ConflictEvent.Permanent(Samples.conflict(), Samples.facts(), Samples.AT)))
                .contains("\"permanent\":false},\"lease\":{\"ip\":\"10.10.0.105\",\"mac\":\"aa:bb:cc:dd:ee:01\",")
                .contains("\"hostname\":\"device-1\"")
                .endsWith("}}," + SERVER);
    }

    @Test
    void whatIsNotKnownIsLeftOutAndANakSaysWhy() {
        assertThat(text(Samples.refused()))
                .isEqualTo("{\"event\":\"lease.nak\",\"timestamp\":\"2025-02-21T14:30:00Z\","
                        + "\"reason\":\"not_your_address\",\"lease\":{\"mac\":\"aa:bb:cc:dd:ee:02\",\"options\":{}},"
                        + SERVER);
    }

    @Test
    void theOldAddressOfAClientThatMovedIsTold() {
        DomainEvent moved = new LeaseEvent.Granted(Samples.facts(), Ipv4.parse("10.10.0.99"), Samples.AT);
        assertThat(text(moved)).contains("\"old_ip\":\"10.10.0.99\"");
        assertThat(OrderKeys.of(moved)).containsExactlyInAnyOrder("hw:01aabbccddee01", "10.10.0.105", "10.10.0.99");
    }

    @Test
    void whatClientsSayStaysInsideItsText() {
        byte[] evil = {'"', '}', '\n', 0, (byte) 0xff};
        RelayInfo relay = new RelayInfo(Ipv4.ANY, evil, Samples.ascii("$(reboot)\""), evil, null, null, 67);
        LeaseFacts facts = Samples.facts(
                MacAddress.parse("aa:bb:cc:dd:ee:01"), Samples.ADDRESS, "a\"\r\nb", relay, Samples.ascii("\u001b[2J"));
        assertThat(text(new LeaseEvent.Renewed(facts, Samples.AT)))
                .contains("\"hostname\":\"a\\\"\\r\\nb\"")
                .contains("\"relay\":{\"circuit_id\":\"$(reboot)\\\"\",\"remote_id\":\"0x227d0a00ff\"}")
                .contains("\"vendor_class\":\"0x1b5b324a\"")
                .doesNotContain("\n");
    }

    @Test
    void aTestEventSaysSo() {
        assertThat(new String(json.of(Samples.granted(), true), StandardCharsets.UTF_8))
                .contains("\"timestamp\":\"2025-02-21T14:30:00Z\",\"test\":true,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "interface_mtu    | 1400                             | 1400",
                "time_offset      | -3600                            | -3600",
                "ip_forwarding    | true                             | true",
                "static_routes    | 10.0.0.0/8 via 10.10.0.1         | [\"10.0.0.0/8 via 10.10.0.1\"]",
                "path_mtu_plateaus| 68, 296                          | [68,296]",
                "domain_search    | a.example, b.example             | [\"a.example\",\"b.example\"]",
                "tftp_server      | boot, please                     | \"boot, please\"",
                "broadcast        | 10.10.0.255                      | \"10.10.0.255\""
            })
    void optionsAreToldByKeyAndType(String key, String value, String expected) {
        OptionDefinition option = StandardOptions.registry().find(key).orElseThrow();
        assertThat(options(option.code(), option.type().parse(value)))
                .contains("\"options\":{\"" + key + "\":" + expected + "}");
    }

    @Test
    void optionsOfNoKnownFormAreToldInHex() {
        assertThat(options(200, new byte[] {1, 2})).contains("\"options\":{\"option_200\":\"0102\"}");
        assertThat(options(3, new byte[] {1, 2})).contains("\"options\":{\"routers\":\"0x0102\"}");
    }

    private String options(int code, byte[] value) {
        LeaseFacts facts = Samples.facts();
        return text(new LeaseEvent.Offered(
                new LeaseFacts(
                        facts.key(),
                        facts.mac(),
                        null,
                        facts.ip(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        OptionSet.builder().put(code, value).build(),
                        RelayInfo.NONE,
                        null,
                        null),
                Samples.AT));
    }

    private String text(DomainEvent event) {
        return new String(json.of(event), StandardCharsets.UTF_8);
    }
}
