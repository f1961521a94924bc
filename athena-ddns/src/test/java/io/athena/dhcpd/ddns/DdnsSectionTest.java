package io.athena.dhcpd.ddns;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.config.ConfigProblem;
import io.athena.dhcpd.core.config.ConfigResult;
import io.athena.dhcpd.core.config.HostPort;
import io.athena.dhcpd.core.config.HttpUrl;
import io.athena.dhcpd.core.config.Secret;
import io.athena.dhcpd.core.config.TomlConfig;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.option.StandardOptions;
import io.athena.dhcpd.ddns.DdnsConfig.ConflictPolicy;
import io.athena.dhcpd.ddns.DnsTarget.PowerDns;
import io.athena.dhcpd.ddns.DnsTarget.Rfc2136;
import io.athena.dhcpd.ddns.DnsTarget.Technitium;
import io.athena.dhcpd.ddns.DnsTarget.TsigKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DdnsSectionTest {

    private static final String ZONES = """
            [ddns]
            enabled = true
            allow_client_fqdn = false
            fallback_to_mac = false
            ttl = 60
            update_on_renew = true
            conflict_policy = "append"
            use_dhcid = false
            retry_backoff = "2s"
            retry_max_backoff = "30s"
            retry_max_age = "7d"
            [ddns.forward]
            zone = "office.example.net"
            server = "10.10.0.1"
            tsig_name = "dhcp-update-key"
            tsig_algorithm = "hmac-sha512"
            tsig_secret = "c2VjcmV0IGtleQ"
            [ddns.reverse]
            zone = "10.10.in-addr.arpa"
            method = "technitium_api"
            server = "http://10.10.0.3:5380"
            api_key = "technitium-token"
            [[ddns.zone_override]]
            subnet = "172.16.0.0/22"
            forward_zone = "wireless.example.net"
            reverse_zone = "16.172.in-addr.arpa"
            method = "powerdns_api"
            server = "http://10.10.0.2:8081"
            api_key = "pdns-api-key"
            """;

    @Test
    void withoutTheSectionNamesAreLeftAlone() {
        ConfigResult result = parse("");
        assertThat(result.problems()).isEmpty();
        assertThat(section(result))
                .isEqualTo(new DdnsConfig(
                        false,
                        true,
                        true,
                        300,
                        false,
                        ConflictPolicy.SKIP,
                        true,
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(1),
                        Duration.ofDays(30),
                        null,
                        null,
                        List.of()));
    }

    @Test
    void everythingThatIsWrittenArrivesAndKeysStaySecret() {
        ConfigResult result = parse(ZONES);
        assertThat(result.problems()).isEmpty();
        TsigKey key = new TsigKey("dhcp-update-key", "hmac-sha512", new Secret("c2VjcmV0IGtleQ=="));
        HttpUrl powerDns = HttpUrl.parse("http://10.10.0.2:8081");
        DdnsConfig ddns = section(result);
        assertThat(ddns)
                .isEqualTo(new DdnsConfig(
                        true,
                        false,
                        false,
                        60,
                        true,
                        ConflictPolicy.APPEND,
                        false,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(30),
                        Duration.ofDays(7),
                        new DnsZone("office.example.net", new Rfc2136(HostPort.parse("10.10.0.1:53"), key)),
                        new DnsZone(
                                "10.10.in-addr.arpa",
                                new Technitium(HttpUrl.parse("http://10.10.0.3:5380"), new Secret("technitium-token"))),
                        List.of(new ZoneOverride(
                                Cidr.parse("172.16.0.0/22"),
                                new DnsZone("wireless.example.net", new PowerDns(powerDns, new Secret("pdns-api-key"))),
                                new DnsZone(
                                        "16.172.in-addr.arpa", new PowerDns(powerDns, new Secret("pdns-api-key")))))));
        assertThat(ddns.toString()).doesNotContain("c2VjcmV0", "technitium-token", "pdns-api-key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zone = \"office.example.net\"        | zone = \"-.x\"               | forward.zone: '-.x' is not a domain name",
                "zone = \"office.example.net\"        | #                            | forward.zone: is missing",
                "zone = \"10.10.in-addr.arpa\"        | zone = \"10.10.example\"     | reverse.zone: '10.10.example' is not a zone of addresses",
                "server = \"10.10.0.1\"               | server = \"10.10.0.1:x\"     | forward.server: '10.10.0.1:x' is not host:port",
                "server = \"10.10.0.1\"               | #                            | forward.server: is missing",
                "tsig_algorithm = \"hmac-sha512\"     | tsig_algorithm = \"md5\"     | forward.tsig_algorithm: is 'md5'",
                "tsig_secret = \"c2VjcmV0IGtleQ\"     | tsig_secret = \"not base64\" | forward.tsig_secret: is not base64",
                "tsig_secret = \"c2VjcmV0IGtleQ\"     | tsig_secret = \"==\"         | forward.tsig_secret: is empty",
                "tsig_secret = \"c2VjcmV0IGtleQ\"     | #                            | forward.tsig_secret: is missing",
                "tsig_name = \"dhcp-update-key\"      | #                            | forward.tsig_name: is missing",
                "method = \"technitium_api\"          | method = \"nsupdate\"        | reverse.method: is 'nsupdate'",
                "server = \"http://10.10.0.3:5380\"   | server = \"10.10.0.3\"       | reverse.server: is not an http:// or https:// URL without user name",
                "api_key = \"technitium-token\"       | #                            | reverse.api_key: is missing",
                "subnet = \"172.16.0.0/22\"           | #                            | zone_override[1].subnet: is missing",
                "conflict_policy = \"append\"         | conflict_policy = \"fight\"  | conflict_policy: is 'fight'",
                "retry_backoff = \"2s\"               | retry_backoff = \"40s\"      | retry_backoff: is longer than retry_max_backoff",
                "ttl = 60                             | ttl = 2147483648             | ttl: 2147483648 is out of range"
            })
    void mistakesAreReportedWithoutTheirSecrets(String line, String instead, String problem) {
        List<ConfigProblem> errors = parse(ZONES.replaceFirst(java.util.regex.Pattern.quote(line), instead))
                .errors();
        assertThat(errors)
                .extracting(error -> error.path() + ": " + error.text())
                .contains("ddns." + problem);
        assertThat(errors.toString()).doesNotContain("not base64\"");
    }

    @Test
    void anOverrideOverridesSomethingOfOneSubnet() {
        String override = "[[ddns.zone_override]]\nsubnet = \"10.0.0.0/24\"\nserver = \"10.0.0.1\"\n";
        assertThat(texts(override)).containsExactly("nothing is overridden");
        String named = override + "forward_zone = \"a.example\"\n";
        assertThat(texts(named + named)).containsExactly("10.0.0.0/24 has another override");
        assertThat(texts("[ddns]\nenabled = true\n")).containsExactly("no zone is configured");
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource({
        "Office.Example.NET., office.example.net",
        "b\u00fcro.example, xn--bro-hoa.example",
        "_msdcs.example.net, _msdcs.example.net",
    })
    void aZoneIsWrittenInAnyScriptAndCase(String written, String zone) {
        DdnsConfig ddns = section(parse(ZONES.replace("zone = \"office.example.net\"", "zone = \"" + written + "\"")));
        assertThat(Objects.requireNonNull(ddns.forward()).zone()).isEqualTo(zone);
    }

    @ParameterizedTest(name = "{0} is read: {1}")
    @CsvSource({
        "0/25.2.0.192.in-addr.arpa, true",
        "0-127.2.0.192.in-addr.arpa, true",
        "128/26.2.0.192.IN-ADDR.ARPA., true",
        "in-addr.arpa, true",
        "/25.2.0.192.in-addr.arpa, false",
        "0/25.2.0.192.example, false",
        "xin-addr.arpa, false",
    })
    void aPartOfAReverseZoneMayHaveASlashInItsName(String written, boolean read) {
        ConfigResult result = parse(ZONES.replace("zone = \"10.10.in-addr.arpa\"", "zone = \"" + written + "\""));
        assertThat(result.errors().isEmpty()).isEqualTo(read);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "office.example.net, ",
        "Lab.Office.Example.Net., ",
        "example.net, 10.0.0.0/24",
        "backoffice.example.net, 10.0.0.0/24",
    })
    void aDomainOutsideTheZoneIsRemarked(String domain, String warned) {
        String subnet = "[[subnet]]\nnetwork = \"172.16.0.0/22\"\ndomain_name = \"wireless.example.net\"\n";
        ConfigResult result = parse("domain_name = \"" + domain + "\"\n" + subnet + ZONES);
        assertThat(result.errors()).isEmpty();
        List<ConfigProblem> warnings = result.warnings();
        assertThat(warnings).hasSize(warned == null ? 0 : 1);
        assertThat(warnings).allSatisfy(warning -> {
            assertThat(warning.path()).isEqualTo("subnet[1].domain_name");
            assertThat(warning.line()).isEqualTo(5);
            assertThat(warning.text())
                    .isEqualTo("lies outside the zone office.example.net in which dynamic DNS puts its clients");
        });
        assertThat(parse("domain_name = \"" + domain + "\"\n" + ZONES.replace("enabled = true", ""))
                        .warnings())
                .isEmpty();
    }

    private static List<String> texts(String text) {
        return parse(text).errors().stream().map(ConfigProblem::text).toList();
    }

    private static ConfigResult parse(String text) {
        String head = "[server]\ninterface = \"eth0\"\n[[subnet]]\nnetwork = \"10.0.0.0/24\"\n";
        return TomlConfig.parse(head + text, Path.of("a.toml"), List.of(new DdnsSection()), StandardOptions.registry());
    }

    private static DdnsConfig section(ConfigResult result) {
        return Objects.requireNonNull(result.config()).section(DdnsConfig.class);
    }
}
