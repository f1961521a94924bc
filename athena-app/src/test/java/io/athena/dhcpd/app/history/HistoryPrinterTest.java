package io.athena.dhcpd.app.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.athena.dhcpd.app.control.HistoryRow;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

class HistoryPrinterTest {

    @Test
    void aNameCannotBecomeAFormulaAFieldOrALineOfCsv() {
        assertThat(printed(HistoryPrinter.Format.CSV, "=cmd|' /C calc'!A0")
                        .lines()
                        .skip(1))
                .containsExactly("1000,granted,192.0.2.5,,'@id,'=cmd|' /C calc'!A0,,192.0.2.0/24,,,,1000,,2000,7");
        assertThat(printed(HistoryPrinter.Format.CSV, "a\",\"b\r\nc\t=1")
                        .lines()
                        .skip(1))
                .containsExactly("1000,granted,192.0.2.5,,'@id,\"a\"\",\"\"b??c?=1\",,192.0.2.0/24,,,,1000,,2000,7");
    }

    @Test
    void aTerminalObeysNoName() {
        String hostile = "a\u001b[2J\u009b1m\u202eb\u2028c";
        for (HistoryPrinter.Format format : HistoryPrinter.Format.values()) {
            String printed = printed(format, hostile).replaceAll("[\r\n]", "");
            assertThat(printed.chars().filter(c -> Character.isISOControl(c) || c >= 0x80))
                    .as(format.name())
                    .isEmpty();
        }
        assertThat(printed(HistoryPrinter.Format.TABLE, hostile)).contains(" a?[2J?1m?b?c ");
    }

    @Test
    void jsonIsAnObjectALine() {
        assertThat(printed(HistoryPrinter.Format.JSON, "a\"}\n{\u007f\u00e4").lines())
                .containsExactly(
                        "{\"time\":1000,\"kind\":\"granted\",\"ip\":\"192.0.2.5\",\"mac\":null,\"client_id\":\"@id\","
                                + "\"hostname\":\"a\\\"}\\n{\\u007f\\u00E4\",\"fqdn\":null,\"subnet\":\"192.0.2.0/24\",\"giaddr\":null,"
                                + "\"circuit_id\":null,\"remote_id\":null,\"from\":1000,\"to\":null,\"expiry\":2000,\"sequence\":7}");
    }

    @Test
    void nothingIsASentenceForPeopleAndAHeaderForPrograms() {
        StringWriter out = new StringWriter();
        StringWriter notes = new StringWriter();
        HistoryPrinter.of(HistoryPrinter.Format.CSV, new PrintWriter(out, true))
                .nothing("Nobody.", new PrintWriter(notes, true));
        assertThat(out.toString()).startsWith("time,kind,");
        assertThat(notes.toString()).contains("Nobody.");
        StringWriter table = new StringWriter();
        HistoryPrinter.of(HistoryPrinter.Format.TABLE, new PrintWriter(table, true))
                .nothing("Nobody.", new PrintWriter(notes, true));
        assertThat(table.toString().strip()).isEqualTo("Nobody.");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T18:30:00Z, 1795285800",
        "2026-11-21T19:30:00+01:00, 1795285800",
        "2026-11-21T18:30, 1795285800",
        "2026-11-21 18:30, 1795285800",
        "2026-11-21, 1795219200",
        "1795285800, 1795285800"
    })
    void aTimeMayBeWrittenInManyWays(String text, long expected) {
        assertThat(new TimeText().convert(text).getEpochSecond()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"now", "18:30", "2026-13-01", "1960-01-01"})
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> new TimeText().convert(text)).isInstanceOf(TypeConversionException.class);
    }

    private static String printed(HistoryPrinter.Format format, String hostname) {
        StringWriter out = new StringWriter();
        HistoryPrinter printer = HistoryPrinter.of(format, new PrintWriter(out, true));
        printer.print(new HistoryRow(
                1000,
                "granted",
                "192.0.2.5",
                null,
                "@id",
                hostname,
                null,
                "192.0.2.0/24",
                null,
                null,
                null,
                1000,
                null,
                2000,
                7));
        return out.toString();
    }
}
