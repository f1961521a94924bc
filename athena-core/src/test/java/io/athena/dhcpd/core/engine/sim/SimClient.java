package io.athena.dhcpd.core.engine.sim;

import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.lease.Wishes;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayInfo;
import org.jspecify.annotations.Nullable;

/** A DHCP client as RFC 2131 section 4.4 draws it, as far as the server can tell. Its numbers are the true time. */
final class SimClient {

    /** What it waits for. */
    enum Phase {
        IDLE,
        SELECTING,
        REQUESTING,
        BOUND
    }

    /** Ports of the relay agent that machines hang on, by turns. */
    static final int PORTS = 4;

    private static final Ipv4 RELAY = Ipv4.parse("10.0.0.1");

    final int number;
    /** Two identities of one machine (boot ROM and system) share a MAC and with it a reservation. */
    final int machine;

    final MacAddress mac;
    final byte @Nullable [] clientId;
    final ClientKey key;
    final boolean greedy;
    final boolean bootp;
    final Wishes wishes;
    Phase phase = Phase.IDLE;
    int xid;
    long sentAt;

    @Nullable
    Ipv4 lease;

    /** Counts what its own packets ended on the server, some of them late: an ACK from before that is no promise. */
    int ended;

    /** How many ACKs the server sent to it. */
    int acknowledgements;

    @Nullable
    Ipv4 granted;

    @Nullable
    ClientRequest last;

    SimClient(int number, int machine, boolean withId, boolean greedy, boolean bootp) {
        this.number = number;
        this.machine = machine;
        this.mac = MacAddress.of(1, new byte[] {2, 0, 0, 0, 0, (byte) machine});
        this.clientId = withId ? new byte[] {(byte) 0xff, (byte) machine, (byte) number} : null;
        this.key = clientId == null ? ClientKey.ofHardware(mac) : ClientKey.ofClientId(clientId);
        this.greedy = greedy;
        this.bootp = bootp;
        this.wishes = new Wishes(number % 4 == 1, number % 7 == 3, number % 6 == 2);
    }

    boolean isSecondIdentity() {
        return number != machine;
    }

    /** What the relay agent says of a machine, which never moves. */
    static RelayInfo portOf(@Nullable MacAddress mac) {
        if (mac == null) {
            return RelayInfo.NONE;
        }
        byte[] circuitId = {'p', (byte) ('0' + mac.toBytes()[5] % PORTS)};
        byte[] option82 = {1, 2, circuitId[0], circuitId[1]};
        return new RelayInfo(RELAY, option82, circuitId, null, null, null, 67);
    }

    /** A message with the transaction that it is in. Of those from an address every other one passes no relay agent. */
    ClientRequest message(MessageType type, Ipv4 ciaddr, @Nullable Ipv4 asked, @Nullable Ipv4 server, long leaseTime) {
        last = new ClientRequest(
                type,
                xid,
                key,
                mac,
                clientId,
                ciaddr,
                asked,
                server,
                Landscape.SERVER.equals(server),
                leaseTime,
                type == MessageType.DISCOVER ? wishes : Wishes.NONE,
                null,
                null,
                null,
                null,
                null,
                ciaddr.isAny() || xid % 2 == 0 ? portOf(mac) : RelayInfo.NONE);
        return last;
    }

    void newTransaction(int newXid, long now, Phase next) {
        xid = newXid;
        sentAt = now;
        phase = next;
    }

    @Override
    public String toString() {
        return "client " + number;
    }
}
