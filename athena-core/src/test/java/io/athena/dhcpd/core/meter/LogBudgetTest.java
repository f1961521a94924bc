package io.athena.dhcpd.core.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.time.TimeSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LogBudgetTest {

    private long nanos = Long.MAX_VALUE - 5;
    private final LogBudget budget = new LogBudget(
            new TimeSource() {
                @Override
                public long epochSeconds() {
                    return 0;
                }

                @Override
                public long nanoTime() {
                    return nanos;
                }
            },
            2);

    @Test
    void aReasonGetsItsLinesAMinuteAndTheNextLineTellsHowManyWereNotWritten() {
        assertThat(budget.permit("too_short")).isZero();
        assertThat(budget.permit("too_short")).isZero();
        assertThat(budget.permit("too_short")).isEqualTo(LogBudget.SILENT);
        assertThat(budget.permit("too_short")).isEqualTo(LogBudget.SILENT);

        nanos += TimeUnit.MINUTES.toNanos(1);

        assertThat(budget.permit("too_short")).isEqualTo(2);
        assertThat(budget.permit("too_short")).isZero();
    }

    @Test
    void oneReasonDoesNotSilenceAnother() {
        budget.permit("too_short");
        budget.permit("too_short");
        budget.permit("too_short");

        assertThat(budget.permit("bad_cookie")).isZero();
    }
}
