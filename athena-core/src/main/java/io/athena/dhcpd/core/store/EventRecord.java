package io.athena.dhcpd.core.store;

import io.athena.dhcpd.core.event.EventLog;
import io.athena.dhcpd.core.event.EventType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an event in the log: length of what follows the checksum (4), CRC32C of it (4), id (8), epoch seconds (8),
 * length of the type's name (1), the name, the JSON.
 */
final class EventRecord {

    private static final int HEADER = 8;
    private static final int FIXED = 17;

    private static final Map<String, EventType> TYPES =
            Stream.of(EventType.values()).collect(Collectors.toMap(EventType::tag, Function.identity()));

    private EventRecord() {}

    static byte[] encode(long id, EventLog.Entry entry) {
        byte[] type = entry.type().tag().getBytes(StandardCharsets.US_ASCII);
        int length = FIXED + type.length + entry.json().length;
        ByteBuffer out = ByteBuffer.allocate(HEADER + length);
        out.putInt(length).putInt(0).putLong(id).putLong(entry.at());
        out.put((byte) type.length).put(type).put(entry.json());
        out.putInt(4, checksum(out.array(), HEADER, length));
        return out.array();
    }

    /** The record at the buffer's position, which moves behind it; null at the end or where there is no sound one. */
    static EventLog.@Nullable Kept decode(ByteBuffer in) {
        if (in.remaining() < HEADER + FIXED) {
            return null;
        }
        int start = in.position();
        int length = in.getInt(start);
        if (length < FIXED
                || length > in.remaining() - HEADER
                || in.getInt(start + 4) != checksum(in.array(), start + HEADER, length)) {
            return null;
        }
        in.position(start + HEADER);
        long id = in.getLong();
        long at = in.getLong();
        byte[] name = new byte[in.get()];
        in.get(name);
        byte[] json = new byte[length - FIXED - name.length];
        in.get(json);
        EventType type = TYPES.get(new String(name, StandardCharsets.US_ASCII));
        return type == null ? null : new EventLog.Kept(id, new EventLog.Entry(type, at, json));
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, from, length);
        return (int) sum.getValue();
    }
}
