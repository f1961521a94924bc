package io.athena.dhcpd.app.serve;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** The level of the server's own loggers, and the end of logging. */
final class LogLevels {

    private LogLevels() {}

    /** @param level as in server.log_level */
    static void set(String level) {
        context().getLogger("io.athena").setLevel(Level.toLevel(level, Level.INFO));
    }

    /** Writes out what is queued; nothing is logged afterwards. */
    static void flush() {
        context().stop();
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }
}
