package io.athena.dhcpd.ddns.technitium;

import io.athena.dhcpd.core.config.Secret;
import io.athena.dhcpd.ddns.http.ApiAnswer;
import io.athena.dhcpd.ddns.http.ApiClient;
import io.athena.dhcpd.ddns.update.DnsFailure;
import io.athena.dhcpd.ddns.update.DnsFailure.Reach;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The requests of Technitium's API that are used, for one zone. The token goes in the form, never in the address. */
final class TechnitiumApi {

    private static final String RECORDS = "/api/zones/records/";

    private final ApiClient client;
    private final Secret token;
    private final String zone;

    TechnitiumApi(ApiClient client, Secret token, String zone) {
        this.client = client;
        this.token = token;
        this.zone = zone;
    }

    /** What stands under a name. */
    List<ApiRecord> at(String name) throws DnsFailure, InterruptedException {
        HttpRequest request = request("get", form(name));
        return records(client.send(request), record -> record.name().equals(name));
    }

    /** The whole zone, as far as it is of these types. */
    List<ApiRecord> all(List<String> types) throws DnsFailure, InterruptedException {
        Map<String, String> form = form(zone);
        form.put("listZone", "true");
        return records(client.sendForZone(request("get", form)), record -> types.contains(record.type()));
    }

    /** Adds a record. @param alone whether it takes the place of all others of its name and type */
    void add(ApiRecord record, boolean alone) throws DnsFailure, InterruptedException {
        Map<String, String> form = form(record);
        form.put("ttl", Long.toString(record.ttl()));
        form.put("overwrite", Boolean.toString(alone));
        reply(client.send(request("add", form)), any -> false);
    }

    /** Takes a record away. */
    void delete(ApiRecord record) throws DnsFailure, InterruptedException {
        reply(client.send(request("delete", form(record))), any -> false);
    }

    private Map<String, String> form(String name) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("token", token.reveal());
        form.put("zone", zone);
        form.put("domain", name);
        return form;
    }

    private Map<String, String> form(ApiRecord record) {
        Map<String, String> form = form(record.name());
        form.put("type", record.type());
        switch (record.type()) {
            case "A" -> form.put("ipAddress", record.value());
            case "PTR" -> form.put("ptrName", record.value());
            default ->
                form.put("rdata", HexFormat.of().formatHex(Base64.getDecoder().decode(record.value())));
        }
        return form;
    }

    private HttpRequest request(String verb, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return client.request(RECORDS + verb)
                .setHeader("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private List<ApiRecord> records(ApiAnswer answer, Predicate<ApiRecord> wanted) throws DnsFailure {
        TechnitiumJson.Reply reply = reply(answer, wanted);
        if (!reply.hasRecords()) {
            throw strange("it has no records", null);
        }
        return reply.records();
    }

    private TechnitiumJson.Reply reply(ApiAnswer answer, Predicate<ApiRecord> wanted) throws DnsFailure {
        if (!answer.isSuccess()) {
            throw client.refusal(answer.status(), answer.text());
        }
        try {
            TechnitiumJson.Reply reply = TechnitiumJson.read(answer.body(), wanted);
            if (!reply.status().equals("ok")) {
                throw refusal(reply);
            }
            return reply;
        } catch (IOException e) {
            throw strange(e.getMessage(), e);
        }
    }

    /** Errors come with the status 200 of HTTP. */
    private DnsFailure refusal(TechnitiumJson.Reply reply) {
        String error = reply.error();
        if (reply.status().equals("invalid-token")) {
            return client.failure(
                    Reach.SERVER,
                    "refuses the API token; make one under Administration, and write it as api_key",
                    null);
        }
        if (error.startsWith("No such zone")) {
            return client.failure(Reach.ZONE, "has no zone '" + zone + "'; create it as a primary zone", null);
        }
        if (error.startsWith("Access was denied")) {
            return client.failure(
                    Reach.ZONE, "does not let the token's user change zone '" + zone + "': " + error, null);
        }
        return client.failure(Reach.NAME, "refuses this change: " + error, null);
    }

    private DnsFailure strange(@Nullable String what, @Nullable Throwable cause) {
        return client.failure(
                Reach.SERVER,
                "does not answer as Technitium does: " + what + "; look whether 'server' is its web service",
                cause);
    }
}
