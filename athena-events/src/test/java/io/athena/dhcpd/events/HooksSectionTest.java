package io.athena.dhcpd.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.athena.dhcpd.core.config.ConfigProblem;
import io.athena.dhcpd.core.config.ConfigResult;
import io.athena.dhcpd.core.config.HttpUrl;
import io.athena.dhcpd.core.config.Secret;
import io.athena.dhcpd.core.config.TomlConfig;
import io.athena.dhcpd.core.event.EventType;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.option.StandardOptions;
import io.athena.dhcpd.events.WebhookHook.Method;
import io.athena.dhcpd.events.WebhookHook.Template;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HooksSectionTest {

    private static final String SCRIPT = "[[hooks.script]]\nname = \"a\"\nevents = [\"lease.ack\"]\n";
    private static final String WEBHOOK = "[[hooks.webhook]]\nname = \"b\"\nevents = [\"lease.ack\"]\n";

    @Test
    void withoutTheSectionThereAreNoHooks() {
        ConfigResult result = parse("");
        assertThat(result.problems()).isEmpty();
        assertThat(section(result)).isEqualTo(new HooksConfig(10_000, 4, Duration.ofSeconds(10), List.of(), List.of()));
    }

    @Test
    void everythingThatIsWrittenArrives() {
        ConfigResult result = parse("""
                [hooks]
                event_buffer_size = 100
                script_concurrency = 2
                script_timeout = "3s"
                [[hooks.script]]
                name = "cmdb"
                events = ["lease.ack", "ha.sync_complete"]
                command = "/etc/hooks/a.sh"
                subnets = ["10.10.0.0/24"]
                [[hooks.webhook]]
                name = "inventory"
                events = ["conflict.permanent"]
                url = "https://host.example/T00/B00"
                method = "PUT"
                headers = { "Authorization" = "Bearer secret123", X-A = "b" }
                timeout = "5s"
                retries = 1
                retry_backoff = "2s"
                secret = "shared"
                template = "slack"
                """);
        assertThat(result.problems()).isEmpty();
        HooksConfig hooks = section(result);
        assertThat(hooks.scripts())
                .containsExactly(new ScriptHook(
                        "cmdb",
                        Set.of(EventType.LEASE_ACK, EventType.HA_SYNC_COMPLETE),
                        "/etc/hooks/a.sh",
                        Duration.ofSeconds(3),
                        List.of(Cidr.parse("10.10.0.0/24"))));
        assertThat(hooks.webhooks())
                .containsExactly(new WebhookHook(
                        "inventory",
                        Set.of(EventType.CONFLICT_PERMANENT),
                        HttpUrl.parse("https://host.example/T00/B00"),
                        Method.PUT,
                        Map.of("Authorization", new Secret("Bearer secret123"), "X-A", new Secret("b")),
                        Duration.ofSeconds(5),
                        1,
                        Duration.ofSeconds(2),
                        new Secret("shared"),
                        Template.SLACK,
                        List.of()));
        assertThat(hooks.toString()).doesNotContain("secret123", "shared", "T00");
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void everyEventIsKnownByItsName(EventType event) {
        assertThat(EventNames.of(event.tag())).containsExactly(event);
    }

    @Test
    void aPatternStandsForAllThatFitIt() {
        assertThat(EventNames.of("conflict.*"))
                .containsExactly(
                        EventType.CONFLICT_DETECTED,
                        EventType.CONFLICT_DECLINE,
                        EventType.CONFLICT_RESOLVED,
                        EventType.CONFLICT_PERMANENT);
        assertThat(EventNames.of("*")).hasSize(EventType.values().length);
        assertThat(EventNames.of("*.decline")).containsExactly(EventType.LEASE_DECLINE, EventType.CONFLICT_DECLINE);
        assertThatThrownBy(() -> EventNames.of("lease.*x")).hasMessage("'lease.*x' is not an event");
        assertThatThrownBy(() -> EventNames.of("lease?ack")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Timeout(60)
    void manyStarsAreNoMoreThanOne() {
        assertThat(EventNames.of("lease." + "*".repeat(1000) + "ack")).containsExactly(EventType.LEASE_ACK);
        assertThatThrownBy(() -> EventNames.of("*".repeat(1000) + "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EventNames.of("*e".repeat(1000) + "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "command = \"hook.sh\"   | script[1].command: 'hook.sh' is not a full path; it is executed as it stands,"
                        + " without a shell",
                "timeout = \"1s\"        | script[1].command: is missing"
            })
    void mistakesInScriptsAreReported(String line, String problem) {
        assertThat(errors(SCRIPT + line + "\n")).isEqualTo("hooks." + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timeout = \"1s\"                                  | url: is missing",
                "url = \"ftp://a/b\"                               | url: is not an http:// or https:// URL without user name",
                "url = \"https://u:p@a/b\"                         | url: is not an http:// or https:// URL without user name",
                "url = \"https://a b/c\"                           | url: is not a URL: Illegal character in authority",
                "url = \"http://a:99999/b\"                         | url: has no usable port",
                "url = \"http://[::1]:8080/b\"                      | url: http://[::1]:8080/*** is an IPv6 address, and"
                        + " webhooks go out by IPv4",
                "url = \"https://a/b\"\\nheaders = { a = \"Bearer €\" } | headers: 'a' is not a usable header",
                "url = \"https://a/b\"\\nheaders = { a = \"Bearer ü\" } | headers: 'a' is not a usable header",
                "url = \"https://a/b\"\\nmethod = \"GET\"          | method: is 'GET'",
                "url = \"https://a/b\"\\nretries = 11              | retries: 11 is out of range",
                "url = \"https://a/b\"\\ntemplate = \"irc\"        | template: is 'irc'",
                "url = \"https://a/b\"\\nheaders = { \"a b\" = \"c\" } | headers: 'a b' is not a usable header",
                "url = \"https://a/b\"\\nheaders = { a = 5 }       | headers.a: is the number 5",
                "url = \"https://a/b\"\\nheaders = { a = \"x\\\\r\\\\ny\" } | headers: 'a' is not a usable header",
                "url = \"https://a/b\"\\nheaders = { Host = \"c\" } | headers: 'Host' is not a usable header",
                "url = \"https://a/b\"\\nsecret = \"\"             | secret: is empty"
            })
    void mistakesInWebhooksAreReportedWithoutTheirSecrets(String lines, String problem) {
        String text = lines.replace("\\n", "\n").replace("\\\n", "\\n").replace("\\\\", "\\");
        assertThat(errors(WEBHOOK + text + "\n")).isEqualTo("hooks.webhook[1]." + problem);
    }

    @Test
    void namesAreUsedOnceAndEventsExist() {
        String command = "command = \"/a\"\n";
        assertThat(errors(SCRIPT + command + WEBHOOK.replace("\"b\"", "\"a\"") + "url = \"https://a\"\n"))
                .isEqualTo("hooks.webhook[1].name: 'a' is the name of another hook");
        assertThat(errors(SCRIPT.replace("lease.ack", "lease.acked") + command))
                .isEqualTo("hooks.script[1].events: 'lease.acked' is not an event");
        assertThat(errors(SCRIPT.replace("\"lease.ack\"", "") + command))
                .isEqualTo("hooks.script[1].events: names no event, so the hook would never run");
        assertThat(errors("[[hooks.script]]\ncommand = \"/a\"\n"))
                .isEqualTo("hooks.script[1].name: is missing\nhooks.script[1].events: is missing");
    }

    @Test
    void plainHttpIsFineOnThisMachineAndAWarningElsewhere() {
        assertThat(parse(WEBHOOK + "url = \"http://127.0.0.1:8080/a\"\n").problems())
                .isEmpty();
        ConfigResult elsewhere = parse(WEBHOOK + "url = \"http://host.example/path-secret\"\n");
        assertThat(elsewhere.config()).isNotNull();
        assertThat(elsewhere.warnings())
                .extracting(ConfigProblem::text)
                .contains("http://host.example/*** is not encrypted: anybody on the way reads the events");
    }

    private static String errors(String text) {
        return String.join(
                "\n",
                parse(text).errors().stream()
                        .map(problem -> problem.path() + ": " + problem.text())
                        .toList());
    }

    private static ConfigResult parse(String text) {
        String head = "[server]\ninterface = \"eth0\"\n[[subnet]]\nnetwork = \"10.0.0.0/24\"\n";
        return TomlConfig.parse(
                head + text, Path.of("a.toml"), List.of(new HooksSection()), StandardOptions.registry());
    }

    private static HooksConfig section(ConfigResult result) {
        return Objects.requireNonNull(result.config()).section(HooksConfig.class);
    }
}
