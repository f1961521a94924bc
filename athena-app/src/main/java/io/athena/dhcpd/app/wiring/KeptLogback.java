package io.athena.dhcpd.app.wiring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogFile;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.logback.LogbackLoggingSystem;

/**
 * Logback as LogSetup and the TOML have set it up, left alone when Spring starts and stops. Switching Spring's
 * logging system off would do the same, but take Actuator's view of the loggers with it.
 */
final class KeptLogback extends LogbackLoggingSystem {

    KeptLogback(ClassLoader loader) {
        super(loader);
    }

    @Override
    public void beforeInitialize() {}

    @Override
    public void initialize(
            @Nullable LoggingInitializationContext context, @Nullable String location, @Nullable LogFile file) {}

    @Override
    public void cleanUp() {}

    @Override
    public Runnable getShutdownHandler() {
        return () -> {};
    }
}
