package io.athena.dhcpd.ddns.technitium;

import io.athena.dhcpd.ddns.http.Json;
import io.athena.dhcpd.ddns.http.OneLine;
import io.athena.dhcpd.ddns.update.DnsNameText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;

/** The answers of Technitium's API, as far as they are used. */
final class TechnitiumJson {

    /**
     * What an answer says.
     *
     * @param status {@code ok}, {@code error} or {@code invalid-token}
     * @param error what is wrong, as one line; empty when nothing is
     * @param hasRecords whether there is a list of records at all
     * @param records those that are wanted
     */
    record Reply(String status, String error, boolean hasRecords, List<ApiRecord> records) {}

    private static final Pattern HEX = Pattern.compile("(?:[0-9A-Fa-f]{2}:?)+");

    private final Predicate<ApiRecord> wanted;
    private final List<ApiRecord> records = new ArrayList<>();
    private String status = "";
    private String error = "";
    private boolean hasRecords;

    private TechnitiumJson(Predicate<ApiRecord> wanted) {
        this.wanted = wanted;
    }

    /** Reads an answer. @throws IOException when it is none of this API's */
    static Reply read(InputStream body, Predicate<ApiRecord> wanted) throws IOException {
        TechnitiumJson reading = new TechnitiumJson(wanted);
        Json.document(body, reading::member);
        if (reading.status.isEmpty()) {
            throw new IOException("it has no status");
        }
        return new Reply(reading.status, reading.error, reading.hasRecords, List.copyOf(reading.records));
    }

    private void member(String name, JsonParser value) throws IOException {
        switch (name) {
            case "status" -> status = OneLine.of(Json.text(value));
            case "errorMessage" -> error = OneLine.of(Json.text(value));
            case "response" ->
                Json.members(value, (inner, list) -> {
                    if (inner.equals("records")) {
                        hasRecords = true;
                        Json.elements(list, this::record);
                    }
                });
            default -> {}
        }
    }

    private void record(JsonParser value) throws IOException {
        Draft draft = new Draft();
        Json.members(value, draft::read);
        ApiRecord finished = draft.finish();
        if (!draft.disabled && wanted.test(finished)) {
            records.add(finished);
        }
    }

    /** What is read of a record, whose members come in any order. */
    private static final class Draft {
        private String name = "";
        private String type = "";
        private long ttl;
        private boolean disabled;
        private String data = "";

        private void read(String member, JsonParser value) throws IOException {
            switch (member) {
                case "name" -> name = DnsNameText.plain(Json.text(value));
                case "type" -> type = Json.text(value);
                case "ttl" -> ttl = Json.number(value);
                case "disabled" -> disabled = value.getBooleanValue();
                case "rData" ->
                    Json.members(value, (key, text) -> {
                        // Types that it does not know by itself, such as DHCID, have their data in 'value'.
                        if (key.equals("ipAddress") || key.equals("ptrName") || key.equals("value")) {
                            data = Json.text(text);
                        }
                    });
                default -> {}
            }
        }

        private ApiRecord finish() throws IOException {
            if (name.isEmpty() || type.isEmpty()) {
                throw new IOException("a record has no name or no type");
            }
            return switch (type) {
                case "A" -> new ApiRecord(name, type, ttl, data);
                case "PTR" -> new ApiRecord(name, type, ttl, DnsNameText.plain(data));
                case "DHCID" -> new ApiRecord(name, type, ttl, base64(data));
                default -> new ApiRecord(name, type, ttl, "");
            };
        }

        /** Releases differ in whether they write base64, or hex with colons. What is neither is nobody's here. */
        private static String base64(String text) {
            if (HEX.matcher(text).matches()) {
                return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(text.replace(":", "")));
            }
            try {
                return Base64.getEncoder().encodeToString(Base64.getDecoder().decode(text));
            } catch (IllegalArgumentException e) {
                return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
