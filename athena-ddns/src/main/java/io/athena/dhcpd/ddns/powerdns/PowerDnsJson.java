package io.athena.dhcpd.ddns.powerdns;

import io.athena.dhcpd.ddns.http.ApiAnswer;
import io.athena.dhcpd.ddns.http.Json;
import io.athena.dhcpd.ddns.http.OneLine;
import io.athena.dhcpd.ddns.update.DnsNameText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The zone object of PowerDNS's API, as far as it is used. */
final class PowerDnsJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    /** What is read of an RRset, whose members come in any order. */
    private static final class Draft {
        private String name = "";
        private String type = "";
        private long ttl;
        private final List<String> contents = new ArrayList<>();

        private void read(String member, JsonParser value) throws IOException {
            switch (member) {
                case "name" -> name = DnsNameText.plain(Json.text(value));
                case "type" -> type = Json.text(value);
                case "ttl" -> ttl = Json.number(value);
                case "records" -> Json.elements(value, this::readRecord);
                default -> {}
            }
        }

        private void readRecord(JsonParser record) throws IOException {
            List<String> content = new ArrayList<>(1);
            boolean[] disabled = new boolean[1];
            Json.members(record, (member, value) -> {
                switch (member) {
                    case "content" -> content.add(Json.text(value));
                    case "disabled" -> disabled[0] = value.getBooleanValue();
                    default -> {}
                }
            });
            if (!disabled[0]) {
                contents.addAll(content);
            }
        }

        private RrSet finish() throws IOException {
            if (name.isEmpty() || type.isEmpty()) {
                throw new IOException("an RRset has no name or no type");
            }
            return new RrSet(name, type, ttl, List.copyOf(contents));
        }
    }

    private PowerDnsJson() {}

    /** The RRsets that are wanted, of a zone object; an empty one is none. */
    static List<RrSet> rrSets(ApiAnswer answer, Predicate<RrSet> wanted) throws IOException {
        List<RrSet> sets = new ArrayList<>();
        boolean[] found = new boolean[1];
        Json.document(answer.body(), (member, value) -> {
            if (member.equals("rrsets")) {
                found[0] = true;
                Json.elements(value, set -> {
                    Draft draft = new Draft();
                    Json.members(set, draft::read);
                    RrSet finished = draft.finish();
                    if (!finished.contents().isEmpty() && wanted.test(finished)) {
                        sets.add(finished);
                    }
                });
            }
        });
        if (!found[0]) {
            throw new IOException("it has no rrsets");
        }
        return sets;
    }

    /** What the server says is wrong, as one line. */
    static String error(ApiAnswer answer) {
        String[] error = {""};
        try {
            Json.document(answer.body(), (member, value) -> {
                if (member.equals("error")) {
                    error[0] = OneLine.of(Json.text(value));
                }
            });
        } catch (IOException e) {
            return answer.text();
        }
        return error[0];
    }

    /** The body of a PATCH: each set takes the place of what is there, and an empty one takes it away. */
    static byte[] patch(List<RrSet> sets) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            out.writeStartObject();
            out.writeArrayPropertyStart("rrsets");
            sets.forEach(set -> write(out, set));
            out.writeEndArray();
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator out, RrSet set) {
        out.writeStartObject();
        out.writeStringProperty("name", set.name() + ".");
        out.writeStringProperty("type", set.type());
        if (set.contents().isEmpty()) {
            out.writeStringProperty("changetype", "DELETE");
            out.writeEndObject();
            return;
        }
        out.writeNumberProperty("ttl", set.ttl());
        out.writeStringProperty("changetype", "REPLACE");
        out.writeArrayPropertyStart("records");
        set.contents().forEach(content -> {
            out.writeStartObject();
            out.writeStringProperty("content", content);
            out.writeBooleanProperty("disabled", false);
            out.writeEndObject();
        });
        out.writeEndArray();
        out.writeEndObject();
    }
}
