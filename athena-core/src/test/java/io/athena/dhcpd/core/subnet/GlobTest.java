package io.athena.dhcpd.core.subnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.net.HexText;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource({
        "eth0/1/*,    eth0/1/7,  true",
        "eth0/1/*,    eth0/1/,   true",
        "eth0/1/*,    eth0/10/7, false",
        "eth0/1/?,    eth0/1/7,  true",
        "eth0/1/?,    eth0/1/,   false",
        "eth0/1/?,    eth0/1/17, false",
        "*port 3*,    sw port 3b, true",
        "*a*b,        xaxbxb,    true",
        "*a*b,        xaxbx,     false",
        "**,          x,         true",
        "*,           x,         true",
        "?,           xy,        false",
        "Cisco,       cisco,     false",
        "Cisco,       Cisco,     true",
        "Cisco,       Cisco ,    true",
        "a.c,         abc,       false"
    })
    void textFitsAsPeopleReadIt(String pattern, String text, boolean fits) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(new Glob(pattern).matches(bytes, 0, bytes.length)).isEqualTo(fits);
        assertThat(new Glob(pattern).matches(text)).isEqualTo(fits);
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource({
        "0x0004000a*, 0004000a0105, true",
        "0x0004000b*, 0004000a0105, false",
        "0x??04*,     0004000a0105, true",
        "*0105,       0004000a0105, true",
        "*,           00,           true",
        // the letters 'eth0', which are shown as text
        "0x65746830,  65746830,     true",
        "0x6574*,     65746830,     true",
        "eth?,        65746830,     true",
        // the letters '0xab', which would be mistaken for hex and are shown as hex
        "0xab,        30786162,     false",
        "0x30786162,  30786162,     true",
        // latin letters beyond ASCII
        "*,           e4,           true",
        "0xe4,        e4,           true"
    })
    void bytesFitInTheFormInWhichTheyAreShown(String pattern, String hex, boolean fits) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(new Glob(pattern).matches(bytes, 0, bytes.length)).isEqualTo(fits);
    }

    @Test
    void nothingFitsAnEmptyValue() {
        for (String pattern : new String[] {"*", "**", "0x*", "?"}) {
            assertThat(new Glob(pattern).matches(new byte[0], 0, 0)).isFalse();
            assertThat(new Glob(pattern).matches("")).isFalse();
        }
    }

    @Test
    void onlyCharactersThatStandForThemselvesMakeAPatternSpecific() {
        assertThat(new Glob("eth0/?/*").literals()).isEqualTo(6);
        assertThat(new Glob("*").literals()).isZero();
    }

    @Test
    void itAgreesWithRegularExpressionsOverRandomPatternsAndBytes() {
        Random random = new Random(11);
        for (int round = 0; round < 20_000; round++) {
            String pattern = word(random, "ab*?0", 6).replaceFirst("^0x", "");
            String text = word(random, "ab0x\u0001", 7);
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            String shown = HexText.of(bytes);
            String regex = pattern.replace("*", "[^\\n]*").replace("?", ".");
            boolean expected = bytes.length > 0 && Pattern.matches(regex, shown);
            assertThat(new Glob(pattern).matches(bytes, 0, bytes.length))
                    .as("%s on %s", pattern, shown)
                    .isEqualTo(expected);
        }
    }

    @Test
    void manyStarsDoNotMakeItSlow() {
        byte[] bytes = "a".repeat(255).getBytes(StandardCharsets.US_ASCII);
        assertThat(new Glob("*a".repeat(120) + "b").matches(bytes, 0, bytes.length))
                .isFalse();
    }

    private static String word(Random random, String letters, int most) {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            word.append(letters.charAt(random.nextInt(letters.length())));
        }
        return word.toString();
    }
}
