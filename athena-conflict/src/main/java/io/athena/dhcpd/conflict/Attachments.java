package io.athena.dhcpd.conflict;

import io.athena.dhcpd.core.link.InterfaceState;
import io.athena.dhcpd.core.link.LocalAddress;
import io.athena.dhcpd.core.link.NamedInterface;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All attached networks at one moment; immutable. */
final class Attachments {

    private final List<Attachment> narrowestFirst;

    private Attachments(List<Attachment> narrowestFirst) {
        this.narrowestFirst = narrowestFirst;
    }

    /** Those of the interfaces that are up, have an address and speak Ethernet. */
    static Attachments of(List<NamedInterface> interfaces) {
        List<Attachment> found = new ArrayList<>();
        for (NamedInterface each : interfaces) {
            InterfaceState state = each.state();
            MacAddress mac = state.mac();
            if (state.isUsable() && !state.loopback() && mac != null && mac.isEthernetUnicast()) {
                for (LocalAddress address : state.addresses()) {
                    found.add(new Attachment(each.name(), state.index(), mac, address.ip(), address.network()));
                }
            }
        }
        // A stable sort: of equally wide networks the first in the configuration counts.
        found.sort(Comparator.comparingInt(attachment -> -attachment.network().prefix()));
        return new Attachments(List.copyOf(found));
    }

    /** The narrowest attached network that an address lies in, or null. */
    @Nullable
    Attachment of(Ipv4 address) {
        for (Attachment attachment : narrowestFirst) {
            if (attachment.network().contains(address)) {
                return attachment;
            }
        }
        return null;
    }

    /** Whether every address of a subnet lies in one attached network. */
    boolean cover(Cidr subnet) {
        return narrowestFirst.stream().anyMatch(each -> each.network().contains(subnet));
    }

    /** Whether a socket on this interface is still of use. */
    boolean isAttached(int interfaceIndex) {
        return narrowestFirst.stream().anyMatch(each -> each.interfaceIndex() == interfaceIndex);
    }
}
