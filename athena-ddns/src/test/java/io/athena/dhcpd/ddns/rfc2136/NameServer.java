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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
    private static final int ATTEMPTS = 300;

    private final Kind kind;
    private final Path folder;
    private final int port;
    private final int apiPort;
    private Process process;

    private NameServer(Kind kind, Path folder, int port) throws IOException, InterruptedException {
        this.kind = kind;
        this.folder = folder;
        this.port = port;
        this.apiPort = freeTcpPort();
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
        return new NameServer(kind, Files.createTempDirectory("athena-dns"), freePort());
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
        return run("dig", "+short", "+norec", "+tcp", "-p", Integer.toString(port), "@127.0.0.1", name, type);
    }

    /** Has BIND's nsupdate carry out these lines, as an administrator would. */
    public void nsupdate(String... lines) throws IOException, InterruptedException {
        Path script = Files.createTempFile(folder, "nsupdate", ".txt");
        Files.writeString(
                script,
                "server 127.0.0.1 " + port + "\nkey " + KEY.algorithm() + ":" + KEY.name() + " " + SECRET + "\n"
                        + String.join("\n", lines) + "\nsend\n");
        run("nsupdate", script.toString());
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
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (accepts() && !dig(OFFICE, "SOA").isEmpty()) {
                return started;
            }
            if (started.waitFor(100, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        started.destroyForcibly();
        return fail(kind + " does not answer:\n" + Files.readString(log.toPath()));
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
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

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static int freeTcpPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
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
