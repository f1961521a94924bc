package io.athena.dhcpd.core.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** By hand, for a long run: {@code mvn -pl athena-core test -Dtest=EngineSimulationTest -Dsim.steps=5000000 -Dsim.seed=42}. */
class EngineSimulationTest {

    private static final int STEPS_A_SEED = 20_000;

    @Test
    void noPromiseIsBrokenWhateverClientsNetworkDiskAndOperatorDo() {
        int steps = Integer.getInteger("sim.steps", 120_000);
        long first = Long.getLong("sim.seed", 1);
        int acknowledged = 0;
        int crashes = 0;
        for (long seed = first; seed < first + Math.max(1, steps / STEPS_A_SEED); seed++) {
            Simulation simulation = new Simulation(seed, false);
            try {
                simulation.run(Math.min(steps, STEPS_A_SEED));
                simulation.end();
            } catch (AssertionError e) {
                throw new AssertionError("sim.seed=" + seed + ": " + e.getMessage(), e);
            }
            acknowledged += simulation.acknowledged;
            crashes += simulation.crashes;
            assertThat(simulation.naks).isPositive();
            assertThat(simulation.declines).isPositive();
            assertThat(simulation.rapidCommits).isPositive();
        }
        assertThat(acknowledged).isGreaterThan(steps / 100);
        assertThat(crashes).isGreaterThan(steps / 1000);
    }

    @Test
    void aJournalThatClaimsDurabilityTooEarlyIsFoundOut() {
        assertThatThrownBy(() -> new Simulation(1, true).run(STEPS_A_SEED))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("at step");
    }
}
