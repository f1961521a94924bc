package io.athena.dhcpd.ddns.technitium;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The part of Technitium's API that is used, as its documentation has it, on records in memory. */
final class FakeTechnitium implements AutoCloseable {

    static final String TOKEN = "t0k3n";

    /** The data as the API takes it: an address, a name, or hex. */
    record Entry(String name, String type, String ttl, String data) {}

    private final List<Entry> entries = new ArrayList<>();
    private final List<String> zones;
    private final HttpServer server;

    FakeTechnitium(String... zones) throws IOException {
        this.zones = List.of(zones);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/zones/records/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    synchronized void put(String name, String type, String data) {
        entries.add(new Entry(name, type, "300", data));
    }

    synchronized List<String> standing(String name, String type) {
        return entries.stream()
                .filter(entry -> entry.name().equals(name) && entry.type().equals(type))
                .map(Entry::data)
                .sorted()
                .toList();
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> fields = Arrays.stream(form.split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
        byte[] answer = answer(exchange.getRequestURI().getPath(), fields).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private String answer(String path, Map<String, String> fields) {
        if (!TOKEN.equals(fields.get("token"))) {
            return "{\"status\":\"invalid-token\",\"errorMessage\":\"Invalid token or session expired.\"}";
        }
        if (!zones.contains(fields.get("zone"))) {
            return error("No such zone was found: " + fields.get("zone"));
        }
        return switch (path.substring(path.lastIndexOf('/') + 1)) {
            case "get" -> get(fields);
            case "add" -> add(fields);
            case "delete" -> delete(fields);
            default -> error("no such call");
        };
    }

    private String get(Map<String, String> fields) {
        boolean all = Boolean.parseBoolean(fields.get("listZone"));
        String records = entries.stream()
                .filter(entry -> all
                        ? entry.name().endsWith("." + fields.get("zone"))
                        : entry.name().equals(fields.get("domain")))
                .map(FakeTechnitium::json)
                .collect(Collectors.joining(","));
        return "{\"response\":{\"records\":[" + records + "]},\"status\":\"ok\"}";
    }

    private String add(Map<String, String> fields) {
        Entry added = entry(fields);
        entries.removeIf(entry -> entry.name().equals(added.name())
                && entry.type().equals(added.type())
                && (Boolean.parseBoolean(fields.get("overwrite"))
                        || entry.data().equals(added.data())));
        entries.add(added);
        return "{\"response\":{\"addedRecord\":" + json(added) + "},\"status\":\"ok\"}";
    }

    private String delete(Map<String, String> fields) {
        Entry gone = entry(fields);
        boolean found = entries.removeIf(entry -> entry.name().equals(gone.name())
                && entry.type().equals(gone.type())
                && entry.data().equals(gone.data()));
        return found ? "{\"status\":\"ok\"}" : error("Cannot delete record: no such record exists.");
    }

    private static Entry entry(Map<String, String> fields) {
        String type = fields.get("type");
        String member = type.equals("A") ? "ipAddress" : type.equals("PTR") ? "ptrName" : "rdata";
        return new Entry(fields.get("domain"), type, fields.get("ttl"), fields.get(member));
    }

    private static String json(Entry entry) {
        String data =
                switch (entry.type()) {
                    case "A", "AAAA" -> "\"ipAddress\":\"" + entry.data() + "\"";
                    case "PTR" -> "\"ptrName\":\"" + entry.data() + "\"";
                    case "CNAME" -> "\"cname\":\"" + entry.data() + "\"";
                    default ->
                        "\"value\":\""
                                + Base64.getEncoder()
                                        .encodeToString(HexFormat.of().parseHex(entry.data())) + "\"";
                };
        return "{\"disabled\":false,\"name\":\"" + entry.name() + "\",\"type\":\"" + entry.type() + "\",\"ttl\":"
                + entry.ttl() + ",\"rData\":{" + data + "},\"dnssecStatus\":\"Unknown\"}";
    }

    private static String error(String message) {
        return "{\"status\":\"error\",\"errorMessage\":\"" + message + "\",\"stackTrace\":\"at somewhere\"}";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
