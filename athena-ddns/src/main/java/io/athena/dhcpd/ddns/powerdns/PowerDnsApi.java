package io.athena.dhcpd.ddns.powerdns;

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
import java.util.List;
import java.util.function.Predicate;

/** The two requests of PowerDNS's API that are used, for one zone. */
final class PowerDnsApi {

    private static final int NOT_FOUND = 404;

    private final ApiClient client;
    private final Secret key;
    private final String zone;
    private final String path;

    PowerDnsApi(ApiClient client, Secret key, String zone) {
        this.client = client;
        this.key = key;
        this.zone = zone;
        this.path = "/api/v1/servers/localhost/zones/" + id(zone);
    }

    /**
     * What stands under a name. Releases before 4.7 send the whole zone all the same, and some pass over a type that is
     * asked for: hence all types are asked for, and what belongs to other names is passed over here.
     */
    List<RrSet> at(String name) throws DnsFailure, InterruptedException {
        String query = "?rrset_name=" + URLEncoder.encode(name + ".", StandardCharsets.UTF_8);
        return read(query, set -> set.name().equals(name));
    }

    /** The whole zone, as far as it is of these types. */
    List<RrSet> all(List<String> types) throws DnsFailure, InterruptedException {
        return read("", set -> types.contains(set.type()));
    }

    /** Makes every set say this and nothing else, all of them or none. */
    void replace(List<RrSet> sets) throws DnsFailure, InterruptedException {
        ApiAnswer answer = client.send(request("")
                .setHeader("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofByteArray(PowerDnsJson.patch(sets)))
                .build());
        if (!answer.isSuccess()) {
            throw refusal(answer);
        }
    }

    private List<RrSet> read(String query, Predicate<RrSet> wanted) throws DnsFailure, InterruptedException {
        ApiAnswer answer = client.sendForZone(request(query).GET().build());
        if (!answer.isSuccess()) {
            throw refusal(answer);
        }
        try {
            return PowerDnsJson.rrSets(answer, wanted);
        } catch (IOException e) {
            throw client.failure(
                    Reach.SERVER,
                    "does not answer as PowerDNS does: " + e.getMessage() + "; look whether 'server' is its API",
                    e);
        }
    }

    private HttpRequest.Builder request(String query) throws DnsFailure {
        HttpRequest.Builder request = client.request(path + query);
        try {
            return request.setHeader("X-API-Key", key.reveal());
        } catch (IllegalArgumentException e) {
            // Its message repeats the key, so it is no cause to keep.
            throw client.failure(Reach.SERVER, "cannot be sent this api_key: it holds a line end or the like", null);
        }
    }

    private DnsFailure refusal(ApiAnswer answer) {
        if (answer.status() == NOT_FOUND) {
            return client.failure(
                    Reach.ZONE, "has no zone '" + zone + "' (404); create it, and look at the path of 'server'", null);
        }
        return client.refusal(answer.status(), PowerDnsJson.error(answer));
    }

    /** Zones are named in addresses with {@code =2F} for a slash (RFC 2317) and the like for whatever else is unusual. */
    static String id(String zone) {
        StringBuilder id = new StringBuilder();
        for (byte octet : (zone + ".").getBytes(StandardCharsets.ISO_8859_1)) {
            char letter = (char) (octet & 0xff);
            boolean usual = letter >= 'a' && letter <= 'z'
                    || letter >= 'A' && letter <= 'Z'
                    || letter >= '0' && letter <= '9'
                    || letter == '.'
                    || letter == '-';
            id.append(usual ? String.valueOf(letter) : String.format("=%02X", (int) letter));
        }
        return id.toString();
    }
}
