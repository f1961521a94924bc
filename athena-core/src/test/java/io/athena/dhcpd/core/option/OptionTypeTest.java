package io.athena.dhcpd.core.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionTypeTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    IP          | 10.0.0.1                          | 0a000001
                    IP_LIST     | 1.1.1.1, 8.8.8.8                  | 01010101 08080808
                    IP_MASK     | 10.0.0.0/255.0.0.0                | 0a000000 ff000000
                    IP_PAIRS    | 10.1.2.3 via 10.0.0.1             | 0a010203 0a000001
                    UINT8       | 255                               | ff
                    UINT8_LIST  | 1, 3, 6                           | 010306
                    UINT16      | 1500                              | 05dc
                    UINT16_LIST | 68, 65535                         | 0044 ffff
                    UINT32      | 4294967295                        | ffffffff
                    INT32       | -3600                             | fffff1f0
                    INT32       | 3600                              | 00000e10
                    BOOL        | true                              | 01
                    BOOL        | false                             | 00
                    STRING      | pxelinux.0                        | 7078656c696e75782e30
                    HEX         | 010a0a0a0a01                      | 010a0a0a0a01
                    FQDN        | access.example                    | 06616363657373 076578616d706c65 00
                    DOMAIN_LIST | a.example, b.c                    | 0161 076578616d706c65 00 0162 0163 00
                    SIP_SERVERS | 10.0.0.1, 10.0.0.2                | 01 0a000001 0a000002
                    SIP_SERVERS | sip.example                       | 00 03736970 076578616d706c65 00
                    SUB_OPTIONS | 1=0a000005, 6=, 255                | 0104 0a000005 0600 ff
                    CIDR_ROUTES | 0.0.0.0/0 via 10.0.0.1            | 00 0a000001
                    CIDR_ROUTES | 10.0.0.0/8 via 10.0.0.1           | 08 0a 0a000001
                    CIDR_ROUTES | 10.17.0.0/16 via 10.0.0.1         | 10 0a11 0a000001
                    CIDR_ROUTES | 10.27.129.0/24 via 10.0.0.1       | 18 0a1b81 0a000001
                    CIDR_ROUTES | 10.229.0.128/25 via 10.0.0.1      | 19 0ae50080 0a000001
                    CIDR_ROUTES | 10.198.122.47/32 via 10.0.0.1     | 20 0ac67a2f 0a000001
                    CIDR_ROUTES | 10.0.0.0/8 via 10.0.0.1, 192.168.0.0/17 via 10.0.0.2 | 08 0a 0a000001 11 c0a800 0a000002
                    """)
    void textBecomesBytesAndBytesTheSameText(OptionType type, String text, String bytes) {
        byte[] expected = hex(bytes);
        assertThat(type.parse(text)).containsExactly(expected);
        assertThat(type.decode(expected)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    IP_MASK     | 10.0.0.0/8                        | 0a000000 ff000000
                    IP_PAIRS    | 10.1.2.3 10.0.0.1                 | 0a010203 0a000001
                    UINT8       | 0x10                              | 10
                    HEX         | 01:0a:0A                          | 010a0a
                    HEX         | 0x01 0a                           | 010a
                    FQDN        | a.b.                              | 0161 0162 00
                    SUB_OPTIONS | 0104:0a000005                     | 0104 0a000005
                    VENDOR_OPTIONS | 00000de90301017e               | 00000de9 03 01017e
                    VENDOR_CLASSES | 00000009 01 00                 | 00000009 01 00
                    CIDR_ROUTES | default via 10.0.0.1              | 00 0a000001
                    CIDR_ROUTES | 10.0.0.0/8   10.0.0.1             | 08 0a 0a000001
                    """)
    void otherSpellingsGiveTheSameBytes(OptionType type, String text, String bytes) {
        assertThat(type.parse(text)).containsExactly(hex(bytes));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    IP          | 10.0.0                      | '10.0.0' is not an IPv4 address
                    IP_LIST     | 10.0.0.1,                   | '' is not an IPv4 address
                    IP_MASK     | 10.0.0.1/8                  | 10.0.0.1/8 has host bits set; the network is 10.0.0.0/8
                    IP_PAIRS    | 10.0.0.1                    | is the text '10.0.0.1'; expected a destination and its router such as "10.1.0.0 via 10.0.0.1"
                    UINT8       | 256                         | is the number 256; expected a whole number of 0 to 255
                    UINT8       | -1                          | is the number -1; expected a whole number of 0 to 255
                    UINT16      | 65536                       | is the number 65536; expected a whole number of 0 to 65535
                    UINT32      | 4294967296                  | is the number 4294967296; expected a whole number of 0 to 4294967295
                    INT32       | 2147483648                  | is the number 2147483648; expected a whole number of -2147483648 to 2147483647
                    UINT32      | many                        | is the text 'many'; expected a whole number of 0 to 4294967295
                    BOOL        | maybe                       | is the text 'maybe'; expected true or false
                    HEX         | 123                         | is the text '123'; expected pairs of hex digits such as "010a0a0a0a01" or "01:0a:0a"
                    CIDR_ROUTES | 10.0.0.0/8 via 10.0.0.1 via | is the text '10.0.0.0/8 via 10.0.0.1 via'; expected routes such as "10.0.0.0/8 via 10.0.0.1" or "default via 10.0.0.1"
                    FQDN        | a..b                        | holds 'a..b', which is not a domain name; international names are written as xn--...
                    SIP_SERVERS | sip.example,10.0.0.1        | mixes addresses and names; expected one kind
                    """)
    void whatDoesNotFitIsRefusedWithWhatIsExpected(OptionType type, String text, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> type.parse(text)).withMessage(message);
    }

    @Test
    void valuesOfAnotherKindAreRefused() {
        OptionValue number = new OptionValue.Number(5);
        OptionValue text = new OptionValue.Text("5");
        OptionValue flag = new OptionValue.Flag(true);
        OptionValue none = new OptionValue.Many(java.util.List.of());
        assertThatIllegalArgumentException().isThrownBy(() -> OptionType.STRING.encode(number));
        assertThatIllegalArgumentException().isThrownBy(() -> OptionType.UINT8.encode(text));
        assertThatIllegalArgumentException().isThrownBy(() -> OptionType.BOOL.encode(number));
        assertThatIllegalArgumentException().isThrownBy(() -> OptionType.IP.encode(flag));
        assertThatIllegalArgumentException().isThrownBy(() -> OptionType.IP.encode(none));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OptionType.IP_LIST.encode(none))
                .withMessage("is an empty list; expected an IPv4 address such as \"10.0.0.1\"");
        assertThatIllegalArgumentException().isThrownBy(() -> OptionType.STRING.encode(new OptionValue.Text("")));
        assertThatIllegalArgumentException().isThrownBy(() -> OptionType.STRING.encode(new OptionValue.Text("a\0b")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OptionType.STRING.encode(new OptionValue.Text("x".repeat(1025))))
                .withMessage("takes 1025 bytes; a reply has room for at most 1024");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    IP          | 0a0000         | 0x0a0000
                    IP_LIST     | 0a0000010a     | 0x0a0000010a
                    IP_LIST     | ~~             | 0x
                    BOOL        | 02             | 0x02
                    STRING      | 6100           | a
                    STRING      | 610a           | 0x610a
                    CIDR_ROUTES | 21 00000000 00 | 0x210000000000
                    CIDR_ROUTES | 080a0a0000     | 0x080a0a0000
                    FQDN        | 05616263       | 0x05616263
                    FQDN        | 0161000162 00  | 0x016100016200
                    FQDN        | c000           | 0xc000
                    DOMAIN_LIST | 0161c000       | 0x0161c000
                    DOMAIN_LIST | 00             | 0x00
                    SIP_SERVERS | 0205           | 0x0205
                    SIP_SERVERS | 0105           | 0x0105
                    SUB_OPTIONS | 0105           | 0x0105
                    SUB_OPTIONS | 00             | 0x00
                    SUB_OPTIONS | ff01           | 0xff01
                    VENDOR_OPTIONS | 00000de9    | 0x00000de9
                    VENDOR_OPTIONS | 00000de90201 | 0x00000de90201
                    VENDOR_OPTIONS | 00000de9017e0000118b00 | 3561:7e, 4491:
                    """)
    void bytesThatDoNotFitTheirTypeAreShownAsHex(OptionType type, String bytes, String text) {
        assertThat(type.decode(hex(bytes))).isEqualTo(text);
    }

    /** RFC 3397 section 2: the example of two names that share an ending. */
    @Test
    void compressedSearchListsAreRead() {
        byte[] list = hex("03656e67 056170706c65 03636f6d 00 096d61726b6574696e67 c004");
        assertThat(OptionType.DOMAIN_LIST.decode(list)).isEqualTo("eng.apple.com, marketing.apple.com");
    }

    @Test
    void everyTypeIsFoundByItsLabel() {
        for (OptionType type : OptionType.values()) {
            assertThat(OptionType.ofLabel(type.label())).contains(type);
        }
        assertThat(OptionType.ofLabel("bytes")).contains(OptionType.HEX);
        assertThat(OptionType.ofLabel("IP")).isEmpty();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }
}
