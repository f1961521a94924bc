package io.athena.dhcpd.ddns.http;

import java.io.IOException;
import java.io.InputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON as it comes, without a tree: what is not asked for is passed over, what is not there is a failure. */
public final class Json {

    /** Reads the value at which the parser stands; what it leaves unread is passed over. */
    @FunctionalInterface
    public interface ValueReader {
        void read(JsonParser value) throws IOException;
    }

    /** The same of a member of an object. */
    @FunctionalInterface
    public interface MemberReader {
        void read(String name, JsonParser value) throws IOException;
    }

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** Reads a whole document that is an object. @throws IOException when it is none, or not what the reader wants */
    public static void document(InputStream json, MemberReader reader) throws IOException {
        try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            in.nextToken();
            members(in, reader);
        } catch (JacksonException e) {
            throw new IOException("it is not JSON", e);
        }
    }

    /** Reads the members of the object at which the parser stands. */
    public static void members(JsonParser in, MemberReader reader) throws IOException {
        expect(in, JsonToken.START_OBJECT);
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            in.nextToken();
            reader.read(name, in);
            in.skipChildren();
        }
    }

    /** Reads the elements of the array at which the parser stands. */
    public static void elements(JsonParser in, ValueReader reader) throws IOException {
        expect(in, JsonToken.START_ARRAY);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            reader.read(in);
            in.skipChildren();
        }
    }

    /** The string at which the parser stands. */
    public static String text(JsonParser in) throws IOException {
        expect(in, JsonToken.VALUE_STRING);
        return in.getString();
    }

    /** The whole number at which the parser stands. */
    public static long number(JsonParser in) throws IOException {
        expect(in, JsonToken.VALUE_NUMBER_INT);
        return in.getLongValue();
    }

    private static void expect(JsonParser in, JsonToken token) throws IOException {
        if (in.currentToken() != token) {
            throw new IOException("a member is not what this server's API says");
        }
    }
}
