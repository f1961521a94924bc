package io.athena.dhcpd.ddns.name;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class NameHoldersTest {

    private static final Ipv4 ONE = Ipv4.parse("10.0.0.1");
    private static final Ipv4 TWO = Ipv4.parse("10.0.0.2");

    private final NameHolders holders = new NameHolders();

    private static ClientKey client(int number) {
        return ClientKey.ofClientId(new byte[] {(byte) number, (byte) (number >> 8)});
    }

    @Test
    void othersAreToldWhereTheHolderIsAndTheHolderIsNot() {
        holders.set("pc.example.net", ONE, client(1));
        assertThat(holders.otherHolder("PC.example.net", client(2))).isEqualTo(ONE);
        assertThat(holders.otherHolder("pc.example.net", client(1))).isNull();
        assertThat(holders.otherHolder("other.example.net", client(2))).isNull();
    }

    @Test
    void onlyTheHolderTakesItsNameAway() {
        holders.set("pc.example.net", ONE, client(1));
        holders.set("pc.example.net", TWO, client(2));
        holders.remove("pc.example.net", ONE, client(1));
        holders.remove("pc.example.net", ONE, client(2));
        assertThat(holders.otherHolder("pc.example.net", client(1))).isEqualTo(TWO);
        holders.remove("Pc.example.net", TWO, client(2));
        assertThat(holders.otherHolder("pc.example.net", client(1))).isNull();
        assertThat(holders.size()).isZero();
    }

    @Test
    void aClientsNameIsElsewhereOnceItGotItThereAlsoWhenItLetItGoThere() {
        assertThat(holders.isElsewhere("pc.example.net", ONE, client(1))).isTrue();
        holders.claim("pc.example.net", ONE, client(1));
        assertThat(holders.isElsewhere("pc.example.net", ONE, client(1))).isTrue();
        holders.set("pc.example.net", ONE, client(1));
        holders.claim("pc.example.net", ONE, client(1));
        assertThat(holders.isElsewhere("pc.example.net", ONE, client(1))).isFalse();
        holders.set("pc.example.net", TWO, client(1));
        assertThat(holders.isElsewhere("pc.example.net", ONE, client(1))).isTrue();
        holders.remove("pc.example.net", TWO, client(1));
        assertThat(holders.isElsewhere("pc.example.net", ONE, client(1))).isTrue();
        holders.set("pc.example.net", TWO, client(2));
        assertThat(holders.isElsewhere("pc.example.net", ONE, client(1))).isFalse();
    }

    @Test
    void ofTwoThatClaimANameTheFirstGetsIt() {
        assertThat(holders.claim("pc.example.net", ONE, client(1))).isTrue();
        assertThat(holders.claim("PC.example.net", TWO, client(2))).isFalse();
        assertThat(holders.claim("pc.example.net", TWO, client(1))).isTrue();
        assertThat(holders.otherHolder("pc.example.net", client(2))).isEqualTo(ONE);
    }

    @Test
    void theEndOfAnEarlierLeaseTakesNoLaterClaimAway() {
        holders.set("pc.example.net", ONE, client(1));
        holders.claim("pc.example.net", ONE, client(1));
        holders.remove("pc.example.net", ONE, client(1));
        assertThat(holders.claim("pc.example.net", TWO, client(2))).isFalse();
        holders.set("pc.example.net", ONE, client(1));
        holders.remove("pc.example.net", ONE, client(1));
        assertThat(holders.claim("pc.example.net", TWO, client(2))).isTrue();
    }

    @Test
    void whatIsDisclaimedIsAnybodysAndWhatWasHeldBeforeStays() {
        holders.claim("pc.example.net", ONE, client(1));
        holders.disclaim("pc.example.net", client(2));
        assertThat(holders.claim("pc.example.net", TWO, client(2))).isFalse();
        holders.disclaim("pc.example.net", client(1));
        assertThat(holders.claim("pc.example.net", TWO, client(2))).isTrue();
        holders.set("pc.example.net", TWO, client(2));
        holders.claim("pc.example.net", TWO, client(2));
        holders.disclaim("pc.example.net", client(2));
        assertThat(holders.claim("pc.example.net", ONE, client(1))).isFalse();
    }

    @Test
    void aNameIsAnybodysWhenItsLeaseEndsAndTheNextIsDisclaimed() {
        holders.set("pc.example.net", ONE, client(1));
        holders.claim("pc.example.net", TWO, client(1));
        holders.remove("pc.example.net", ONE, client(1));
        assertThat(holders.claim("pc.example.net", TWO, client(2))).isFalse();
        holders.disclaim("pc.example.net", client(1));
        assertThat(holders.claim("pc.example.net", TWO, client(2))).isTrue();
    }

    @Test
    void itKnowsWhatAMapKnowsHoweverManyComeAndGo() {
        Random random = new Random(7);
        Map<Integer, Integer> expected = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            int name = random.nextInt(5_000);
            int holder = random.nextInt(50);
            if (random.nextInt(3) > 0) {
                holders.set("n" + name, new Ipv4(holder), client(holder));
                expected.put(name, holder);
            } else {
                holders.remove("n" + name, new Ipv4(holder), client(holder));
                expected.remove(name, holder);
            }
        }
        assertThat(holders.size()).isEqualTo(expected.size());
        for (int name = 0; name < 5_000; name++) {
            Integer holder = expected.get(name);
            assertThat(holders.otherHolder("n" + name, client(99))).isEqualTo(holder == null ? null : new Ipv4(holder));
        }
    }

    @Test
    void lanesReadWhileNamesComeAndGo() throws Exception {
        holders.set("stays", ONE, client(1));
        ExecutorService lane = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> reader = lane.submit(() -> {
                boolean always = true;
                for (int i = 0; i < 200_000; i++) {
                    always &= ONE.equals(holders.otherHolder("stays", client(2)));
                }
                return always;
            });
            for (int i = 0; i < 100_000; i++) {
                holders.set("n" + i, TWO, client(3));
            }
            for (int i = 0; i < 100_000; i++) {
                holders.remove("n" + i, TWO, client(3));
            }
            assertThat(reader.get()).isTrue();
        } finally {
            lane.shutdownNow();
        }
        assertThat(holders.size()).isEqualTo(1);
    }
}
