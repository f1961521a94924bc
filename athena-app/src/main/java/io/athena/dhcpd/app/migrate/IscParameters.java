package io.athena.dhcpd.app.migrate;

import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.Locale;

/** Reads the statements of dhcpd.conf that set options and times, wherever they stand. */
final class IscParameters {

    private final IscOptions options;
    private final Findings findings;

    IscParameters(IscOptions options, Findings findings) {
        this.options = options;
        this.findings = findings;
    }

    /**
     * Puts a statement into the scope, or tells why it cannot be carried over.
     *
     * @param where what the statement stands in, for people
     */
    void read(IscStatement statement, ImportedScope scope, String where) {
        try {
            switch (statement.word(0).toLowerCase(Locale.ROOT)) {
                case "option" -> option(statement, scope);
                case "default-lease-time" -> time(statement, 1, scope, ImportedScope.Time.LEASE);
                case "filename" -> boot(statement, ImportedScope.Boot.FILE, scope);
                case "server-name" -> boot(statement, ImportedScope.Boot.SNAME, scope);
                case "vendor-option-space" ->
                    scope.vendorSpace(statement.word(1).toLowerCase(Locale.ROOT));
                case "next-server" ->
                    scope.put(
                            ImportedScope.Boot.NEXT_SERVER,
                            statement.place(),
                            address(statement).toString());
                default -> refuse(statement, where);
            }
        } catch (IllegalArgumentException e) {
            findings.add(statement.place(), String.valueOf(e.getMessage()));
        }
    }

    private void option(IscStatement statement, ImportedScope scope) {
        if (IscOptions.isDefinition(statement)) {
            return;
        }
        if (options.isOfVendor(statement)) {
            String name = statement.word(1).toLowerCase(Locale.ROOT);
            scope.put(name.substring(0, name.indexOf('.')), options.readOfVendor(statement));
            return;
        }
        switch (options.code(statement.word(1)).orElse(0)) {
            case 51 -> time(statement, 2, scope, ImportedScope.Time.LEASE);
            case 58 -> time(statement, 2, scope, ImportedScope.Time.RENEWAL);
            case 59 -> time(statement, 2, scope, ImportedScope.Time.REBIND);
            default -> scope.put(options.read(statement));
        }
    }

    private void refuse(IscStatement statement, String where) {
        if (IscRefusals.isMeaningless(statement.word(0))) {
            return;
        }
        findings.add(statement.place(), IscRefusals.reason(statement) + (where.isEmpty() ? "" : " (in " + where + ")"));
    }

    private static void boot(IscStatement statement, ImportedScope.Boot field, ImportedScope scope) {
        scope.put(field, statement.place(), SourceText.utf8(statement.word(1)));
    }

    private static void time(IscStatement statement, int index, ImportedScope scope, ImportedScope.Time which) {
        String text = statement.word(index);
        if (!text.matches("-1|[0-9]{1,10}")) {
            throw new IllegalArgumentException(
                    statement.word(0) + " is '" + text + "', which is no number of seconds; set " + which.key());
        }
        long seconds = text.equals("-1") ? Lease.FOREVER : Math.min(Long.parseLong(text), Lease.FOREVER);
        scope.put(which, statement.place(), seconds);
    }

    private static Ipv4 address(IscStatement statement) {
        return Ipv4.tryParse(statement.word(1))
                .orElseThrow(() -> new IllegalArgumentException(statement.word(0) + " names '" + statement.word(1)
                        + "', and a server that asks DNS at start may not start; write its address"));
    }
}
