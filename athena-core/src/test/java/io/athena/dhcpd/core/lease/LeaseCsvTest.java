package io.athena.dhcpd.core.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.HexText;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeaseCsvTest {

    private static final byte[] CLIENT_ID = {1, 0x02, 0, 0, 0, 0, 1};

    @Test
    void aLeaseReadsAsItsColumnsInOrder() {
        assertThat(LeaseCsv.HEADER).isEqualTo("ip,mac,client_id,hostname,fqdn,subnet,state,start,expiry");
        assertThat(LeaseCsv.format(lease("printer", CLIENT_ID)))
                .isEqualTo(
                        "10.0.0.5,02:00:00:00:00:01,0x01020000000001,printer,,10.0.0.0/24,active,1700000000,1700043200");
    }

    @ParameterizedTest
    @CsvSource({"printer", "'a,b'", "'say \"hi\"'", "=1+1", "@cmd", "'-x'", "'+1'", "o'brien"})
    void anyNameComesBackAsItWasExported(String name) throws IOException {
        String line = LeaseCsv.format(lease(name, CLIENT_ID));

        assertThat(parsed(LeaseCsv.HEADER + "\r\n" + line + "\r\n").rows())
                .singleElement()
                .extracting(LeaseCsv.Row::hostname)
                .isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"=1+1", "@x", "-x", "+x"})
    void noFieldOfAnExportIsASpreadsheetFormula(String text) {
        String line = LeaseCsv.format(lease(text, text.getBytes(StandardCharsets.US_ASCII)));

        assertThat(List.of(line.split(",", -1))).allSatisfy(field -> assertThat(field)
                .doesNotStartWith("=")
                .doesNotStartWith("@")
                .doesNotStartWith("-")
                .doesNotStartWith("+"));
    }

    @Test
    void aTextClientIdentifierThatLooksLikeAFormulaKeepsItsBytes() throws IOException {
        byte[] id = "=cmd".getBytes(StandardCharsets.US_ASCII);

        LeaseCsv.Row row = parsed(LeaseCsv.HEADER + "\n" + LeaseCsv.format(lease("x", id)))
                .rows()
                .get(0);

        assertThat(row.clientId()).isEqualTo(id);
    }

    @Test
    void columnsMayStandInAnyOrderAndMostMayBeLeftOut() throws IOException {
        LeaseCsv.Parsed parsed = parsed("\ufeffexpiry, MAC ,ip\n4294967295,02-00-00-00-00-01,10.0.0.5\n");

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.rows())
                .containsExactly(new LeaseCsv.Row(
                        2,
                        Ipv4.parse("10.0.0.5"),
                        MacAddress.parse("02:00:00:00:00:01"),
                        null,
                        null,
                        null,
                        null,
                        LeaseState.ACTIVE,
                        null,
                        Lease.FOREVER));
    }

    @Test
    void everyBadLineIsReportedWithItsNumberAndTheGoodOnesAreKept() throws IOException {
        LeaseCsv.Parsed parsed = parsed("ip,mac,expiry,hostname\n"
                + "10.0.0.300,02:00:00:00:00:01,1,\n"
                + "10.0.0.5,02:00:00:00:00:01,99,\"two\nlines\"\n"
                + "10.0.0.6,02:00:00:00:00:02,99,ok\n"
                + "\n"
                + "10.0.0.7,,99,\n"
                + "10.0.0.8,02:00:00:00:00:03,-1,\n"
                + "10.0.0.9,02:00:00:00:00:04\n"
                + "10.0.0.10,02:00:00:00:00:04,4294967296,\n"
                + "10.0.0.11,nonsense,1,\n"
                + "10.0.0.12,02:00:00:00:00:05,,\n");

        assertThat(parsed.rows()).extracting(row -> row.ip().toString()).containsExactly("10.0.0.6");
        assertThat(parsed.rows()).extracting(LeaseCsv.Row::line).containsExactly(5);
        assertThat(parsed.problems()).extracting(LeaseCsv.Problem::line).containsExactly(2, 3, 7, 8, 9, 10, 11, 12);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''", "ip,mac", "mac,expiry", "ip,expiry", "ip,mac,expiry,colour", "ip,ip,mac,expiry"})
    void aFirstLineThatCannotBeUsedStopsTheImport(String header) throws IOException {
        LeaseCsv.Parsed parsed = parsed(header + "\n10.0.0.5,02:00:00:00:00:01,5\n");

        assertThat(parsed.rows()).isEmpty();
        assertThat(parsed.problems()).isNotEmpty().allSatisfy(problem -> assertThat(problem.line())
                .isEqualTo(1));
    }

    @Test
    void aQuoteThatNeverEndsIsReported() throws IOException {
        assertThat(parsed("ip,mac,expiry,hostname\n10.0.0.5,02:00:00:00:00:01,5,\"open")
                        .problems())
                .extracting(LeaseCsv.Problem::text)
                .containsExactly("a quotation mark is opened and never closed");
    }

    private static LeaseCsv.Parsed parsed(String text) throws IOException {
        return LeaseCsv.parse(new StringReader(text));
    }

    private static Lease lease(String hostname, byte[] clientId) {
        return new Lease(
                Ipv4.parse("10.0.0.5"),
                LeaseState.ACTIVE,
                ClientKey.ofClientId(clientId),
                MacAddress.parse("02:00:00:00:00:01"),
                clientId,
                hostname,
                null,
                1_700_000_000L,
                1_700_043_200L,
                Cidr.parse("10.0.0.0/24"),
                Ipv4.parse("10.0.0.2"),
                Ipv4.ANY,
                null,
                null,
                null,
                null,
                1_700_000_000L,
                1_700_000_000L,
                null);
    }

    @Test
    void aClientIdentifierMayBeWrittenInPairsAndTextThatLooksLikePairsIsHex() throws IOException {
        LeaseCsv.Parsed pairs = parsed("ip,client_id,expiry\n10.0.0.5,01:02:00:00:00:00:01,1700043200\n");
        assertThat(pairs.problems()).isEmpty();
        assertThat(pairs.rows().get(0).clientId()).isEqualTo(CLIENT_ID);
        assertThat(HexText.isPairs("01:02")).isTrue();
        assertThat(parsed("ip,client_id,expiry\n10.0.0.5,0x30313a3032,1700043200\n")
                        .rows()
                        .get(0)
                        .clientId())
                .asString()
                .isEqualTo("01:02");
    }
}
