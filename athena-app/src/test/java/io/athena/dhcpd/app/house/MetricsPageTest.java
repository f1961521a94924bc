package io.athena.dhcpd.app.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.meter.DhcpMeter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "metrics.md");

    @Test
    void thePageListsExactlyTheMetersThatThereAre() throws IOException {
        List<String> documented = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `athena_dhcpd_"))
                .toList();

        assertThat(documented)
                .containsExactlyElementsOf(
                        Stream.of(DhcpMeter.values()).map(MetricsPageTest::row).toList());
    }

    private static String row(DhcpMeter meter) {
        String suffix =
                switch (meter.kind()) {
                    case COUNTER -> "_total";
                    case GAUGE -> "";
                    case TIMER -> "_seconds";
                };
        String tags = meter.tags().isEmpty() ? "" : "`" + String.join("`, `", meter.tags()) + "`";
        return "| `" + meter.id() + suffix + "` | " + meter.kind().name().toLowerCase(Locale.ROOT) + " | " + tags
                + " | " + meter.help() + " |";
    }
}
