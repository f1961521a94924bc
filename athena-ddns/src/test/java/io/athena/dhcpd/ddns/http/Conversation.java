package io.athena.dhcpd.ddns.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server that plays recorded conversations: it wants the requests of a file in their order, to the letter, and answers
 * as the file says. Lines of requests begin with {@code >} and those of answers with {@code <}: first method and path or
 * the status, then headers, then after an empty line the body.
 */
public final class Conversation implements AutoCloseable {

    private static final int UNEXPECTED = 599;

    private record Part(String first, List<String> headers, String body) {

        private static Part of(List<String> lines, char mark) {
            List<String> mine = lines.stream()
                    .filter(line -> line.charAt(0) == mark)
                    .map(line -> line.substring(1).strip())
                    .toList();
            int empty = mine.indexOf("");
            int end = empty < 0 ? mine.size() : empty;
            return new Part(
                    mine.get(0),
                    mine.subList(1, end),
                    empty < 0 ? "" : String.join("\n", mine.subList(empty + 1, mine.size())));
        }
    }

    private record Exchange(Part request, Part answer) {}

    private final Queue<Exchange> expected = new ArrayDeque<>();
    private final List<String> surprises = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final String prefix;

    private Conversation(String prefix, List<String> files) throws IOException {
        this.prefix = prefix;
        for (String file : files) {
            read(file);
        }
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::play);
        server.start();
    }

    /** Plays files of {@code src/test/resources/conversations}, one after the other. */
    public static Conversation of(String... files) throws IOException {
        return new Conversation("", List.of(files));
    }

    /** The same behind a path, as of a reverse proxy. */
    public static Conversation behind(String prefix, String... files) throws IOException {
        return new Conversation(prefix, List.of(files));
    }

    /** The address for the configuration. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + prefix;
    }

    /** Fails unless the requests were those of the files, all of them. */
    public void assertPlayed() {
        assertThat(surprises).isEmpty();
        assertThat(expected).extracting(exchange -> exchange.request().first()).isEmpty();
    }

    private void read(String file) throws IOException {
        try (InputStream in = Conversation.class.getResourceAsStream("/conversations/" + file + ".http")) {
            assertThat(in).as(file).isNotNull();
            for (String block : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .split("\n\n")) {
                List<String> lines = block.lines().toList();
                expected.add(new Exchange(Part.of(lines, '>'), Part.of(lines, '<')));
            }
        }
    }

    private synchronized void play(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Exchange next = expected.peek();
        String difference = next == null ? "nothing was expected" : difference(next.request(), exchange, body);
        if (next == null || !difference.isEmpty()) {
            surprises.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body + ": " + difference);
            exchange.sendResponseHeaders(UNEXPECTED, -1);
            exchange.close();
            return;
        }
        expected.remove();
        byte[] answer = next.answer().body().getBytes(StandardCharsets.UTF_8);
        next.answer().headers().forEach(header -> exchange.getResponseHeaders()
                .set(header.substring(0, header.indexOf(':')), header.substring(header.indexOf(':') + 2)));
        exchange.sendResponseHeaders(Integer.parseInt(next.answer().first()), answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private String difference(Part wanted, HttpExchange exchange, String body) {
        List<String> differences = new ArrayList<>();
        int space = wanted.first().indexOf(' ');
        String first =
                wanted.first().substring(0, space + 1) + prefix + wanted.first().substring(space + 1);
        if (!first.equals(exchange.getRequestMethod() + " " + exchange.getRequestURI())) {
            differences.add("expected " + first);
        }
        for (String header : wanted.headers()) {
            String name = header.substring(0, header.indexOf(':'));
            String value = header.substring(header.indexOf(':') + 2);
            if (!value.equals(exchange.getRequestHeaders().getFirst(name))) {
                differences.add("expected header " + header);
            }
        }
        if (!wanted.body().equals(body)) {
            differences.add("expected body " + wanted.body());
        }
        return String.join("; ", differences);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
