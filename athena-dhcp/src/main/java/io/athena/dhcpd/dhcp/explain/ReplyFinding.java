package io.athena.dhcpd.dhcp.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reply as it would leave.
 *
 * @param type its message type
 * @param to IP address and port
 * @param way how it travels, for people
 * @param bytes the size of the DHCP message
 * @param yiaddr the address that it gives, or null
 * @param fields header fields that say something to the client
 * @param options in the order of the message
 * @param leftOut options that are configured for the client and not sent
 */
public record ReplyFinding(
        String type,
        String to,
        String way,
        int bytes,
        @Nullable String yiaddr,
        List<FieldFinding> fields,
        List<OptionFinding> options,
        List<OptionFinding> leftOut) {

    /** A header field and where it comes from. */
    public record FieldFinding(String name, String value, String from, int line) {}

    /**
     * An option and where it comes from.
     *
     * @param from the section that sets it, or who else says it; for one that is left out, why
     * @param line the line that sets it, 0 for none
     */
    public record OptionFinding(int code, String name, String value, String from, int line) {}
}
