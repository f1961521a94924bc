package io.athena.dhcpd.core.subnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.config.BootFields;
import io.athena.dhcpd.core.config.OptionScope;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.option.OptionSet;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootHeaderTest {

    private static OptionScope scope(@Nullable String name, @Nullable String file, BootFields boot) {
        OptionSet.Builder options = OptionSet.builder();
        if (name != null) {
            options.put(66, name.getBytes(StandardCharsets.US_ASCII));
        }
        if (file != null) {
            options.put(67, file.getBytes(StandardCharsets.US_ASCII));
        }
        return new OptionScope(options.build(), null, null, null, boot);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            # tftp_server, bootfile, next_server, sname, file,  siaddr,   sname,   file
            -,             -,        -,           -,     -,     0.0.0.0,  '',      ''
            boot,          a.0,      -,           -,     -,     0.0.0.0,  boot,    a.0
            10.0.0.5,      a.0,      -,           -,     -,     10.0.0.5, 10.0.0.5, a.0
            10.0.0.5,      a.0,      10.0.0.6,    -,     -,     10.0.0.6, 10.0.0.5, a.0
            boot,          a.0,      -,           srv,   b.0,   0.0.0.0,  srv,     b.0
            boot,          a.0,      -,           '',    '',    0.0.0.0,  '',      ''
            -,             -,        10.0.0.6,    -,     b.0,   10.0.0.6, '',      b.0
            9lives,        -,        -,           -,     -,     0.0.0.0,  9lives,  ''
            """)
    void theFieldsAreWhatIsSetElseWhatTheOptionsSay(
            @Nullable String option66,
            @Nullable String option67,
            @Nullable String nextServer,
            @Nullable String sname,
            @Nullable String file,
            String siaddr,
            String serverField,
            String fileField) {
        BootFields boot = new BootFields(nextServer == null ? null : Ipv4.parse(nextServer), sname, file);

        BootHeader header = BootHeader.of(scope(option66, option67, boot));

        assertThat(header.siaddr()).hasToString(siaddr);
        assertThat(header.sname()).asString().isEqualTo(serverField);
        assertThat(header.file()).asString().isEqualTo(fileField);
    }

    @Test
    void whatIsTooLongForTheHeaderStaysAnOption() {
        BootHeader header = BootHeader.of(scope("n".repeat(64), "f".repeat(128), BootFields.NONE));

        assertThat(header.sname()).isEmpty();
        assertThat(header.file()).isEmpty();
        assertThat(BootHeader.of(scope("n".repeat(63), "f".repeat(127), BootFields.NONE))
                        .file())
                .hasSize(127);
    }

    @Test
    void eachFieldIsThatOfTheInnermostScopeThatSetsIt() {
        BootFields outer = new BootFields(Ipv4.parse("10.0.0.5"), "outer", "outer.0");
        BootFields inner = new BootFields(null, "", "inner.0");

        assertThat(scope(null, null, outer)
                        .overriddenBy(scope(null, null, inner))
                        .boot())
                .isEqualTo(new BootFields(Ipv4.parse("10.0.0.5"), "", "inner.0"));
    }
}
