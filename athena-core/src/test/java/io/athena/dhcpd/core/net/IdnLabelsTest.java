package io.athena.dhcpd.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdnLabelsTest {

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "m\u00fcller, xn--mller-kva",
                "M\u00dcLLER, xn--mller-kva",
                "mu\u0308ller, xn--mller-kva",
                "stra\u00dfe, strasse",
                "\u4f8b\u5b50, xn--fsqu00a",
                "\u05e9\u05dc\u05d5\u05dd, xn--9dbne9b",
                "\uff50\uff43, pc",
                "John\u2019s PC, John-s-PC",
                "my_\u00fc, my_",
                // Not in Unicode 3.2, no letters of a name, or of two directions at once.
                "pc\ud83d\ude00, pc",
                "a\u202eb, a-b",
                "\u05e9a1, a1",
                "\ud800x, x",
                "\u3002, ``",
            })
    void aLabelTakesTheFormThatItHasInDns(String label, String ascii) {
        assertThat(IdnLabels.toAscii(label)).isEqualTo(ascii);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xn--mller-kva", "XN--MLLER-KVA", "xn--fsqu00a"})
    void whatWasEncodedIsKnown(String label) {
        assertThat(IdnLabels.isEncoded(label)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "pc", "xn--", "xn--a", "xn--99999999", "xn--pc-", "xn--strasse-", "xn--mller_kva", "xn-mller"
            })
    void manyAPrefixIsOnlyThat(String label) {
        assertThat(IdnLabels.isEncoded(label)).isFalse();
    }
}
