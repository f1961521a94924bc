package io.athena.dhcpd.app;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** BIND on loopback with the zones of lab/nameservers.sh; it ends with this object. */
final class NameServerProcess implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 120;

    private final Path folder;
    private final int port = FreePorts.any();
    private Process process;

    /** Starts it; where there is no BIND to be had the test is skipped, or fails under CI. */
    NameServerProcess(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        Process have = script("have", "bind").redirectErrorStream(true).start();
        String said = new String(have.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (have.waitFor() != 0) {
            String reason = "BIND is neither installed nor to be had from Debian's packages: " + said.strip();
            if ("true".equals(System.getenv("CI"))) {
                fail(reason);
            }
            throw new TestAbortedException(reason);
        }
        process = launch();
    }

    /** {@code [ddns]} for updates of its zones. */
    String config() {
        String target = """
                server = "127.0.0.1:%d"
                tsig_name = "key-hmac-sha256"
                tsig_secret = "c2VjcmV0IG9mIHRoZSBuYW1lIHNlcnZlciB0ZXN0cw=="
                """.formatted(port);
        return """
                [api]
                enabled = false
                [ddns]
                enabled = true
                retry_backoff = "200ms"
                retry_max_backoff = "1s"
                [ddns.forward]
                zone = "office.example.net"
                %s
                [ddns.reverse]
                zone = "2.0.192.in-addr.arpa"
                %s
                """.formatted(target, target);
    }

    /** Waits until a name has this value and no other. */
    void awaits(String name, String type, String value) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        String found = answer(name, type);
        while (!value.equals(found)) {
            if (System.nanoTime() - end > 0) {
                fail("DNS says '" + found + "' as " + type + " of " + name + " and not '" + value + "'");
            }
            TimeUnit.MILLISECONDS.sleep(100);
            found = answer(name, type);
        }
    }

    /** What dig prints in short form; fails when the name server does not answer. */
    String dig(String name, String type) throws IOException, InterruptedException {
        for (int i = 0; i < 10; i++) {
            String found = answer(name, type);
            if (found != null) {
                return found;
            }
        }
        return fail("the name server does not answer");
    }

    /** Null when there was no answer. */
    private @Nullable String answer(String name, String type) throws IOException, InterruptedException {
        Process dig = script(
                        "dig", "+short", "+norec", "+tries=1", "-p", Integer.toString(port), "@127.0.0.1", name, type)
                .redirectErrorStream(true)
                .start();
        String said = new String(dig.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return dig.waitFor() == 0 ? said.strip() : null;
    }

    /** Ends it as a crash does; what it has told to have done is kept. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    void startAgain() throws IOException, InterruptedException {
        process = launch();
    }

    private Process launch() throws IOException, InterruptedException {
        Process started = script("start", "bind", folder.toString(), "127.0.0.1", Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(Files.createTempFile(folder, "named", ".log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        awaits("office.example.net", "NS", "ns.example.net.");
        return started;
    }

    private static ProcessBuilder script(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(lab().resolve("nameservers.sh").toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    private static Path lab() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("lab/nameservers.sh"))) {
                return folder.resolve("lab");
            }
        }
        throw new IllegalStateException(
                "lab/nameservers.sh is not above " + Path.of("").toAbsolutePath());
    }

    @Override
    public void close() {
        kill();
    }
}
