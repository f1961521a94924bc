package io.athena.dhcpd.ddns.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The examples are those of RFC 4701 section 3.6. */
class DhcidTest {

    private static final String DUID = "00010006412df166010203040506";

    @Test
    void aClientIdentifierMakesTheRecordOfTheSecondExample() {
        assertThat(clientId("010708090a0b0c", "chi.example.com").toBase64())
                .isEqualTo("AAEBOSD+XR3Os/0LozeXVqcNc7FwCfQdWL3b/NaiUDlW2No=");
    }

    @Test
    void aHardwareAddressMakesTheRecordOfTheThirdExample() {
        ClientKey client = ClientKey.ofHardware(MacAddress.parse("01:02:03:04:05:06"));

        assertThat(Dhcid.of(client, "client.example.com").toBase64())
                .isEqualTo("AAABxLmlskllE0MVjd57zHcWmEH3pCQ6VytcKD//7es/deY=");
    }

    /** So a device that speaks DHCPv6 besides owns its name with both servers. */
    @Test
    void theDuidInAClientIdentifierMakesTheRecordThatDhcpv6MakesInTheFirstExample() {
        assertThat(clientId("ff" + "00000001" + DUID, "chi6.example.com").toBase64())
                .isEqualTo("AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA=");
    }

    @Test
    void theInterfaceOfADeviceDoesNotChangeItsRecord() {
        assertThat(clientId("ff" + "00000002" + DUID, "chi6.example.com"))
                .isEqualTo(clientId("ff" + "00000001" + DUID, "chi6.example.com"))
                .hasSameHashCodeAs(clientId("ff" + "00000001" + DUID, "chi6.example.com"));
    }

    @Test
    void whatIsTooShortForADuidIsAnOrdinaryClientIdentifier() {
        assertThat(clientId("ff00000001" + "0003", "chi.example.com").toBytes())
                .startsWith(0x00, 0x01, 0x01)
                .hasSize(35);
        assertThat(clientId("ff00000001" + "0003aa", "chi.example.com").toBytes())
                .startsWith(0x00, 0x02, 0x01);
    }

    @Test
    void caseAndTheDotAtTheEndDoNotMatter() {
        assertThat(clientId("010708090a0b0c", "CHI.Example.com."))
                .isEqualTo(clientId("010708090a0b0c", "chi.example.com"));
    }

    @Test
    void anotherNameOrAnotherClientIsAnotherRecord() {
        Dhcid dhcid = clientId("010708090a0b0c", "chi.example.com");

        assertThat(clientId("010708090a0b0c", "chi2.example.com")).isNotEqualTo(dhcid);
        assertThat(clientId("010708090a0b0d", "chi.example.com")).isNotEqualTo(dhcid);
        assertThat(dhcid).hasToString(dhcid.toBase64());
    }

    @Test
    void whatIsNoDomainNameHasNoRecord() {
        ClientKey client = ClientKey.ofHardware(MacAddress.parse("01:02:03:04:05:06"));

        assertThatThrownBy(() -> Dhcid.of(client, "a..b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Dhcid.of(client, "a".repeat(64) + ".example.com"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Dhcid clientId(String hex, String fqdn) {
        return Dhcid.of(ClientKey.ofClientId(HexFormat.of().parseHex(hex)), fqdn);
    }
}
