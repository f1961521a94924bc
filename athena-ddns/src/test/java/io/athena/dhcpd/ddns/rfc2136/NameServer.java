package io.athena.dhcpd.ddns.rfc2136;

import static org.assertj.core.api.Assertions.fail;

import io.athena.dhcpd.core.config.HostPort;
import io.athena.dhcpd.core.config.Secret;
import io.athena.dhcpd.ddns.DnsTarget.Rfc2136;
import io.athena.dhcpd.ddns.DnsTarget.TsigKey;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** A real name server on loopback, as lab/nameservers.sh configures it; it ends with this object. */
public final class NameServer implements AutoCloseable {

    public static final String API_KEY = "api-key-of-the-lab";
    public static final String OFFICE = "office.example.net";
    public static final String STATIC = "static.example.net";
    public static final String SECRET = "c2VjcmV0IG9mIHRoZSBuYW1lIHNlcnZlciB0ZXN0cw==";
    public static final TsigKey KEY = key("key-hmac-sha256", "hmac-sha256", SECRET);

    public enum Kind {
        BIND,
        KNOT,
        PDNS
    }

    private static final Path SCRIPT = script();

    /** A machine that builds and tests at once may be slow. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final int STARTS = 3;
    private static final List<String> ZONES =
            List.of(OFFICE, STATIC, "10.10.in-addr.arpa", "2.0.192.in-addr.arpa", "big.example.net");

    private final Kind kind;
    private final Path folder;
    private final int port;
    private final int apiPort;
    private Process process;

    private NameServer(Kind kind, Path folder) throws IOException, InterruptedException {
        this.kind = kind;
        this.folder = folder;
        this.port = unusedPort();
        this.apiPort = unusedPort();
        this.process = launch();
    }

    /** Starts one and waits until it answers; where there is none to be had, the test is skipped, or fails under CI. */
    public static NameServer start(Kind kind) throws IOException, InterruptedException {
        Process have = new ProcessBuilder(SCRIPT.toString(), "have", kind.name().toLowerCase(Locale.ROOT))
                .redirectErrorStream(true)
                .start();
        String said = new String(have.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (have.waitFor() != 0) {
            String reason = kind + " is neither installed nor to be had from Debian's packages: " + said.strip();
            if ("true".equals(System.getenv("CI"))) {
                fail(reason);
            }
            throw new TestAbortedException(reason);
        }
        AssertionError failure = new AssertionError(kind + " was not started");
        for (int start = 0; start < STARTS; start++) {
            try {
                return new NameServer(kind, Files.createTempDirectory("athena-dns"));
            } catch (AssertionError e) {
                // Somebody else may have taken a port since it was looked at.
                failure = e;
            }
        }
        throw failure;
    }

    /** Where PowerDNS has its HTTP API. */
    public String api() {
        return "http://127.0.0.1:" + apiPort;
    }

    public HostPort address() {
        return new HostPort("127.0.0.1", port);
    }

    public Rfc2136 target() {
        return new Rfc2136(address(), KEY);
    }

    public static TsigKey key(String name, String algorithm, String secret) {
        return new TsigKey(name, algorithm, new Secret(secret));
    }

    /** What BIND's dig prints in short form. */
    public List<String> dig(String name, String type) throws IOException, InterruptedException {
        return run(
                "dig", "+short", "+norec", "+tcp", "+time=60", "-p", Integer.toString(port), "@127.0.0.1", name, type);
    }

    /** Has BIND's nsupdate carry out these lines, as an administrator would. */
    public void nsupdate(String... lines) throws IOException, InterruptedException {
        Path script = Files.createTempFile(folder, "nsupdate", ".txt");
        Files.writeString(
                script,
                "server 127.0.0.1 " + port + "\nkey " + KEY.algorithm() + ":" + KEY.name() + " " + SECRET + "\n"
                        + String.join("\n", lines) + "\nsend\n");
        // By TCP, where it waits for as long as it is told to.
        run("nsupdate", "-v", "-t", "120", script.toString());
    }

    /** Ends it as a crash does; what it has told to have done is kept. */
    public void stop() {
        process.destroyForcibly().onExit().join();
    }

    public void startAgain() throws IOException, InterruptedException {
        process = launch();
    }

    private Process launch() throws IOException, InterruptedException {
        File log = folder.resolve("log.txt").toFile();
        Process started = new ProcessBuilder(
                        SCRIPT.toString(),
                        "start",
                        kind.name().toLowerCase(Locale.ROOT),
                        folder.toString(),
                        "127.0.0.1",
                        Integer.toString(port),
                        Integer.toString(apiPort))
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            if (accepts(port) && (kind != Kind.PDNS || accepts(apiPort)) && servesAllZones()) {
                return started;
            }
            if (started.waitFor(100, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        started.destroyForcibly().onExit().join();
        return fail(kind + " does not answer:\n" + Files.readString(log.toPath()));
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** A server may listen before it has read its zones, and reads one after the other. */
    private boolean servesAllZones() throws IOException, InterruptedException {
        for (String zone : ZONES) {
            try {
                if (dig(zone, "SOA").isEmpty()) {
                    return false;
                }
            } catch (AssertionError e) {
                // dig gave up waiting.
                return false;
            }
        }
        return true;
    }

    private static List<String> run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith(";"))
                .sorted()
                .toList();
        if (process.waitFor() != 0) {
            fail(command + ": " + lines);
        }
        return lines;
    }

    /** One that the system gives to nobody by itself: it stays unused also while the server is away. */
    private static int unusedPort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 30_000);
            InetAddress here = InetAddress.getLoopbackAddress();
            try (DatagramSocket udp = new DatagramSocket(port, here);
                    ServerSocket tcp = new ServerSocket(port, 1, here)) {
                if (udp.getLocalPort() == tcp.getLocalPort()) {
                    return port;
                }
            } catch (IOException e) {
                // Somebody has it: another one.
                continue;
            }
        }
    }

    private static Path script() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path script = folder.resolve("lab/nameservers.sh");
            if (Files.exists(script)) {
                return script;
            }
        }
        throw new IllegalStateException(
                "lab/nameservers.sh is not above " + Path.of("").toAbsolutePath());
    }

    @Override
    public void close() throws IOException {
        stop();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(NameServer::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
