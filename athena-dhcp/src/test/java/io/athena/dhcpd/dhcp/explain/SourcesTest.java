package io.athena.dhcpd.dhcp.explain;

import static io.athena.dhcpd.dhcp.explain.Lab.discover;
import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.dhcp.explain.ReplyFinding.FieldFinding;
import io.athena.dhcpd.dhcp.explain.ReplyFinding.OptionFinding;
import io.athena.dhcpd.dhcp.wire.ClientMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The line of what a client is told, wherever in the file it is written. */
class SourcesTest {

    private static final List<String> PLACES =
            List.of("[defaults]", "[[subnet]]", "[[class]]", "[[subnet.pool]]", "[[subnet.reservation]]");

    /** What is put into the sections is written with "INNER" for the number of the place. */
    private static final String CONFIG = """
            [server]
            interface = "eth0"
            [defaults]
            [[class]]
            name = "phones"
            match_vendor_class = "Phone*"
            domain_name = "phones.example"
            [[class]]
            name = "everyone"
            match_mac = "02:*"
            log_servers = ["10.0.0.9"]
            [[subnet]]
            network = "10.0.0.0/24"
            [[subnet.pool]]
            range_start = "10.0.0.1"
            range_end = "10.0.0.20"
            [[subnet.reservation]]
            mac = "02:00:00:00:00:07"
            ip = "10.0.0.7"
            """;

    static Stream<List<String>> places() {
        return IntStream.range(1, 1 << PLACES.size()).mapToObj(set -> PLACES.stream()
                .filter(place -> (set >> PLACES.indexOf(place) & 1) == 1)
                .toList());
    }

    private static String written(List<String> places, String line) {
        String config = CONFIG;
        for (String place : places) {
            String own = line.replace("INNER", Integer.toString(PLACES.indexOf(place) + 1));
            config = config.replaceFirst("(?m)^" + Pattern.quote(place) + "\n", place + "\n" + own + "\n");
        }
        return config;
    }

    private static ReplyFinding explained(String config) {
        ClientMessage phone = discover(7).option(60, "Phone".getBytes(StandardCharsets.US_ASCII));
        return Objects.requireNonNull(new Lab(config).explain(phone).reply());
    }

    private static String line(String config, int number) {
        return number == 0 ? "" : config.lines().toList().get(number - 1);
    }

    @ParameterizedTest
    @MethodSource("places")
    void theBootFieldsNameTheInnermostLine(List<String> places) {
        String next = written(places, "next_server = \"10.9.0.INNER\"");
        FieldFinding siaddr = field(explained(next), "siaddr");
        assertThat(line(next, siaddr.line())).isEqualTo("next_server = \"" + siaddr.value() + "\"");

        String name = written(places, "sname = \"bootINNER\"");
        FieldFinding sname = field(explained(name), "sname");
        assertThat(line(name, sname.line())).isEqualTo("sname = \"" + sname.value() + "\"");

        String boot = written(places, "file = \"bootINNER.efi\"");
        FieldFinding file = field(explained(boot), "file");
        assertThat(line(boot, file.line())).isEqualTo("file = \"" + file.value() + "\"");
        assertThat(file.from()).doesNotContain("option");
    }

    @ParameterizedTest
    @MethodSource("places")
    void withoutFieldsOfTheirOwnTheHeaderNamesTheLinesOfTheOptions(List<String> places) {
        String config = written(places, "tftp_server = \"10.9.0.INNER\"");
        ReplyFinding reply = explained(config);
        for (FieldFinding field : List.of(field(reply, "siaddr"), field(reply, "sname"))) {
            assertThat(line(config, field.line())).isEqualTo("tftp_server = \"" + field.value() + "\"");
            assertThat(field.from()).endsWith(", by option 66");
        }
        String boot = written(places, "bootfile = \"bootINNER.efi\"");
        FieldFinding file = field(explained(boot), "file");
        assertThat(line(boot, file.line())).isEqualTo("bootfile = \"" + file.value() + "\"");
        assertThat(file.from()).endsWith(", by option 67");
    }

    @Test
    void anEmptyFieldBeatsTheOptionAndIsNotTold() {
        String config = written(List.of("[[subnet]]"), "bootfile = \"boot.efi\"\nfile = \"\"");
        assertThat(explained(config).fields()).isEmpty();
        assertThat(line(config, option(explained(config), 67).line())).isEqualTo("bootfile = \"boot.efi\"");
    }

    @ParameterizedTest
    @MethodSource("places")
    void vendorOptionsNameTheInnermostLine(List<String> places) {
        vendor(places, 43, "vendor_specific = [{ code = INNER, type = \"string\", value = \"aINNER\" }]");
        vendor(places, 124, "vi_vendor_class = [{ enterprise = 3561, type = \"string\", value = \"cINNER\" }]");
        vendor(
                places,
                125,
                "vi_vendor_specific = [{ enterprise = 3561, code = INNER, type = \"uint8\", value = INNER }]");
    }

    private static void vendor(List<String> places, int code, String written) {
        String config = written(places, written);
        OptionFinding found = option(explained(config), code);
        int innermost = PLACES.indexOf(innermost(places)) + 1;
        assertThat(line(config, found.line())).isEqualTo(written.replace("INNER", Integer.toString(innermost)));
        assertThat(found.from()).isNotEqualTo("configuration");
    }

    /** Classes come between subnet and pool. */
    private static String innermost(List<String> places) {
        return places.get(places.size() - 1);
    }

    @Test
    void optionsOfTwoClassesNameTheClassEachComesFrom() {
        ReplyFinding reply = explained(CONFIG);
        assertThat(option(reply, 15).from()).isEqualTo("class phones");
        assertThat(line(CONFIG, option(reply, 15).line())).isEqualTo("domain_name = \"phones.example\"");
        assertThat(option(reply, 7).from()).isEqualTo("class everyone");
        assertThat(line(CONFIG, option(reply, 7).line())).isEqualTo("log_servers = [\"10.0.0.9\"]");
    }

    private static FieldFinding field(ReplyFinding reply, String name) {
        return reply.fields().stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static OptionFinding option(ReplyFinding reply, int code) {
        return reply.options().stream()
                .filter(option -> option.code() == code)
                .findFirst()
                .orElseThrow();
    }
}
