package io.athena.dhcpd.core.subnet;

import io.athena.dhcpd.core.config.BootFields;
import io.athena.dhcpd.core.config.OptionScope;
import io.athena.dhcpd.core.net.Ipv4;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the boot fields of a reply's header say. Where only the options 66 and 67 are configured, they stand in the
 * header too: many a boot ROM looks nowhere else. Arrays are shared, never changed.
 *
 * @param siaddr the server to load from, {@link Ipv4#ANY} for none
 * @param sname its name, at most 63 bytes, empty for none
 * @param file the boot file, at most 127 bytes, empty for none
 */
public record BootHeader(Ipv4 siaddr, byte[] sname, byte[] file) {

    private static final int SERVER_NAME = 66;
    private static final int BOOT_FILE = 67;
    private static final byte[] NOTHING = {};

    /** The header of a NAK, and of replies without a boot server. */
    public static final BootHeader NONE = new BootHeader(Ipv4.ANY, NOTHING, NOTHING);

    static BootHeader of(OptionScope scope) {
        BootFields boot = scope.boot();
        byte[] name = scope.options().get(SERVER_NAME);
        byte[] file = scope.options().get(BOOT_FILE);
        return boot.equals(BootFields.NONE) && name == null && file == null
                ? NONE
                : new BootHeader(
                        boot.nextServer() == null ? named(name) : boot.nextServer(),
                        field(boot.sname(), name, BootFields.MAX_SNAME),
                        field(boot.file(), file, BootFields.MAX_FILE));
    }

    /** A boot server that is configured by its address needs no name to be found. */
    private static Ipv4 named(byte @Nullable [] name) {
        return name == null || name.length == 0 || !Character.isDigit(name[0])
                ? Ipv4.ANY
                : Ipv4.tryParse(new String(name, StandardCharsets.UTF_8)).orElse(Ipv4.ANY);
    }

    private static byte[] field(@Nullable String set, byte @Nullable [] option, int max) {
        if (set != null) {
            return set.getBytes(StandardCharsets.UTF_8);
        }
        return option == null || option.length > max ? NOTHING : option;
    }
}
