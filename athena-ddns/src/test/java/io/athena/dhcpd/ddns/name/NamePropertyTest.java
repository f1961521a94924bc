package io.athena.dhcpd.ddns.name;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.engine.NamePolicy.Name;
import io.athena.dhcpd.core.lease.ClientRequest;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client calls itself: the name is one that DNS holds, inside the zone, and the same when asked again. */
class NamePropertyTest {

    private static final Pattern NAME = Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+example\\.net");

    private static final String[] PARTS = {
        ".",
        "-",
        "_",
        "xn--",
        "example.net",
        "office",
        "wpad",
        "localhost",
        "\0",
        "\n",
        "\"",
        "$(",
        "%",
        "\u00fc",
        "\u0130",
        "\u00df",
        "\u3002",
        "\u200d",
        "\u202e",
        "\u2024",
        "\ud83d\ude00",
        "\ud800",
        "\u05d0",
        "1",
        "a",
        "z".repeat(70),
        "\u0301",
        "dhcp-aabbccddee01",
        "\uff0e",
        "\u00ad",
        "kva"
    };

    private final NameScene skip = NameScene.usual();
    private final NameScene strict = NameScene.of("allow_client_fqdn = false\nfallback_to_mac = false");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyTextGivesAValidNameOrNone(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String text = text(random);
            ClientRequest plain = NameScene.client(text);
            ClientRequest whole = NameScene.client(random.nextBoolean() ? "S" : "", text);
            check(skip, plain, true);
            check(skip, whole, true);
            check(strict, plain, false);
            check(strict, whole, false);
        }
    }

    private static void check(NameScene scene, ClientRequest request, boolean always) {
        Name name = scene.decide(request);
        if (always || name.fqdn() != null) {
            assertThat(name.fqdn()).as("of %s", request.hostname()).matches(NAME);
            assertThat(name.fqdn().length()).isLessThanOrEqualTo(253);
            assertThat(name.fqdn()).doesNotStartWith("wpad.").doesNotStartWith("localhost.");
            assertThat(name.fqdn()).isNotEqualTo("office.example.net");
        }
        Name again = scene.decide(request);
        assertThat(again.fqdn()).isEqualTo(name.fqdn());
        assertThat(again.forward()).isEqualTo(name.forward());
        Name renewed =
                scene.rules.decide(NameScene.client(null), scene.at(NameScene.POOLED), NameScene.lease(request, name));
        assertThat(renewed.fqdn()).as("renewed %s", request.hostname()).isEqualTo(name.fqdn());
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int parts = random.nextInt(7);
        for (int i = 0; i < parts; i++) {
            switch (random.nextInt(3)) {
                case 0 -> text.append(PARTS[random.nextInt(PARTS.length)]);
                case 1 -> text.append((char) random.nextInt(0x80));
                default -> text.appendCodePoint(random.nextInt(0x11_0000));
            }
        }
        return text.toString();
    }
}
