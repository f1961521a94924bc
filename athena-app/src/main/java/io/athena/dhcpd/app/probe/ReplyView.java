package io.athena.dhcpd.app.probe;

import io.athena.dhcpd.app.probe.ProbeSocket.Received;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.option.OptionDefinition;
import io.athena.dhcpd.core.option.OptionRegistry;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reply as people read it. Fields that a server left empty are null.
 *
 * @param from address and port of the sender
 * @param millis time from the last send to the reply
 * @param nextServer siaddr
 * @param serverName sname
 */
record ReplyView(
        String type,
        String from,
        long millis,
        @Nullable String yourAddress,
        @Nullable String clientAddress,
        @Nullable String nextServer,
        @Nullable String relay,
        @Nullable String serverName,
        @Nullable String bootFile,
        List<OptionView> options) {

    private static final int MESSAGE_TYPE = 53;

    /** One option: its code, its name and its value as text. */
    record OptionView(int code, String name, String value) {}

    static ReplyView of(DhcpPacket packet, Received received, OptionRegistry registry) {
        List<OptionView> options = new ArrayList<>();
        packet.options().forEach((value, code) -> {
            OptionDefinition row = registry.definition(code);
            String text =
                    code == MESSAGE_TYPE ? packet.type().name() : row.type().decode(value);
            options.add(new OptionView(code, row.name(), text));
        });
        return new ReplyView(
                packet.type().name(),
                received.from().getAddress().getHostAddress() + ":"
                        + received.from().getPort(),
                received.millis(),
                text(packet.yiaddr()),
                text(packet.ciaddr()),
                text(packet.siaddr()),
                text(packet.giaddr()),
                text(packet.sname()),
                text(packet.file()),
                options);
    }

    private static @Nullable String text(Ipv4 address) {
        return address.isAny() ? null : address.toString();
    }

    private static @Nullable String text(byte[] field) {
        return field.length == 0 ? null : new String(field, StandardCharsets.ISO_8859_1);
    }
}
