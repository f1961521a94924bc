package io.athena.dhcpd.ddns.update;

/**
 * One A or PTR record of a zone.
 *
 * @param owner its name, in lower case without a dot at its end
 * @param type {@code A} or {@code PTR}
 * @param value the address, or the name in lower case without a dot at its end
 */
public record ZoneEntry(String owner, Type type, String value) {

    /** The types that this server writes, save for DHCID. */
    public enum Type {
        A,
        PTR
    }
}
