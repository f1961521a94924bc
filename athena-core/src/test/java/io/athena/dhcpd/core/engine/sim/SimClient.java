package io.athena.dhcpd.core.engine.sim;

import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.lease.MessageType;
import io.athena.dhcpd.core.lease.Wishes;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.net.RelayInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

    /** When it says its vendor class. */
    private enum Saying {
        NEVER,
        IN_DISCOVER_ONLY,
        ALWAYS
    }

    /** Ports of the relay agent that machines hang on, by turns. */
    static final int PORTS = 4;

    static final List<String> KINDS = List.of("boot rom", "system 7");

    private static final Ipv4 RELAY = Ipv4.parse("10.0.0.1");
    private static final int FIRST_INVENTED = 1_000;

    final int number;
    /** Two identities of one machine (boot ROM and system) share a MAC and with it a reservation. */
    final int machine;

    final MacAddress mac;
    final byte @Nullable [] clientId;
    final ClientKey key;
    final boolean greedy;
    final boolean bootp;
    final Wishes wishes;
    /** What the relay agent says of a machine, which never moves. */
    final RelayInfo port;

    private final Saying saying;
    private byte @Nullable [] kind;
    Phase phase = Phase.IDLE;
    int xid;
    long sentAt;

    @Nullable
    Ipv4 lease;

    /** What an invented client was offered. */
    @Nullable
    Ipv4 offered;

    /** Counts what its own packets ended on the server, some of them late: an ACK from before that is no promise. */
    int ended;

    /** How many ACKs the server sent to it. */
    int acknowledgements;

    @Nullable
    Ipv4 granted;

    @Nullable
    ClientRequest last;

    SimClient(int number, int machine, boolean withId, boolean greedy, boolean bootp) {
        this(
                number,
                machine,
                withId ? new byte[] {(byte) 0xff, (byte) machine, (byte) number} : null,
                greedy,
                bootp,
                port(machine),
                Saying.values()[number % 3]);
        this.kind = saying == Saying.NEVER ? null : bytes(KINDS.get(machine == number ? number / 3 % 2 : 1));
    }

    private SimClient(
            int number,
            int machine,
            byte @Nullable [] clientId,
            boolean greedy,
            boolean bootp,
            RelayInfo port,
            Saying saying) {
        this.number = number;
        this.machine = machine;
        this.mac =
                MacAddress.of(1, new byte[] {2, 0, 0, (byte) (machine >> 16), (byte) (machine >> 8), (byte) machine});
        this.clientId = clientId;
        this.key = clientId == null ? ClientKey.ofHardware(mac) : ClientKey.ofClientId(clientId);
        this.greedy = greedy;
        this.bootp = bootp;
        this.wishes = new Wishes(number % 4 == 1, number % 7 == 3, number % 6 == 2);
        this.port = port;
        this.saying = saying;
    }

    /** One that somebody made up, behind a port of the relay agent or ({@code port} below 0) on the server's own wire. */
    static SimClient invented(int count, int port) {
        int number = FIRST_INVENTED + count;
        RelayInfo relay = port < 0 ? RelayInfo.NONE : port(port);
        SimClient client = new SimClient(number, number, null, false, false, relay, Saying.ALWAYS);
        client.kind = count % 2 == 0 ? bytes(KINDS.get(0)) : null;
        return client;
    }

    boolean isInvented() {
        return number >= FIRST_INVENTED;
    }

    boolean isSecondIdentity() {
        return number != machine;
    }

    static RelayInfo port(int of) {
        byte[] circuitId = {'p', (byte) ('0' + of % PORTS)};
        byte[] option82 = {1, 2, circuitId[0], circuitId[1]};
        return new RelayInfo(RELAY, option82, circuitId, null, null, null, 67);
    }

    /** The vendor class of a client that need not say it again, and never has another. */
    byte @Nullable [] kindSaidOnce() {
        return saying == Saying.IN_DISCOVER_ONLY ? kind : null;
    }

    /** Who always says what it is may start another system. */
    void startAs(String system) {
        if (saying == Saying.ALWAYS) {
            kind = bytes(system);
        }
    }

    private boolean says(MessageType type) {
        return type == MessageType.DISCOVER || (saying == Saying.ALWAYS && type != MessageType.BOOTP);
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
                says(type) ? kind : null,
                null,
                null,
                ciaddr.isAny() || xid % 2 == 0 ? port : RelayInfo.NONE);
        return last;
    }

    void newTransaction(int newXid, long now, Phase next) {
        xid = newXid;
        sentAt = now;
        phase = next;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "client " + number;
    }
}
