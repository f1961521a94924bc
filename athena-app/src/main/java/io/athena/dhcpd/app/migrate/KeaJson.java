package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.app.CommandFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** Reads JSON as Kea does, with comments and commas too many, and keeps the line of each value. */
final class KeaJson {

    private static final Pattern INCLUDE = Pattern.compile("<\\?\\s*include[^?]*\\?>");

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_YAML_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path file;
    private final JsonParser parser;

    private KeaJson(Path file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /** The object that the file is. @throws CommandFailure when it cannot be read or is broken */
    static KeaValue.Table read(Path file) throws CommandFailure {
        String text = SourceText.utf8(SourceText.read(file));
        refuseIncludes(file, text);
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            KeaJson json = new KeaJson(file, parser);
            KeaValue value = json.value(parser.nextToken());
            if (!(value instanceof KeaValue.Table table) || parser.nextToken() != null) {
                throw json.here().broken("a configuration is one JSON object.");
            }
            return table;
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new Place(file, line).broken("this is no JSON: " + e.getOriginalMessage() + ".");
        }
    }

    private static void refuseIncludes(Path file, String text) throws CommandFailure {
        Matcher include = INCLUDE.matcher(text);
        if (include.find()) {
            int line = (int) text.substring(0, include.start())
                            .chars()
                            .filter(c -> c == '\n')
                            .count()
                    + 1;
            throw new Place(file, line).broken("put the text of the file in place of " + include.group() + ".");
        }
    }

    private Place here() {
        return new Place(file, parser.currentTokenLocation().getLineNr());
    }

    private KeaValue value(@Nullable JsonToken token) throws CommandFailure {
        Place place = here();
        if (token == JsonToken.START_OBJECT) {
            Map<String, KeaValue> values = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                values.put(key, value(parser.nextToken()));
            }
            return new KeaValue.Table(place, values);
        }
        if (token == JsonToken.START_ARRAY) {
            List<KeaValue> values = new ArrayList<>();
            for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                values.add(value(next));
            }
            return new KeaValue.Many(place, values);
        }
        if (token == null) {
            throw place.broken("the file ends where a value is expected.");
        }
        return new KeaValue.Scalar(place, parser.getString());
    }
}
