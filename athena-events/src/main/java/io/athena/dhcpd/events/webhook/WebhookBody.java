package io.athena.dhcpd.events.webhook;

import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.events.WebhookHook.Template;
import io.athena.dhcpd.events.render.EventJson;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** An event as a target wants it: as it is, or as a message for a chat. */
final class WebhookBody {

    private final JsonFactory json = new JsonFactory();
    private final Template template;
    private final EventJson plain;
    private final String node;

    WebhookBody(Template template, EventJson plain, String node) {
        this.template = template;
        this.plain = plain;
        this.node = node;
    }

    byte[] of(DomainEvent event, boolean test) {
        return switch (template) {
            case JSON -> plain.of(event, test);
            case SLACK -> slack(ChatFacts.title(event, test), ChatFacts.of(event, node));
            case TEAMS -> teams(ChatFacts.title(event, test), ChatFacts.of(event, node));
        };
    }

    /** Slack's incoming webhooks: a text for notifications, and blocks (Block Kit) that take its place in the channel. */
    private byte[] slack(String title, Map<String, String> facts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = json.createGenerator(ObjectWriteContext.empty(), bytes)) {
            out.writeStartObject();
            out.writeStringProperty("text", title + facts.values().stream().collect(Collectors.joining(", ", " ", "")));
            out.writeArrayPropertyStart("blocks");
            out.writeStartObject();
            out.writeStringProperty("type", "header");
            out.writeName("text");
            plainText(out, title);
            out.writeEndObject();
            out.writeStartObject();
            out.writeStringProperty("type", "section");
            out.writeArrayPropertyStart("fields");
            facts.forEach((name, value) -> plainText(out, name + ": " + value));
            out.writeEndArray();
            out.writeEndObject();
            out.writeEndArray();
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void plainText(JsonGenerator out, String text) {
        out.writeStartObject();
        out.writeStringProperty("type", "plain_text");
        out.writeStringProperty("text", text);
        // Or parts of a hardware address become pictures: ":ab:", ":cd:" and ":de:" are names of some.
        out.writeBooleanProperty("emoji", false);
        out.writeEndObject();
    }

    /** The webhooks of Teams' Workflows: a message with one Adaptive Card. */
    private byte[] teams(String title, Map<String, String> facts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = json.createGenerator(ObjectWriteContext.empty(), bytes)) {
            out.writeStartObject();
            out.writeStringProperty("type", "message");
            out.writeArrayPropertyStart("attachments");
            out.writeStartObject();
            out.writeStringProperty("contentType", "application/vnd.microsoft.card.adaptive");
            out.writeObjectPropertyStart("content");
            out.writeStringProperty("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
            out.writeStringProperty("type", "AdaptiveCard");
            out.writeStringProperty("version", "1.4");
            out.writeArrayPropertyStart("body");
            card(out, title, facts);
            out.writeEndArray();
            out.writeEndObject();
            out.writeEndObject();
            out.writeEndArray();
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void card(JsonGenerator out, String title, Map<String, String> facts) {
        out.writeStartObject();
        out.writeStringProperty("type", "TextBlock");
        out.writeStringProperty("text", title);
        out.writeStringProperty("weight", "Bolder");
        out.writeStringProperty("size", "Medium");
        out.writeBooleanProperty("wrap", true);
        out.writeEndObject();
        out.writeStartObject();
        out.writeStringProperty("type", "FactSet");
        out.writeArrayPropertyStart("facts");
        facts.forEach((name, value) -> {
            out.writeStartObject();
            out.writeStringProperty("title", name);
            out.writeStringProperty("value", value);
            out.writeEndObject();
        });
        out.writeEndArray();
        out.writeEndObject();
    }
}
