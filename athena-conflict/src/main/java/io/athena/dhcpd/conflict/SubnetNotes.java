package io.athena.dhcpd.conflict;

import io.athena.dhcpd.core.config.SubnetConfig;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.VpnId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator, once for each subnet, where a probe sees less than ARP does. */
final class SubnetNotes {

    private static final Logger LOG = LoggerFactory.getLogger(Prober.class);

    /** How the addresses of a subnet are probed. */
    enum Reach {
        ARP(""),
        ICMP(
                "is not attached to a served interface: its addresses are probed by ICMP echo, which hosts and firewalls may"
                        + " drop, so a host that does not answer pings is not seen"),
        UNPROBED(
                "is not attached to a served interface and conflict_detection.icmp_fallback is false: its addresses are"
                        + " not probed at all"),
        VIRTUAL("is in a virtual network (vss), where a probe from here would ask somebody else: its addresses are not"
                + " probed at all");

        private final String words;

        Reach(String words) {
            this.words = words;
        }
    }

    private final Map<Cidr, Reach> said = new HashMap<>();

    /** Says what has changed since it was last said. */
    synchronized void say(List<SubnetConfig> subnets, Attachments attachments, boolean icmp) {
        for (SubnetConfig subnet : subnets) {
            Reach reach = reach(subnet, attachments, icmp);
            if (said.put(subnet.network(), reach) != reach && reach != Reach.ARP) {
                LOG.info("Subnet {} {}", subnet.network(), reach.words);
            }
        }
    }

    static Reach reach(SubnetConfig subnet, Attachments attachments, boolean icmp) {
        if (!Objects.requireNonNullElse(subnet.vss(), VpnId.GLOBAL).equals(VpnId.GLOBAL)) {
            return Reach.VIRTUAL;
        }
        if (attachments.cover(subnet.network())) {
            return Reach.ARP;
        }
        return icmp ? Reach.ICMP : Reach.UNPROBED;
    }
}
