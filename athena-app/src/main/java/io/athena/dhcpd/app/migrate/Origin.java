package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.app.CommandFailure;
import java.nio.file.Path;

/** The servers whose files are read. */
enum Origin {
    /** ISC dhcpd: dhcpd.conf and dhcpd.leases. */
    ISC,
    /** Kea: kea-dhcp4.conf and kea-leases4.csv. */
    KEA,
    /** dnsmasq: dnsmasq.conf and dnsmasq.leases. */
    DNSMASQ;

    /** @throws CommandFailure when the file cannot be read or is broken */
    ImportedNetwork read(Path configuration) throws CommandFailure {
        return switch (this) {
            case ISC -> IscReader.read(configuration);
            case KEA -> KeaReader.read(configuration);
            case DNSMASQ -> DnsmasqReader.read(configuration);
        };
    }

    /** Adds the leases. @throws CommandFailure when the file cannot be read or is broken */
    void readLeases(Path leases, ImportedNetwork network) throws CommandFailure {
        switch (this) {
            case ISC -> IscLeases.read(leases, network);
            case KEA -> KeaLeases.read(leases, network);
            case DNSMASQ -> DnsmasqLeases.read(leases, network);
        }
    }
}
