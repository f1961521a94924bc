package io.athena.dhcpd.app.history;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time as it is typed: ISO 8601, UTC where no zone stands in it, or epoch seconds. */
final class TimeText implements ITypeConverter<Instant> {

    private static final List<Function<String, Instant>> FORMS = List.of(
            text -> OffsetDateTime.parse(text).toInstant(),
            text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
            text -> LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));

    @Override
    public Instant convert(String text) {
        if (text.matches("[0-9]{1,11}")) {
            return Instant.ofEpochSecond(Long.parseLong(text));
        }
        for (Function<String, Instant> form : FORMS) {
            try {
                Instant time = form.apply(text.strip().replace(' ', 'T'));
                if (time.getEpochSecond() >= 0) {
                    return time;
                }
            } catch (DateTimeException e) {
                // A time in another form.
            }
        }
        throw new TypeConversionException("'" + text + "' is not a time such as 2026-11-21T18:30:00Z, 2026-11-21T18:30"
                + " (UTC), 2026-11-21, or epoch seconds");
    }
}
