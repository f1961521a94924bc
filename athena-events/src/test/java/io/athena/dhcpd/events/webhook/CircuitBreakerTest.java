package io.athena.dhcpd.events.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.events.Samples;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CircuitBreakerTest {

    private final Samples.TestTime time = new Samples.TestTime();
    private final CircuitBreaker breaker = new CircuitBreaker(time);

    @Test
    void aFewFailuresInARowOpenItAndASuccessBetweenDoesNot() {
        assertThat(breaker.failed()).isFalse();
        assertThat(breaker.failed()).isFalse();
        assertThat(breaker.succeeded()).isFalse();
        assertThat(breaker.failed()).isFalse();
        assertThat(breaker.failed()).isFalse();
        assertThat(breaker.permit()).isZero();
        assertThat(breaker.failed()).isTrue();
        assertThat(breaker.permit()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void afterItsRestOneTriesForAll() {
        open();
        time.forward(29);
        assertThat(breaker.permit()).isEqualTo(Duration.ofSeconds(1));
        time.forward(1);
        assertThat(breaker.permit()).isZero();
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.TRYING);
        assertThat(breaker.permit()).isPositive();
        assertThat(breaker.succeeded()).isTrue();
        assertThat(breaker.permit()).isZero();
        assertThat(breaker.permit()).isZero();
    }

    @Test
    void eachTrialThatFailsDoublesTheRestUpToFiveMinutes() {
        open();
        for (int seconds : List.of(30, 60, 120, 240, 300, 300)) {
            assertThat(breaker.permit()).isEqualTo(Duration.ofSeconds(seconds));
            time.forward(seconds);
            assertThat(breaker.permit()).isZero();
            assertThat(breaker.failed()).as("it was open already").isFalse();
        }
        time.forward(300);
        breaker.permit();
        breaker.succeeded();
        open();
        assertThat(breaker.permit()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aTrialThatIsGivenUpLetsAnotherOneTryLater() {
        open();
        time.forward(30);
        assertThat(breaker.permit()).isZero();
        breaker.abandoned();
        assertThat(breaker.permit()).isEqualTo(Duration.ofSeconds(30));
        time.forward(30);
        assertThat(breaker.permit()).isZero();
    }

    @Test
    void whoWaitsGoesOnWhenTheTargetIsBack() throws Exception {
        open();
        time.forward(30);
        breaker.permit();
        CountDownLatch permitted = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            Thread waiting = new Thread(() -> {
                try {
                    breaker.await();
                    permitted.countDown();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            waiting.start();
            while (waiting.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
        }
        assertThat(permitted.getCount()).isEqualTo(2);
        breaker.succeeded();
        assertThat(permitted.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theUsualWaitsAreOneFiveAndFifteenSecondsAndAGivenOneDoubles() {
        assertThat(waits(new Backoff(null))).containsExactly(1000L, 5000L, 15_000L, 15_000L);
        assertThat(waits(new Backoff(Duration.ofSeconds(2)))).containsExactly(2000L, 4000L, 8000L, 16_000L);
    }

    private static List<Long> waits(Backoff backoff) {
        return IntStream.range(0, 4)
                .mapToObj(retry -> backoff.before(retry).toMillis())
                .toList();
    }

    private void open() {
        for (int i = 0; i < CircuitBreaker.FAILURES; i++) {
            breaker.failed();
        }
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.OPEN);
    }
}
