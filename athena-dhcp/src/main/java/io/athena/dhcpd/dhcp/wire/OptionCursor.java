package io.athena.dhcpd.dhcp.wire;

/** Steps through the options of one area; after {@link #next} the caller takes or skips {@code length} bytes. */
final class OptionCursor {

    private static final int PAD = 0;
    private static final int END = 255;

    private final PacketReader area;
    private int code;
    private int length;
    private int optionAt;
    private boolean overrun;

    OptionCursor(PacketReader area) {
        this.area = area;
    }

    /** Goes to the next option; false at END, at the end of the area, and at a length that overruns it. */
    boolean next() {
        do {
            if (!area.require(1)) {
                return false;
            }
            optionAt = area.offset();
            code = area.u8();
        } while (code == PAD);
        if (code == END) {
            return false;
        }
        if (!area.require(1)) {
            overrun = true;
            return false;
        }
        length = area.u8();
        overrun = !area.require(length);
        return !overrun;
    }

    int code() {
        return code;
    }

    int length() {
        return length;
    }

    /** Where in the message the option starts. */
    int optionAt() {
        return optionAt;
    }

    /** Whether the walk ended at an option that is longer than its area. */
    boolean overrun() {
        return overrun;
    }
}
