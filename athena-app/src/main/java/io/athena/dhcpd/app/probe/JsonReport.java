package io.athena.dhcpd.app.probe;

import io.athena.dhcpd.app.probe.ProbeSocket.Received;
import io.athena.dhcpd.core.option.OptionRegistry;
import io.athena.dhcpd.dhcp.wire.DhcpPacket;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The replies as one array, in the order they came; fields that were empty are null. */
final class JsonReport implements Report {

    private final OptionRegistry registry;
    private final PrintWriter out;
    private final List<ReplyView> replies = new ArrayList<>();

    JsonReport(OptionRegistry registry, PrintWriter out) {
        this.registry = registry;
        this.out = out;
    }

    @Override
    public void sent(String what, int bytes, InetSocketAddress to) {
        // Only answers are listed.
    }

    @Override
    public void reply(DhcpPacket packet, Received received) {
        replies.add(ReplyView.of(packet, received, registry));
    }

    @Override
    public void unreadable(Received received) {
        // Not a reply: there is nothing of it to list.
    }

    @Override
    public void end() {
        out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(replies));
        out.flush();
    }
}
