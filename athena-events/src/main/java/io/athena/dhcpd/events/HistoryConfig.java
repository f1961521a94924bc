package io.athena.dhcpd.events;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@code [history]}.
 *
 * @param enabled whether it is written down who had which address when
 * @param retention how long that is kept
 * @param syslog where each entry is told as well, or null
 */
public record HistoryConfig(
        boolean enabled, Duration retention, @Nullable SyslogTarget syslog) {}
