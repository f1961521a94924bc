package io.athena.dhcpd.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.api.ApiConfig.Role;
import io.athena.dhcpd.api.ApiConfig.Session;
import io.athena.dhcpd.api.ApiConfig.Tls;
import io.athena.dhcpd.api.ApiConfig.User;
import io.athena.dhcpd.core.config.ConfigProblem;
import io.athena.dhcpd.core.config.ConfigResult;
import io.athena.dhcpd.core.config.HostPort;
import io.athena.dhcpd.core.config.Secret;
import io.athena.dhcpd.core.config.TomlConfig;
import io.athena.dhcpd.core.option.StandardOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiSectionTest {

    private static final String HASH = "$2a$12$" + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.";
    private static final String USER =
            "[[api.auth.users]]\nusername = \"admin\"\npassword_hash = \"" + HASH + "\"\nrole = \"admin\"\n";

    @Test
    void withoutTheSectionItListensOnLoopback() {
        ConfigResult result = parse("");
        assertThat(result.problems()).isEmpty();
        assertThat(section(result))
                .isEqualTo(new ApiConfig(
                        true,
                        HostPort.parse("127.0.0.1:8067"),
                        true,
                        null,
                        List.of(),
                        new Tls(false, null, null),
                        new Session("athena_session", Duration.ofHours(24), false)));
    }

    @Test
    void everythingThatIsWrittenArrivesWithOneWarning() {
        ConfigResult result = parse("""
                [api]
                listen = "[::1]:8443"
                web_ui = true
                [api.auth]
                auth_token = "0123456789abcdef"
                """ + USER + """
                [api.tls]
                enabled = true
                cert_file = "/tls/web.crt"
                key_file = "/tls/web.key"
                [api.session]
                cookie_name = "sid"
                expiry = "1h"
                secure = true
                """);
        assertThat(result.problems())
                .extracting(ConfigProblem::text)
                .containsExactly(
                        "the console with its sign-in, tokens and TLS is checked but not acted on by this release");
        assertThat(section(result))
                .isEqualTo(new ApiConfig(
                        true,
                        new HostPort("::1", 8443),
                        true,
                        new Secret("0123456789abcdef"),
                        List.of(new User("admin", new Secret(HASH), Role.ADMIN)),
                        new Tls(true, Path.of("/tls/web.crt"), Path.of("/tls/web.key")),
                        new Session("sid", Duration.ofHours(1), true)));
        assertThat(section(result).toString()).doesNotContain("0123456789abcdef", HASH);
    }

    @Test
    void whateverIsWrittenThisReleaseListensOnLoopbackAndSaysSo() {
        ConfigResult result = parse("[api]\nlisten = \"0.0.0.0:9000\"\n");
        assertThat(result.problems())
                .extracting(ConfigProblem::text)
                .containsExactly("this release listens on 127.0.0.1:9000 only");
        assertThat(section(result).loopbackListen()).isEqualTo(new HostPort("127.0.0.1", 9000));
        assertThat(parse("[api]\nenabled = false\nlisten = \"0.0.0.0:9000\"\n").problems())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[api]\\nlisten = \"8067\"                          | listen: '8067' is not host:port",
                "[api.auth]\\nauth_token = \"changeme\"             | auth.auth_token: is the example's token, which everybody knows",
                "[api.auth]\\nauth_token = \"short\"                | auth.auth_token: is shorter than 16 characters and could be guessed",
                "[api.tls]\\nenabled = true\\ncert_file = \"/a\"    | tls.key_file: is missing",
                "[api.session]\\ncookie_name = \"a b\"              | session.cookie_name: 'a b' is not made of letters, digits and _ . -",
                "[api.session]\\nexpiry = \"1s\"                    | session.expiry: is '1s', outside 1m to 365d"
            })
    void mistakesAreReported(String text, String problem) {
        assertThat(errors(text.replace("\\n", "\n"))).containsExactly("api." + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "role = \"admin\"        | role = \"root\"     | role: is 'root'",
                "username = \"admin\"    | #                   | username: is missing",
                "username = \"admin\"    | username = \"a:b\"  | username: 'a:b' is not made of letters, digits and . _ @ -",
                "$2a$12$                 | $1$                 | password_hash: is not a bcrypt hash",
                "$2a$12$                 | $2a$99$             | password_hash: is not a bcrypt hash"
            })
    void mistakesInUsersAreReportedWithoutTheHash(String part, String instead, String problem) {
        assertThat(errors(USER.replace(part, instead))).containsExactly("api.auth.users[1]." + problem);
    }

    @Test
    void twoUsersHaveTwoNames() {
        assertThat(errors(USER + USER)).containsExactly("api.auth.users[2].username: 'admin' is another user already");
    }

    private static List<String> errors(String text) {
        return parse(text).errors().stream()
                .map(problem -> problem.path() + ": " + problem.text())
                .toList();
    }

    private static ConfigResult parse(String text) {
        String head = "[server]\ninterface = \"eth0\"\n[[subnet]]\nnetwork = \"10.0.0.0/24\"\n";
        return TomlConfig.parse(head + text, Path.of("a.toml"), List.of(new ApiSection()), StandardOptions.registry());
    }

    private static ApiConfig section(ConfigResult result) {
        return Objects.requireNonNull(result.config()).section(ApiConfig.class);
    }
}
