package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.event.DomainEvent;
import io.athena.dhcpd.core.journal.ConflictCodec;
import io.athena.dhcpd.core.journal.CorruptRecordException;
import io.athena.dhcpd.core.journal.RecordKind;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import io.athena.dhcpd.core.subnet.Link;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An engine together with what a prober would tell its conflict table, and with restarts. */
final class ConflictRig {

    static final Cidr SUBNET = Cidr.parse("10.0.0.0/24");
    static final MacAddress SQUATTER = MacAddress.parse("aa:bb:cc:11:22:33");
    static final MacAddress ASKING = MacAddress.parse("02:00:00:00:00:01");

    final EngineFixture net;
    EngineSettings settings = EngineFixture.settings(false, false);

    ConflictRig(EngineFixture net) {
        this.net = net;
    }

    ConflictTable table() {
        return EngineAudit.read(net.engine, "conflicts", ConflictTable.class);
    }

    private Link link() {
        return EngineAudit.read(net.engine, "rights", Rights.class).link();
    }

    /** A probe of the address was answered by the squatter. */
    boolean answered(String ip) {
        return table().answered(
                        Ipv4.parse(ip), SUBNET, link(), Conflict.Method.ARP_PROBE, SQUATTER, ASKING, settings, net.now);
    }

    /** Time goes by, and the engine's chore runs. */
    void pass(long seconds) {
        net.now += seconds;
        net.engine.tick(net.now);
    }

    Conflict conflict(String ip) {
        Conflict conflict = table().of(Ipv4.parse(ip));
        if (conflict == null) {
            throw new AssertionError(ip + " has no conflict");
        }
        return conflict;
    }

    /** The names of the events told since the last call. */
    List<String> told() {
        List<String> names = net.told.stream().map(event -> event.type().tag()).toList();
        net.told.clear();
        return names;
    }

    <E extends DomainEvent> E only(Class<E> type) {
        List<E> found =
                net.told.stream().filter(type::isInstance).map(type::cast).toList();
        if (found.size() != 1) {
            throw new AssertionError("not one " + type.getSimpleName() + " in " + net.told);
        }
        return found.get(0);
    }

    /** Another engine with all that this one made durable, after some time without a server. */
    ConflictRig restarted(EngineFixture fresh, long later) {
        net.sync();
        Map<Integer, Conflict> newest = new TreeMap<>();
        for (ManualJournal.Entry entry : net.journal.appended) {
            if (entry.kind() == RecordKind.CONFLICT) {
                newest.put(entry.address(), decoded(entry.image()));
            }
        }
        newest.values().forEach(fresh.engine.records()::load);
        fresh.engine.records().loaded();
        fresh.now = net.now + later;
        return new ConflictRig(fresh);
    }

    private static Conflict decoded(byte[] image) {
        try {
            return ConflictCodec.decode(image);
        } catch (CorruptRecordException e) {
            throw new AssertionError("a conflict was stored that cannot be read", e);
        }
    }
}
