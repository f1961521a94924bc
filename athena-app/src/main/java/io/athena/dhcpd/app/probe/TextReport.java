package io.athena.dhcpd.app.probe;

import io.athena.dhcpd.app.probe.ProbeSocket.Received;
import io.athena.dhcpd.core.option.OptionRegistry;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** One block a reply, one line an option. */
final class TextReport implements Report {

    private final OptionRegistry registry;
    private final PrintWriter out;

    TextReport(OptionRegistry registry, PrintWriter out) {
        this.registry = registry;
        this.out = out;
    }

    @Override
    public void sent(String what, int bytes, InetSocketAddress to) {
        out.printf("%s to %s:%d, %d bytes%n", what, to.getAddress().getHostAddress(), to.getPort(), bytes);
        out.flush();
    }

    @Override
    public void reply(DhcpPacket packet, Received received) {
        ReplyView view = ReplyView.of(packet, received, registry);
        out.printf("%s from %s after %d ms%n", view.type(), view.from(), view.millis());
        field("your address", view.yourAddress());
        field("client address", view.clientAddress());
        field("next server", view.nextServer());
        field("relay agent", view.relay());
        field("server name", view.serverName());
        field("boot file", view.bootFile());
        for (ReplyView.OptionView option : view.options()) {
            out.printf("  %3d %-30s %s%n", option.code(), option.name(), printable(option.value()));
        }
        out.flush();
    }

    private void field(String name, @Nullable String value) {
        if (value != null) {
            out.printf("      %-30s %s%n", name, printable(value));
        }
    }

    /** A server's text does not steer the operator's terminal. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    @Override
    public void unreadable(Received received) {
        out.printf(
                "%d bytes that are no DHCP reply from %s:%d after %d ms%n  %s%n",
                received.bytes().length,
                received.from().getAddress().getHostAddress(),
                received.from().getPort(),
                received.millis(),
                HexFormat.of().formatHex(received.bytes()));
    }

    @Override
    public void end() {
        out.flush();
    }
}
