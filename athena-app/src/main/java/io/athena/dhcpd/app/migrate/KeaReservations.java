package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.app.CommandFailure;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the reservations of a Kea configuration. */
final class KeaReservations {

    private final ImportedNetwork network;
    private final KeaScopes scopes;

    KeaReservations(ImportedNetwork network, KeaScopes scopes) {
        this.network = network;
        this.scopes = scopes;
    }

    /** Takes the reservations of an object in; those with an address go where the address lies. */
    void read(KeaValue.Table holder) throws CommandFailure {
        for (KeaValue.Table table : holder.tables("reservations")) {
            reservation(table);
        }
    }

    private void reservation(KeaValue.Table table) throws CommandFailure {
        ImportedReservation.Keys keys = keys(table);
        String ip = table.text("ip-address");
        ImportedScope scope = new ImportedScope();
        if (!table.many("client-classes").isEmpty()) {
            network.findings()
                    .add(table.placeOf("client-classes"), "a reservation puts nobody into classes; set its options");
        }
        scopes.text(table, "hostname", 12, scope);
        scopes.read(table, scope, "a reservation");
        Optional<Ipv4> address = Ipv4.tryParse(ip == null ? "" : ip);
        if (address.isEmpty()) {
            network.findings()
                    .add(
                            table.place(),
                            "a reservation has no address; give it an ip in [[subnet.reservation]] to keep the rest");
            return;
        }
        network.reserve(new ImportedReservation(table.place(), address.get(), keys, null, scope));
    }

    private static ImportedReservation.Keys keys(KeaValue.Table table) throws CommandFailure {
        byte[] mac = bytes(table, "hw-address");
        return new ImportedReservation.Keys(
                mac == null ? List.of() : List.of(MacAddress.of(MacAddress.ETHERNET, mac)),
                bytes(table, "client-id"),
                bytes(table, "circuit-id"),
                null);
    }

    private static byte @Nullable [] bytes(KeaValue.Table table, String key) throws CommandFailure {
        String text = table.text(key);
        try {
            return text == null ? null : KeaOptions.identifier(text);
        } catch (IllegalArgumentException e) {
            throw table.placeOf(key).broken("\"" + key + "\" " + e.getMessage() + ".");
        }
    }
}
