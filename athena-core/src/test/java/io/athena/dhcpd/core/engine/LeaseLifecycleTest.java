package io.athena.dhcpd.core.engine;

import static io.athena.dhcpd.core.lease.LeaseState.ACTIVE;
import static io.athena.dhcpd.core.lease.LeaseState.DECLINED;
import static io.athena.dhcpd.core.lease.LeaseState.EXPIRED;
import static io.athena.dhcpd.core.lease.LeaseState.FREE;
import static io.athena.dhcpd.core.lease.LeaseState.OFFERED;
import static io.athena.dhcpd.core.lease.LeaseState.RELEASED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.athena.dhcpd.core.engine.LeaseLifecycle.Input;
import io.athena.dhcpd.core.lease.LeaseState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LeaseLifecycleTest {

    static Stream<Arguments> ways() {
        return Stream.of(
                Arguments.of(FREE, Input.OFFER, OFFERED),
                Arguments.of(FREE, Input.GRANT, ACTIVE),
                Arguments.of(OFFERED, Input.OFFER, OFFERED),
                Arguments.of(OFFERED, Input.GRANT, ACTIVE),
                Arguments.of(OFFERED, Input.LAPSE, FREE),
                Arguments.of(OFFERED, Input.DECLINE, DECLINED),
                Arguments.of(ACTIVE, Input.OFFER, ACTIVE),
                Arguments.of(ACTIVE, Input.GRANT, ACTIVE),
                Arguments.of(ACTIVE, Input.EXPIRE, EXPIRED),
                Arguments.of(ACTIVE, Input.RELEASE, RELEASED),
                Arguments.of(ACTIVE, Input.DECLINE, DECLINED),
                Arguments.of(EXPIRED, Input.OFFER, OFFERED),
                Arguments.of(EXPIRED, Input.GRANT, ACTIVE),
                Arguments.of(RELEASED, Input.OFFER, OFFERED),
                Arguments.of(RELEASED, Input.GRANT, ACTIVE),
                Arguments.of(DECLINED, Input.HOLD_END, FREE));
    }

    @ParameterizedTest(name = "{0} by {1} becomes {2}")
    @MethodSource("ways")
    void everyLegalTransition(LeaseState from, Input input, LeaseState to) {
        assertThat(LeaseLifecycle.on(from, input)).isEqualTo(to);
    }

    @Test
    void everyOtherTransitionIsRefused() {
        List<String> legal = ways().map(a -> a.get()[0] + " " + a.get()[1]).toList();
        List<String> refused = new ArrayList<>();
        for (LeaseState state : LeaseState.values()) {
            for (Input input : Input.values()) {
                if (!legal.contains(state + " " + input)) {
                    refused.add(state + " " + input);
                    assertThat(LeaseLifecycle.allows(state, input)).isFalse();
                    assertThatThrownBy(() -> LeaseLifecycle.on(state, input))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining(state.name())
                            .hasMessageContaining(input.name());
                }
            }
        }
        assertThat(refused).hasSize(LeaseState.values().length * Input.values().length - legal.size());
    }
}
