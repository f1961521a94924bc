package io.athena.dhcpd.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The release that this is. */
public final class Version {

    private Version() {}

    /** The version the build stamped in. */
    public static String current() {
        Properties stamped = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("/athena-version.properties")) {
            if (in == null) {
                throw new IllegalStateException("athena-version.properties is missing from the jar");
            }
            stamped.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("athena-version.properties cannot be read", e);
        }
        return stamped.getProperty("version", "unknown");
    }
}
