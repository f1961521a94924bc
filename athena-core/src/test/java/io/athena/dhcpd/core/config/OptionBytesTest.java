package io.athena.dhcpd.core.config;

import static io.athena.dhcpd.core.config.ConfigFixtures.SUBNET;
import static io.athena.dhcpd.core.config.ConfigFixtures.problems;
import static io.athena.dhcpd.core.config.ConfigFixtures.valid;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.option.OptionDefinition;
import io.athena.dhcpd.core.option.StandardOptions;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a line of the configuration becomes in a packet. */
class OptionBytesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            62  | netware_domain = "nw.example"                       | 6e772e6578616d706c65
            63  | netware_information = [{ code = 5, type = "bool", value = true }] | 05 01 01
            63  | netware_information = "0500"                        | 0500
            85  | nds_servers = ["10.0.0.5", "10.0.0.6"]              | 0a000005 0a000006
            86  | nds_tree_name = "TREE"                              | 54524545
            87  | nds_context = "ou=x"                                | 6f753d78
            108 | ipv6_only_preferred = 1800                          | 00000708
            114 | captive_portal = "https://p.example"                | 68747470733a2f2f702e6578616d706c65
            116 | auto_configure = 0                                  | 00
            119 | domain_search = ["a.example", "b.c"]                | 0161 076578616d706c65 00 0162 0163 00
            150 | tftp_addresses = ["10.0.0.5", "10.0.0.6"]           | 0a000005 0a000006
            159 | port_parameters = "04 06 9800"                      | 04069800
            43  | vendor_specific = "010a0a0a0a01"                    | 010a0a0a0a01
            43  | vendor_specific = [{ code = 1, type = "ip", value = "10.0.0.5" }, { code = 241, type = "ip_list", value = ["10.0.0.6", "10.0.0.7"] }] | 0104 0a000005 f108 0a000006 0a000007
            43  | vendor_specific = { code = 6, type = "uint8", value = 8 }     | 06 01 08
            43  | vendor_specific = [{ code = 6, value = "08" }, { code = 255 }] | 06 01 08 ff
            124 | vi_vendor_class = [{ enterprise = 3561, type = "string", value = "dslforum.org" }, { enterprise = 9, value = "00" }] | 00000de9 0c 64736c666f72756d2e6f7267 00000009 01 00
            125 | vi_vendor_specific = [{ enterprise = 3561, code = 11, type = "string", value = "http://acs" }, { enterprise = 4491, code = 2, type = "ip", value = "10.0.0.5" }, { enterprise = 3561, code = 12, type = "string", value = "p" }] | 00000de9 0f 0b0a 687474703a2f2f616373 0c01 70 0000118b 06 0204 0a000005
            125 | vi_vendor_specific = "00000de90301017e"             | 00000de9 03 01017e
            """)
    void aLineBecomesTheseBytes(int code, String line, String bytes) {
        byte[] encoded =
                valid(SUBNET + line + "\n").subnets().get(0).scope().options().get(code);
        assertThat(encoded).isNotNull();
        assertThat(HexFormat.of().formatHex(encoded)).isEqualTo(bytes.replace(" ", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ip           | "10.0.0.1"                                          | 0a000001
            ip_list      | ["10.0.0.1"]                                        | 0a000001
            ip_mask      | ["10.0.0.0/8"]                                      | 0a000000ff000000
            uint8        | 1                                                   | 01
            uint16       | 1                                                   | 0001
            uint16_list  | [1, 2]                                              | 00010002
            uint32       | 1                                                   | 00000001
            int32        | -1                                                  | ffffffff
            bool         | true                                                | 01
            string       | "a"                                                 | 61
            hex          | "0a:0b"                                             | 0a0b
            cidr_routes  | ["10.0.0.0/8 via 10.0.0.1"]                         | 080a0a000001
            domain_list  | ["a.b"]                                             | 0161016200
            fqdn         | "a.b"                                               | 0161016200
            sub_options  | [{ code = 1, type = "sub_options", value = [{ code = 2, type = "uint8", value = 3 }] }] | 0103020103
            vendor_options | [{ enterprise = 9, code = 1, type = "hex", value = "0a" }] | 0000000903 01010a
            """)
    void anyCodeTakesEveryType(String type, String value, String bytes) {
        String option = "[[subnet.option]]\ncode = 230\ntype = \"%s\"\nvalue = %s\n".formatted(type, value);
        byte[] encoded =
                valid(SUBNET + option).subnets().get(0).scope().options().get(230);
        assertThat(encoded).isNotNull();
        assertThat(HexFormat.of().formatHex(encoded)).isEqualTo(bytes.replace(" ", ""));
    }

    @ParameterizedTest
    @MethodSource
    void everyOptionThatCanBeSetTakesHex(OptionDefinition row) {
        String option = "[[subnet.option]]\ncode = %d\ntype = \"hex\"\nvalue = \"0a0b\"\n".formatted(row.code());
        assertThat(valid(SUBNET + option).subnets().get(0).scope().options().get(row.code()))
                .containsExactly(0x0a, 0x0b);
    }

    static Stream<OptionDefinition> everyOptionThatCanBeSetTakesHex() {
        return StandardOptions.registry().settable().stream();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            vendor_specific = [{ type = "ip", value = "10.0.0.5" }]             | has an entry without a usable code
            vendor_specific = [{ code = 1 }]                                    | has an entry without value
            vendor_specific = [{ code = 1, type = "ipp", value = "10.0.0.5" }]  | has an entry of the type 'ipp'
            vendor_specific = [{ code = 1, enterprise = 9, value = "00" }]      | has the key 'enterprise'
            vendor_specific = [{ code = 255 }, { code = 1, value = "00" }]      | has an entry after code 255
            vendor_specific = [{ code = 1, type = "ip", value = "10.0" }]       | '10.0' is not an IPv4 address
            vendor_specific = [1]                                               | holds the number 1
            vi_vendor_specific = [{ code = 1, value = "00" }]                   | has an entry without a usable enterprise
            vi_vendor_class = [{ enterprise = 9, value = "00" }, { enterprise = 9, value = "00" }] | names enterprise 9 twice
            domain_name = { code = 1 }                                          | is a table
            """)
    void whatIsNoSubOptionIsRefused(String line, String text) {
        assertThat(problems(SUBNET + line + "\n")).startsWith("E 6 subnet[1].").contains(text);
    }
}
