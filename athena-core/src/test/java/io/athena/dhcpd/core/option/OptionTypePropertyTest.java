package io.athena.dhcpd.core.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the value: its text means the same bytes again. */
class OptionTypePropertyTest {

    private static final long SEED = 0x2132_0804L;
    private static final int ROUNDS = 500;

    private final SplittableRandom random = new SplittableRandom(SEED);

    @ParameterizedTest
    @CsvSource({
        "IP, 4, 4",
        "IP_LIST, 4, 40",
        "IP_MASK, 8, 40",
        "IP_PAIRS, 8, 40",
        "UINT8, 1, 1",
        "UINT8_LIST, 1, 20",
        "UINT16, 2, 2",
        "UINT16_LIST, 2, 20",
        "UINT32, 4, 4",
        "INT32, 4, 4",
        "HEX, 1, 40"
    })
    void bytesSurviveBeingWrittenAsText(OptionType type, int unit, int most) {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = bytes(unit * (1 + random.nextInt(most / unit)));
            assertThat(type.parse(type.decode(bytes)))
                    .as("seed %x, round %d, %s", SEED, round, type.decode(bytes))
                    .containsExactly(bytes);
        }
    }

    @Test
    void subOptionsSurviveBeingWrittenAsTablesAndAsText() {
        for (int round = 0; round < ROUNDS; round++) {
            List<OptionValue> tables = new ArrayList<>();
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                int code = random.nextInt(1, 255);
                byte[] value = bytes(random.nextInt(i == 1 ? 256 : 40));
                expected.write(code);
                expected.write(value.length);
                expected.writeBytes(value);
                OptionValue hex = new OptionValue.Text(OptionType.HEX.decode(value));
                tables.add(new OptionValue.Fields(Map.of("code", new OptionValue.Number(code), "value", hex)));
            }
            byte[] encoded = OptionType.SUB_OPTIONS.encode(new OptionValue.Many(tables));
            assertThat(encoded).as("seed %x, round %d", SEED, round).containsExactly(expected.toByteArray());
            assertThat(OptionType.SUB_OPTIONS.parse(OptionType.SUB_OPTIONS.decode(encoded)))
                    .containsExactly(encoded);
        }
    }

    @Test
    void noBytesAreTooOddToBeShown() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = bytes(random.nextInt(60));
            for (OptionType type : OptionType.values()) {
                assertThat(type.decode(bytes))
                        .as("seed %x, round %d", SEED, round)
                        .isNotNull();
            }
        }
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
