package io.athena.dhcpd.conflict;

import io.athena.dhcpd.conflict.ConflictConfig.LogLevel;
import io.athena.dhcpd.core.engine.ProbeResult;
import io.athena.dhcpd.core.engine.ProbeResult.Outcome;
import io.athena.dhcpd.core.link.InterfaceState;
import io.athena.dhcpd.core.link.JnrProbeSockets;
import io.athena.dhcpd.core.link.NamedInterface;
import io.athena.dhcpd.core.meter.Meters;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.time.TimeSource;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A prober on one end of a virtual cable, hosts on the other and behind routes, in a network namespace of their own;
 * started by {@link VethProberTest}. Each line of output is what a probe found.
 */
final class VethScene {

    private static final int MANY = 3_000;

    private final BlockingQueue<ProbeResult> heard = new LinkedBlockingQueue<>();
    private final Prober prober;

    private VethScene(Prober prober) {
        this.prober = prober;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (Prober prober = Prober.open(
                ProbeRig.config(true, 500, true, true, LogLevel.DEBUG),
                () -> List.of(new NamedInterface("va", InterfaceState.look("va"))),
                JnrProbeSockets.open(),
                new Meters(),
                TimeSource.system())) {
            VethScene scene = new VethScene(prober);
            if (prober.problem().isEmpty()) {
                scene.play();
            } else {
                System.out.println("problem: " + prober.problem());
                System.out.println("taken: " + prober.start(Ipv4.parse("10.99.0.50"), scene.heard::add));
            }
        }
    }

    private void play() throws IOException, InterruptedException {
        for (String ip : List.of("10.99.0.50", "10.99.0.51", "192.0.2.42", "192.0.2.43", "203.0.113.1")) {
            tell(ip);
        }
        crowd();
        run("ip", "link", "del", "va");
        run("sh", "-e", "-c", VethProberTest.CABLE);
        // The view of the interfaces may be a moment old, and the new cable's carrier too.
        ProbeResult result = found("10.99.0.50");
        for (int tries = 0; tries < 40 && result.outcome() != Outcome.CONFLICT; tries++) {
            result = found("10.99.0.50");
        }
        System.out.println("returned: " + words(result));
    }

    private void crowd() throws InterruptedException {
        for (int i = 0; i < MANY; i++) {
            prober.start(new Ipv4(Ipv4.parse("10.99.1.0").bits() + i), heard::add);
            prober.start(new Ipv4(Ipv4.parse("192.0.3.0").bits() + i), heard::add);
        }
        prober.start(Ipv4.parse("10.99.0.50"), heard::add);
        prober.start(Ipv4.parse("192.0.2.42"), heard::add);
        int clear = 0;
        StringBuilder others = new StringBuilder();
        for (int i = 0; i < 2 * MANY + 2; i++) {
            ProbeResult result = heard.take();
            if (result.outcome() == Outcome.CLEAR) {
                clear++;
            } else {
                others.append(' ').append(result.address()).append(' ').append(result.outcome());
            }
        }
        System.out.println("crowd: clear " + clear + others);
    }

    private void tell(String ip) throws InterruptedException {
        System.out.println(words(found(ip)));
    }

    private ProbeResult found(String ip) throws InterruptedException {
        prober.start(Ipv4.parse(ip), heard::add);
        return heard.take();
    }

    private static String words(ProbeResult result) {
        String responder = result.responder() == null ? "" : " " + result.responder();
        return result.address() + " " + result.method() + " " + result.outcome() + responder;
    }

    private static void run(String... command) throws IOException, InterruptedException {
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + code);
        }
    }
}
