package io.athena.dhcpd.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LineScannerTest {

    /** Path steps are keys, or positions of elements from 0. */
    @ParameterizedTest(name = "{1} in {0}")
    @MethodSource
    void theLineOfAKeyIsFoundWhereverTomlLetsItStand(String text, String path, int line) {
        LineMap place = new LineScanner(text).scan();
        for (String step : path.split("/")) {
            place = step.matches("[0-9]+") ? place.element(Integer.parseInt(step)) : place.child(step);
        }
        assertThat(place.line()).isEqualTo(line);
    }

    static Stream<Arguments> theLineOfAKeyIsFoundWhereverTomlLetsItStand() {
        String nested = """
                # comment with key = 1 and [header]
                top = 1

                [server] # comment
                  port = 67
                [[subnet]]
                network = "a"
                  [[subnet.pool]]
                  start = "x"
                  [[subnet.pool]]
                  start = "y"
                [[subnet]]
                network = "b"
                [[subnet.pool]]
                start = "z"
                """;
        String values = """
                a = [ # first
                  "one", # with ] and [
                  'two # no comment',
                  [3,
                   4],
                ]
                b = \"""
                port = 1
                [server]
                \\\"""
                \"""
                c = '''
                d = 9
                ''' # end
                d = { x = 1, y = { z = "}" } }
                e.f."g.h" = 1
                e.f.i = "esc \\" # not a comment" # comment
                "quoted key" = 2
                f = "a" ; g = 3
                """;
        return Stream.of(
                Arguments.of(nested, "top", 2),
                Arguments.of(nested, "server", 4),
                Arguments.of(nested, "server/port", 5),
                Arguments.of(nested, "subnet/0", 6),
                Arguments.of(nested, "subnet/0/network", 7),
                Arguments.of(nested, "subnet/0/pool/0", 8),
                Arguments.of(nested, "subnet/0/pool/1/start", 11),
                Arguments.of(nested, "subnet/1", 12),
                Arguments.of(nested, "subnet/1/network", 13),
                Arguments.of(nested, "subnet/1/pool/0/start", 15),
                Arguments.of(values, "a", 1),
                Arguments.of(values, "a/0", 2),
                Arguments.of(values, "a/1", 3),
                Arguments.of(values, "a/2", 4),
                Arguments.of(values, "a/2/1", 5),
                Arguments.of(values, "b", 7),
                Arguments.of(values, "c", 12),
                Arguments.of(values, "d", 15),
                Arguments.of(values, "d/y/z", 15),
                Arguments.of(values, "e/f/g.h", 16),
                Arguments.of(values, "e/f/i", 17),
                Arguments.of(values, "quoted key", 18),
                Arguments.of("a = 1\r\nb = 2\r\n", "b", 2),
                Arguments.of("a = 1\n\n\nb=2", "b", 4),
                Arguments.of("[a.b]\nx = 1\n[a.c]\ny = 1\n", "a/c/y", 4),
                Arguments.of("a = \"\"\"x\"\"\"\"\nb = 1", "b", 2));
    }

    @Test
    void numbersThatTheParserWouldWrapAreFound() {
        assertThat(findings("a = 9223372036854775807\nb = -9223372036854775808\nc = 0x7fffffffffffffff"))
                .isZero();
        assertThat(findings("a = 9223372036854775808")).isEqualTo(1);
        assertThat(findings("a = [1, 18446744073709551616]\nb = 0xffff_ffff_ffff_ffff"))
                .isEqualTo(2);
    }

    @Test
    void nestingWithoutEndIsFound() {
        assertThat(findings("a = " + "[".repeat(100_000))).isEqualTo(1);
        assertThat(findings("a = " + "{b=".repeat(100_000))).isEqualTo(1);
    }

    @Test
    void anyTextIsScannedToItsEnd() {
        long seed = 20_131_997L;
        Random random = new Random(seed);
        String alphabet = "ab=.[]{},\"'#\n\\ 1";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i >= 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThatCode(() -> new LineScanner(text.toString()).scan())
                    .as("seed %d, text <%s>", seed, text)
                    .doesNotThrowAnyException();
        }
    }

    private static int findings(String text) {
        LineScanner scanner = new LineScanner(text);
        scanner.scan();
        return scanner.findings().size();
    }
}
