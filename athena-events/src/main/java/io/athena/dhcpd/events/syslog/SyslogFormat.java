package io.athena.dhcpd.events.syslog;

import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.HexText;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.events.SyslogTarget;
import io.athena.dhcpd.events.history.EntryKind;
import io.athena.dhcpd.events.history.HistoryEntry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An entry as a message of RFC 5424. Nothing that a client says can end a field, a value or a line of it. */
final class SyslogFormat {

    /** RFC 5424 section 6.1: what a receiver should take at least. */
    static final int LONGEST = 2_048;

    /** RFC 5426 section 3.2: a datagram that no path to a receiver by IPv6 has to fragment. */
    static final int LONGEST_DATAGRAM = 1_180;

    private static final String APP_NAME = "athena-dhcpd";
    private static final int NOTICE = 5;
    private static final int INFORMATIONAL = 6;
    private static final int LONGEST_HOSTNAME = 255;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final String CUT = " cut=\"yes\"";

    private final int facility;
    private final String sdId;
    private final String origin;
    private final int longest;

    /** @param nodeId the name of this server @param pid its process */
    SyslogFormat(SyslogTarget target, String nodeId, long pid) {
        this.facility = target.facility().ordinal();
        this.sdId = target.sdId();
        this.origin = hostname(nodeId) + " " + APP_NAME + " " + pid;
        this.longest = target.transport() == SyslogTarget.Transport.UDP ? LONGEST_DATAGRAM : LONGEST;
    }

    /** RFC 5424 section 6.2.4: printable ASCII without spaces, or the nil value. */
    private static String hostname(String nodeId) {
        String name = nodeId.replaceAll("[^!-~]", "-");
        String cut = name.substring(0, Math.min(name.length(), LONGEST_HOSTNAME));
        return cut.isEmpty() ? "-" : cut;
    }

    byte[] message(HistoryEntry entry) {
        boolean odd = entry.kind() == EntryKind.DECLINED || entry.kind() == EntryKind.SUPERSEDED;
        int priority = facility * 8 + (odd ? NOTICE : INFORMATIONAL);
        String head = "<" + priority + ">1 " + Instant.ofEpochSecond(entry.time()) + " " + origin + " "
                + entry.kind().tag() + " ";
        byte[] text = text(entry);
        int room = longest - utf8(head).length - 1 - text.length;
        byte[] before = utf8(head + data(entry, room) + " ");
        byte[] message = Arrays.copyOf(before, before.length + text.length);
        System.arraycopy(text, 0, message, before.length, text.length);
        return message;
    }

    /** RFC 5424 section 6.4: text that is not plain ASCII starts with a byte order mark. */
    private static byte[] text(HistoryEntry entry) {
        Lease lease = entry.lease();
        String hostname = lease.hostname();
        String text = lease.ip() + " " + entry.kind().tag() + ", " + client(lease)
                + (hostname == null ? "" : " " + harmless(hostname));
        byte[] bytes = utf8(text);
        if (bytes.length == text.length()) {
            return bytes;
        }
        byte[] marked = Arrays.copyOf(BYTE_ORDER_MARK, BYTE_ORDER_MARK.length + bytes.length);
        System.arraycopy(bytes, 0, marked, BYTE_ORDER_MARK.length, bytes.length);
        return marked;
    }

    private static String client(Lease lease) {
        return lease.mac() == null ? lease.key().toString() : String.valueOf(lease.mac());
    }

    /** RFC 5424 section 6.3. What does not fit is left out, and that is said. */
    private String data(HistoryEntry entry, int room) {
        StringBuilder data = new StringBuilder("[").append(sdId);
        int length = data.length() + 1 + CUT.length();
        boolean cut = false;
        for (Map.Entry<String, String> each : parameters(entry).entrySet()) {
            String parameter = " " + each.getKey() + "=\"" + escaped(each.getValue()) + "\"";
            int size = utf8(parameter).length;
            if (length + size <= room) {
                data.append(parameter);
                length += size;
            } else {
                cut = true;
            }
        }
        return data.append(cut ? CUT : "").append("]").toString();
    }

    private static Map<String, String> parameters(HistoryEntry entry) {
        Lease lease = entry.lease();
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("ip", lease.ip().toString());
        put(parameters, "mac", lease.mac());
        parameters.put("sequence", Long.toString(entry.sequence()));
        parameters.put("from", Instant.ofEpochSecond(lease.start()).toString());
        parameters.put(
                "expiry",
                lease.expiry() == Lease.FOREVER
                        ? "never"
                        : Instant.ofEpochSecond(lease.expiry()).toString());
        parameters.put("subnet", lease.subnet().toString());
        put(parameters, "giaddr", lease.giaddr().equals(Ipv4.ANY) ? null : lease.giaddr());
        put(parameters, "clientId", text(lease.clientId()));
        put(parameters, "hostname", lease.hostname());
        put(parameters, "fqdn", lease.fqdn());
        put(parameters, "circuitId", text(lease.circuitId()));
        put(parameters, "remoteId", text(lease.remoteId()));
        return parameters;
    }

    private static void put(Map<String, String> parameters, String name, @Nullable Object value) {
        if (value != null) {
            parameters.put(name, value.toString());
        }
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : HexText.of(bytes);
    }

    /** RFC 5424 section 6.3.3. */
    private static String escaped(String value) {
        return harmless(value).replaceAll("([\"\\\\\\]])", "\\\\$1");
    }

    /** Without control characters, line ends of Unicode and halves of surrogate pairs. */
    private static String harmless(String value) {
        return value.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "?");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
