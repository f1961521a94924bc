package io.athena.dhcpd.dhcp.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.link.InterfaceState;
import io.athena.dhcpd.core.meter.LogBudget;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.time.TimeSource;
import io.athena.dhcpd.dhcp.FreePorts;
import java.io.IOException;
import java.net.DatagramSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Interfaces that come and go, played on the loopback device. */
class InterfaceWatcherTest {

    private static final InterfaceState LO = InterfaceState.look("lo");
    private static final InterfaceState DOWN =
            new InterfaceState(LO.index(), null, LO.addresses(), LO.mtu(), false, true);
    private static final InterfaceState WITHOUT_ADDRESS =
            new InterfaceState(LO.index(), null, List.of(), LO.mtu(), true, true);

    private final Map<String, InterfaceState> machine = new HashMap<>();
    private final Meters meters = new Meters();
    private final LogBudget budget = new LogBudget(TimeSource.system(), 5);
    private final ListenSettings settings = new ListenSettings(List.of("lo", "lo:1"), FreePorts.udp(), 68, null);
    private final SendErrors errors = new SendErrors(meters, budget);
    private final ServedInterface lo = new ServedInterface("lo", settings, errors);
    private SocketBinder binder = new SocketBinder(settings.port(), true);

    @AfterEach
    void closeBinder() {
        binder.close();
    }

    @Test
    void anInterfaceIsServedAsSoonAsItIsUpWithAnAddress() throws ListenException {
        InterfaceWatcher watcher = watcher(List.of(lo));
        watcher.start();
        assertThat(lo.isBound()).as("missing").isFalse();

        machine.put("lo", DOWN);
        watcher.refresh();
        assertThat(lo.isBound()).as("down").isFalse();

        machine.put("lo", WITHOUT_ADDRESS);
        watcher.refresh();
        assertThat(lo.isBound()).as("without address").isFalse();

        machine.put("lo", LO);
        watcher.refresh();
        assertThat(lo.isBound()).isTrue();
        assertThat(lo.state()).isEqualTo(LO);
        watcher.close();
    }

    @Test
    void anInterfaceThatVanishesIsLetGoAndServedAgainWhenItReturns() throws ListenException {
        InterfaceWatcher watcher = watcher(List.of(lo));
        machine.put("lo", LO);
        watcher.start();

        machine.remove("lo");
        watcher.refresh();
        assertThat(lo.isBound()).isFalse();

        machine.put("lo", LO);
        watcher.refresh();
        assertThat(lo.isBound()).isTrue();
        watcher.close();
        assertThat(lo.isBound()).isFalse();
    }

    @Test
    void anInterfaceThatLosesItsAddressForAWhileKeepsItsSocket() throws ListenException {
        InterfaceWatcher watcher = watcher(List.of(lo));
        machine.put("lo", LO);
        watcher.start();

        machine.put("lo", WITHOUT_ADDRESS);
        watcher.refresh();

        assertThat(lo.isBound()).isTrue();
        assertThat(lo.state().addressFor(Ipv4.parse("127.0.0.1"), null)).isNull();
        watcher.close();
    }

    @Test
    void aPortThatIsTakenIsTriedAgain() throws IOException {
        InterfaceWatcher watcher = watcher(List.of(lo));
        watcher.start();
        machine.put("lo", LO);
        try (DatagramSocket other = new DatagramSocket(settings.port())) {
            watcher.refresh();
            assertThat(lo.isBound()).as("port of %s", other).isFalse();
        }
        watcher.refresh();
        assertThat(lo.isBound()).isTrue();
        watcher.close();
    }

    @Test
    void withoutEpollOnlyTheFirstInterfaceIsServed() throws ListenException {
        binder.close();
        binder = new SocketBinder(settings.port(), false);
        ServedInterface second = new ServedInterface("lo:1", settings, errors);
        InterfaceWatcher watcher = watcher(List.of(lo, second));
        machine.put("lo", LO);
        machine.put("lo:1", LO);

        watcher.start();

        assertThat(lo.isBound()).isTrue();
        assertThat(second.isBound()).isFalse();
        watcher.close();
    }

    private InterfaceWatcher watcher(List<ServedInterface> served) {
        return new InterfaceWatcher(
                served,
                name -> machine.getOrDefault(name, InterfaceState.ABSENT),
                binder,
                name -> {
                    throw new AssertionError("no frames on loopback");
                },
                errors,
                on -> new PacketInlet(on, (packet, source, port, from) -> {}, meters, budget));
    }
}
