package io.athena.dhcpd.app.explain;

import io.athena.dhcpd.dhcp.explain.Explanation;
import io.athena.dhcpd.dhcp.explain.Explanation.PatternFinding;
import io.athena.dhcpd.dhcp.explain.ReplyFinding;
import io.athena.dhcpd.dhcp.explain.ReplyFinding.OptionFinding;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One block a message, from the packet to the reply, as it goes into a ticket. */
final class TextExplainReport implements ExplainReport {

    private final PrintWriter out;
    private int number;

    TextExplainReport(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void note(String text) {
        out.println("note: " + printable(text));
    }

    @Override
    public void explained(Explanation told) {
        number++;
        heading(told.message());
        told.message().options().forEach(option -> row("", "%3d %s: %s", option.code(), option.name(), option.value()));
        link(told.link());
        classes(told.classes());
        if (told.link() != null && told.link().identity() != null) {
            Explanation.ReservationFinding reservation = told.reservation();
            row("reservation", "%s", reservation == null ? "none" : reservation.address() + line(reservation.line()));
        }
        told.addresses()
                .forEach(address -> row(
                        "address",
                        "%s, %s: %s",
                        address.address(),
                        String.join(", ", address.roles()),
                        String.join(", ", address.facts())));
        told.pools().forEach(this::pool);
        told.remarks().forEach(remark -> row(remark.about(), "%s%s", remark.text(), line(remark.line())));
        if (told.decision() != null) {
            row(
                    "decision",
                    "%s, because %s",
                    told.decision().address(),
                    told.decision().because());
        }
        reply(told.reply());
        String reason = told.outcome().reason();
        row("outcome", "%s%s", told.outcome().text(), reason == null ? "" : " (" + reason + ")");
        if (told.outcome().written()) {
            row("", "the lease store would be written first");
        }
    }

    private void heading(Explanation.Message message) {
        out.println();
        out.println(printable(String.format(
                "%d. %s%s%s, from %s on %s",
                number,
                message.type() == null ? "a message that cannot be read" : message.type(),
                message.client() == null ? "" : " of " + message.client(),
                message.giaddr() == null ? "" : " through relay agent " + message.giaddr(),
                message.source(),
                message.heardOn())));
    }

    private void link(Explanation.@Nullable LinkFinding link) {
        if (link == null) {
            return;
        }
        String by = link.rule() + (link.by() == null ? "" : " " + link.by());
        if (link.link() == null) {
            row("link", "none, by %s", by);
            return;
        }
        row("link", "%s, by %s in subnet %s%s", link.link(), by, link.subnet(), line(link.line()));
        if (link.identity() != null) {
            row("client", "known by its %s", link.identity());
        }
    }

    private void classes(List<Explanation.ClassFinding> classes) {
        for (Explanation.ClassFinding each : classes) {
            row("class", "%s%s: %s", each.name(), line(each.line()), each.member() ? "is in it" : "is not in it");
            each.patterns().forEach(this::pattern);
        }
    }

    private void pattern(PatternFinding pattern) {
        String said = pattern.said() == null ? "the client says nothing" : "the client says \"" + pattern.said() + '"';
        row(
                "",
                "    %s = \"%s\": %s, %s",
                pattern.key(),
                pattern.pattern(),
                said,
                pattern.fits() ? "fits" : "does not fit");
    }

    private void pool(Explanation.PoolFinding pool) {
        row(
                "pool",
                "%s%s: %s; %d of %d addresses free, %d never used",
                pool.range(),
                line(pool.line()),
                pool.verdict(),
                pool.free(),
                pool.size(),
                pool.neverUsed());
        pool.patterns().forEach(this::pattern);
    }

    private void reply(@Nullable ReplyFinding reply) {
        if (reply == null) {
            return;
        }
        row("reply", "%s of %d bytes %s, %s", reply.type(), reply.bytes(), reply.way(), reply.to());
        if (reply.yiaddr() != null) {
            row("", "yiaddr %s", reply.yiaddr());
        }
        reply.fields()
                .forEach(field ->
                        row("", "%s %s  <- %s%s", field.name(), field.value(), field.from(), line(field.line())));
        reply.options().forEach(option -> option("", option));
        reply.leftOut().forEach(option -> option("not sent", option));
    }

    private void option(String name, OptionFinding option) {
        row(
                name,
                "%3d %s: %s  <- %s%s",
                option.code(),
                option.name(),
                option.value(),
                option.from(),
                line(option.line()));
    }

    private static String line(int line) {
        return line == 0 ? "" : " (line " + line + ")";
    }

    private void row(String name, String format, Object... values) {
        out.println(printable(String.format("   %-12s ", name) + String.format(format, values)));
    }

    /** What a client says does not steer the terminal of whoever reads it. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    @Override
    public void end() {
        out.flush();
    }
}
