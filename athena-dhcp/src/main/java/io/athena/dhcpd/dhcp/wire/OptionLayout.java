package io.athena.dhcpd.dhcp.wire;

import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.option.OptionSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the options of a reply go that does not fit into its options field. What no reply may lack stays in that field
 * whatever its size; the rest goes whole to the first of options, file and sname with room for it, and is left out when
 * there is none. Only values that are split anyway may spread over areas (RFC 3396 section 7).
 */
final class OptionLayout {

    static final int OPTIONS = 0;
    static final int FILE = 1;
    static final int SNAME = 2;

    private static final Logger log = LoggerFactory.getLogger(OptionLayout.class);

    private static final int SERVER_NAME = 66;
    private static final int BOOT_FILE = 67;
    private static final int RELAY_AGENT = 82;
    private static final int MAX_PIECE = 255;
    private static final int OVERLOAD_SIZE = 3;

    /** Mask, lease time, server id, T1, T2, client id, rapid commit and the echo of RFC 3011. */
    private static final Set<Integer> MANDATORY = Set.of(1, 51, 54, 58, 59, 61, 80, 118);

    /** Bytes {@code from} to {@code from + length} of the option at {@code index}. */
    record Piece(int index, int from, int length) {}

    private final OptionSet options;
    private final int[] room;
    private final List<List<Piece>> pieces = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

    private OptionLayout(OptionSet options, int[] room) {
        this.options = options;
        this.room = room;
    }

    /** Lays out all options but 82, for which {@code room}, the bytes of the options field, is kept first. */
    static OptionLayout of(Reply reply, int room) {
        boolean bootp = reply.type() == MessageType.BOOTP;
        int file = bootp || isNeeded(reply.file(), BOOT_FILE, reply) ? 0 : Layout.FILE_SIZE - 1;
        int sname = bootp || isNeeded(reply.sname(), SERVER_NAME, reply) ? 0 : Layout.SNAME_SIZE - 1;
        byte[] relayAgent = reply.options().get(RELAY_AGENT);
        int kept = (relayAgent == null ? 0 : PacketWriter.encodedSize(relayAgent))
                + (file + sname > 0 ? OVERLOAD_SIZE : 0);
        OptionLayout layout = new OptionLayout(reply.options(), new int[] {room - kept, file, sname});
        layout.place(reply);
        return layout;
    }

    /** A boot field gives way to options where an option says the same (RFC 2132 sections 9.4 and 9.5). */
    private static boolean isNeeded(byte[] field, int code, Reply reply) {
        return field.length > 0 && !Arrays.equals(field, reply.options().get(code));
    }

    List<Piece> pieces(int area) {
        return pieces.get(area);
    }

    boolean usesFile() {
        return !pieces.get(FILE).isEmpty();
    }

    boolean usesSname() {
        return !pieces.get(SNAME).isEmpty();
    }

    private void place(Reply reply) {
        for (int i = 0; i < options.size(); i++) {
            if (MANDATORY.contains(options.codeAt(i))) {
                put(i, OPTIONS);
            }
        }
        keepOneOf(reply.file(), BOOT_FILE, FILE);
        keepOneOf(reply.sname(), SERVER_NAME, SNAME);
        for (int i = 0; i < options.size(); i++) {
            int code = options.codeAt(i);
            if (code != RELAY_AGENT && !MANDATORY.contains(code) && !placed(i) && !putWhole(i) && !spread(i)) {
                log.debug("option {} left out of a reply: its {} bytes do not fit", code, options.valueAt(i).length);
            }
        }
        pieces.get(OPTIONS).sort(Comparator.comparingInt(Piece::index).thenComparingInt(Piece::from));
    }

    /** Before a boot field is filled with options its own option has to have found room. */
    private void keepOneOf(byte[] field, int code, int area) {
        int index = field.length == 0 ? -1 : indexOf(code);
        if (index >= 0 && PacketWriter.encodedSize(options.valueAt(index)) <= room[OPTIONS]) {
            put(index, OPTIONS);
        } else if (index >= 0) {
            room[area] = 0;
        }
    }

    private int indexOf(int code) {
        for (int i = 0; i < options.size(); i++) {
            if (options.codeAt(i) == code) {
                return i;
            }
        }
        return -1;
    }

    private boolean placed(int index) {
        return pieces.get(OPTIONS).stream().anyMatch(piece -> piece.index() == index);
    }

    private boolean putWhole(int index) {
        int size = PacketWriter.encodedSize(options.valueAt(index));
        for (int area = OPTIONS; area <= SNAME; area++) {
            if (size <= room[area]) {
                put(index, area);
                return true;
            }
        }
        return false;
    }

    private void put(int index, int area) {
        int length = options.valueAt(index).length;
        int from = 0;
        do {
            int piece = Math.min(MAX_PIECE, length - from);
            add(area, new Piece(index, from, piece));
            from += piece;
        } while (from < length);
    }

    private boolean spread(int index) {
        int left = options.valueAt(index).length;
        if (left <= MAX_PIECE) {
            return false;
        }
        List<List<Piece>> plan = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int area = OPTIONS; area <= SNAME; area++) {
            int space = room[area];
            while (left > 0 && space > 2) {
                int length = Math.min(Math.min(MAX_PIECE, left), space - 2);
                plan.get(area).add(new Piece(index, options.valueAt(index).length - left, length));
                left -= length;
                space -= length + 2;
            }
        }
        if (left > 0) {
            return false;
        }
        for (int area = OPTIONS; area <= SNAME; area++) {
            int target = area;
            plan.get(area).forEach(piece -> add(target, piece));
        }
        return true;
    }

    private void add(int area, Piece piece) {
        pieces.get(area).add(piece);
        room[area] -= piece.length() + 2;
    }
}
