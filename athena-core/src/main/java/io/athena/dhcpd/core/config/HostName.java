package io.athena.dhcpd.core.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of this machine, without asking any name service: DHCP is often up before DNS is. */
final class HostName {

    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private HostName() {}

    static String get() {
        try {
            String name = Files.readString(KERNEL).strip();
            return name.isEmpty() ? "localhost" : plain(name);
        } catch (IOException e) {
            return "localhost";
        }
    }

    /** The kernel takes anything for a name; a header of HTTP and a log line do not. */
    static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "-");
    }
}
