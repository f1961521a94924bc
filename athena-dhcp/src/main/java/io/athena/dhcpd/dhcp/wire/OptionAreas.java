package io.athena.dhcpd.dhcp.wire;

import io.athena.dhcpd.core.option.OptionSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of one message, which may stand in up to three areas. Values of a repeated code are joined in the order
 * options, file, sname (RFC 3396 section 5); the cost stays linear in the size of the datagram, however often a code
 * comes.
 */
final class OptionAreas {

    private static final int OVERLOAD = 52;
    private static final int IN_FILE = 1;
    private static final int IN_SNAME = 2;

    private final PacketReader message;
    private final List<Area> areas = new ArrayList<>(3);
    private final OptionSet.Builder first = OptionSet.builder();
    private boolean repeated;
    private int overload;
    private int overrunAt = -1;

    private record Area(int offset, int length) {}

    /** {@code message} reads the whole message. */
    OptionAreas(PacketReader message) {
        this.message = message;
    }

    /** All options but 52, or null when a length overruns its area. */
    @Nullable
    OptionSet read() {
        if (!collect(new Area(Layout.OPTIONS_AT, Integer.MAX_VALUE - Layout.OPTIONS_AT), true)) {
            return null;
        }
        if (fileHoldsOptions() && !collect(new Area(Layout.FILE_AT, Layout.FILE_SIZE), false)) {
            return null;
        }
        if (snameHoldsOptions() && !collect(new Area(Layout.SNAME_AT, Layout.SNAME_SIZE), false)) {
            return null;
        }
        return repeated ? joined(first.build()) : first.build();
    }

    /** Where in the message the option starts that overruns its area; -1 when none does. */
    int overrunAt() {
        return overrunAt;
    }

    boolean fileHoldsOptions() {
        return (overload & IN_FILE) != 0;
    }

    boolean snameHoldsOptions() {
        return (overload & IN_SNAME) != 0;
    }

    /** Collects an area; option 52 counts in the options field alone, and only with a value that RFC 2132 9.3 knows. */
    private boolean collect(Area area, boolean mayOverload) {
        areas.add(area);
        PacketReader reader = message.area(area.offset, area.length);
        OptionCursor cursor = new OptionCursor(reader);
        while (cursor.next()) {
            byte[] value = reader.bytes(cursor.length());
            if (cursor.code() == OVERLOAD) {
                if (mayOverload && overload == 0 && value.length == 1 && value[0] >= IN_FILE && value[0] <= 3) {
                    overload = value[0];
                }
            } else if (first.get(cursor.code()) != null) {
                repeated = true;
            } else {
                first.put(cursor.code(), value);
            }
        }
        if (cursor.overrun()) {
            overrunAt = cursor.optionAt();
        }
        return !cursor.overrun();
    }

    private OptionSet joined(OptionSet order) {
        int[] sizes = new int[256];
        for (Area area : areas) {
            PacketReader reader = message.area(area.offset, area.length);
            OptionCursor cursor = new OptionCursor(reader);
            while (cursor.next()) {
                sizes[cursor.code()] += cursor.length();
                reader.skip(cursor.length());
            }
        }
        byte[][] values = new byte[256][];
        order.forEach((value, code) -> values[code] = new byte[sizes[code]]);
        int[] filled = new int[256];
        for (Area area : areas) {
            PacketReader reader = message.area(area.offset, area.length);
            OptionCursor cursor = new OptionCursor(reader);
            while (cursor.next()) {
                if (cursor.code() == OVERLOAD) {
                    reader.skip(cursor.length());
                } else {
                    reader.copy(cursor.length(), values[cursor.code()], filled[cursor.code()]);
                    filled[cursor.code()] += cursor.length();
                }
            }
        }
        OptionSet.Builder all = OptionSet.builder();
        order.forEach((value, code) -> all.put(code, values[code]));
        return all.build();
    }
}
