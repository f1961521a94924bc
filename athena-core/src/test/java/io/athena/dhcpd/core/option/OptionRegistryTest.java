package io.athena.dhcpd.core.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionRegistryTest {

    private final OptionRegistry registry = StandardOptions.registry();

    @ParameterizedTest
    @CsvSource({
        "1, subnet_mask, IP",
        "3, routers, IP_LIST",
        "6, dns_servers, IP_LIST",
        "12, hostname, STRING",
        "15, domain_name, STRING",
        "28, broadcast, IP",
        "42, ntp_servers, IP_LIST",
        "43, vendor_specific, SUB_OPTIONS",
        "60, vendor_class, STRING",
        "66, tftp_server, STRING",
        "67, bootfile, STRING",
        "119, domain_search, DOMAIN_LIST",
        "121, static_routes, CIDR_ROUTES",
        "150, tftp_addresses, IP_LIST"
    })
    void optionsOfThePlanHaveTheirKeys(int code, String key, OptionType type) {
        OptionDefinition row = registry.definition(code);
        assertThat(row.key()).isEqualTo(key);
        assertThat(row.type()).isEqualTo(type);
        assertThat(row.settable()).isTrue();
        assertThat(registry.find(key)).contains(row);
        assertThat(registry.find(Integer.toString(code))).contains(row);
        assertThat(registry.find(row.name().toUpperCase(java.util.Locale.ROOT))).contains(row);
    }

    @Test
    void everyCodeFrom1To254IsHandled() {
        for (int code = 1; code <= 254; code++) {
            OptionDefinition row = registry.definition(code);
            assertThat(row.code()).isEqualTo(code);
            assertThat(row.type().decode(new byte[] {1, 2, 3})).isNotEmpty();
        }
        assertThat(registry.definition(200).type()).isEqualTo(OptionType.HEX);
        assertThat(registry.find("200")).contains(registry.definition(200));
        assertThat(registry.find("0")).isEmpty();
        assertThat(registry.find("255")).isEmpty();
        assertThat(registry.find("no such option")).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> registry.definition(0));
        assertThatIllegalArgumentException().isThrownBy(() -> registry.definition(255));
    }

    @ParameterizedTest
    @CsvSource({"50", "51", "52", "53", "54", "55", "56", "57", "58", "59", "61", "80", "81", "82", "118", "249"})
    void whatTheServerFillsInItselfSaysWhatToWriteInstead(int code) {
        assertThat(registry.definition(code).insteadOf()).isNotBlank();
    }

    @Test
    void noTwoRowsShareACodeOrAKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.with(OptionDefinition.row(42, "Again", OptionType.IP, "again", "none")))
                .withMessage("option 42 has two rows");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.with(OptionDefinition.row(224, "Again", OptionType.IP, "routers", "none")))
                .withMessage("two options share a configuration key");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OptionDefinition.row(255, "End", OptionType.HEX, "end", "none"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OptionDefinition.row(224, "Odd", OptionType.HEX, "Odd Key", "none"));
    }
}
