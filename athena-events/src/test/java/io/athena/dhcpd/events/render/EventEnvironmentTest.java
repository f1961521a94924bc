package io.athena.dhcpd.events.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.event.ConflictEvent;
import io.athena.dhcpd.core.event.HaEvent;
import io.athena.dhcpd.core.event.LeaseEvent;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayInfo;
import io.athena.dhcpd.events.Samples;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EventEnvironmentTest {

    @Test
    void aLeaseIsToldAsTheDocumentationShowsIt() {
        assertThat(lines(EventEnvironment.of(Samples.granted()))).isEqualTo("""
                ATHENA_CLIENT_ID=01aabbccddeef1
                ATHENA_DNS_SERVERS=1.1.1.1,8.8.8.8
                ATHENA_DOMAIN=office.athena.net.au
                ATHENA_EVENT=lease.ack
                ATHENA_FQDN=device-1.office.athena.net.au
                ATHENA_GATEWAY=10.10.0.1
                ATHENA_HOSTNAME=device-1
                ATHENA_IP=10.10.0.105
                ATHENA_LEASE_DURATION=28800
                ATHENA_LEASE_EXPIRY=1708528800
                ATHENA_LEASE_START=1708500000
                ATHENA_MAC=aa:bb:cc:dd:ee:01
                ATHENA_RELAY_AGENT_CIRCUIT_ID=eth0/1/3
                ATHENA_RELAY_AGENT_REMOTE_ID=switch-floor2
                ATHENA_SERVER_ID=10.10.0.1
                ATHENA_SUBNET=10.10.0.0/24
                ATHENA_VENDOR_CLASS=Cisco""");
    }

    @Test
    void whatIsNotKnownIsEmptyAndANakSaysWhy() {
        Map<String, String> environment = EventEnvironment.of(Samples.refused());
        assertThat(environment)
                .containsEntry("ATHENA_EVENT", "lease.nak")
                .containsEntry("ATHENA_MAC", "aa:bb:cc:dd:ee:02")
                .containsEntry("ATHENA_REASON", "not_your_address")
                .containsEntry("ATHENA_IP", "")
                .containsEntry("ATHENA_LEASE_EXPIRY", "")
                .doesNotContainKeys("ATHENA_OLD_IP", "ATHENA_CONFLICT_METHOD");
    }

    @Test
    void theOldAddressIsThereOnlyForAClientThatMoved() {
        assertThat(EventEnvironment.of(new LeaseEvent.Granted(Samples.facts(), Ipv4.parse("10.10.0.99"), Samples.AT)))
                .containsEntry("ATHENA_OLD_IP", "10.10.0.99");
    }

    @Test
    void conflictsTellTheirMethodAndOnlyAProbeItsResponder() {
        assertThat(EventEnvironment.of(Samples.detected()))
                .containsEntry("ATHENA_EVENT", "conflict.detected")
                .containsEntry("ATHENA_IP", "10.10.0.105")
                .containsEntry("ATHENA_SUBNET", "10.10.0.0/24")
                .containsEntry("ATHENA_MAC", "dd:ee:ff:00:11:22")
                .containsEntry("ATHENA_CONFLICT_METHOD", "arp_probe")
                .containsEntry("ATHENA_CONFLICT_RESPONDER_MAC", "aa:bb:cc:11:22:33");
        MacAddress client = MacAddress.parse("02:00:00:00:00:01");
        assertThat(EventEnvironment.of(new ConflictEvent.Declined(Samples.conflict(), null, client, Samples.AT)))
                .containsEntry("ATHENA_MAC", "02:00:00:00:00:01")
                .doesNotContainKey("ATHENA_CONFLICT_RESPONDER_MAC");
    }

    @Test
    void aChangeOfRolesTellsBothAndTheStateOfThePeer() {
        assertThat(EventEnvironment.of(new HaEvent.FailedOver("standby", "active", "unreachable", Samples.AT)))
                .containsEntry("ATHENA_EVENT", "ha.failover")
                .containsEntry("ATHENA_HA_OLD_ROLE", "standby")
                .containsEntry("ATHENA_HA_NEW_ROLE", "active")
                .containsEntry("ATHENA_HA_PEER_STATE", "unreachable")
                .containsEntry("ATHENA_IP", "");
        assertThat(EventEnvironment.of(new HaEvent.SyncCompleted(812, Samples.AT)))
                .containsEntry("ATHENA_EVENT", "ha.sync_complete")
                .containsEntry("ATHENA_HA_LEASES", "812")
                .doesNotContainKey("ATHENA_HA_NEW_ROLE");
    }

    @Test
    void aConflictTellsTheLeaseOfItsAddressUnlessItIsAboutAnotherClient() {
        assertThat(EventEnvironment.of(new ConflictEvent.Permanent(Samples.conflict(), Samples.facts(), Samples.AT)))
                .containsEntry("ATHENA_MAC", "aa:bb:cc:dd:ee:01")
                .containsEntry("ATHENA_HOSTNAME", "device-1")
                .containsEntry("ATHENA_CONFLICT_METHOD", "arp_probe");
        MacAddress owner = MacAddress.parse("aa:bb:cc:dd:ee:01");
        assertThat(EventEnvironment.of(
                        new ConflictEvent.Declined(Samples.conflict(), Samples.facts(), owner, Samples.AT)))
                .containsEntry("ATHENA_FQDN", "device-1.office.athena.net.au");
        MacAddress other = MacAddress.parse("02:00:00:00:00:09");
        assertThat(EventEnvironment.of(
                        new ConflictEvent.Detected(Samples.conflict(), Samples.facts(), other, Samples.AT)))
                .containsEntry("ATHENA_MAC", "02:00:00:00:00:09")
                .containsEntry("ATHENA_HOSTNAME", "")
                .containsEntry("ATHENA_CLIENT_ID", "");
    }

    @Test
    void noValueHoldsAControlCharacter() {
        byte[] evil = {'a', 0, '\n', 27};
        RelayInfo relay = new RelayInfo(Ipv4.ANY, evil, evil, Samples.ascii("$(reboot); -x"), null, null, 67);
        Map<String, String> environment = EventEnvironment.of(new LeaseEvent.Granted(
                Samples.facts(MacAddress.parse("02:00:00:00:00:01"), Samples.ADDRESS, "a\n\0b", relay, evil),
                null,
                Samples.AT));
        assertThat(environment.values()).noneMatch(value -> value.chars().anyMatch(Character::isISOControl));
        assertThat(environment)
                .containsEntry("ATHENA_HOSTNAME", "a??b")
                .containsEntry("ATHENA_RELAY_AGENT_CIRCUIT_ID", "0x61000a1b")
                .containsEntry("ATHENA_RELAY_AGENT_REMOTE_ID", "$(reboot); -x");
    }

    private static String lines(Map<String, String> variables) {
        return variables.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining("\n"));
    }
}
