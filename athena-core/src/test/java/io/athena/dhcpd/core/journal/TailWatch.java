package io.athena.dhcpd.core.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notes what a tail shows. */
final class TailWatch implements JournalTail.Visitor {

    /** A record as it was shown. */
    record Seen(long sequence, RecordKind kind, int address, byte[] image, byte @Nullable [] previous) {}

    final List<Seen> seen = new ArrayList<>();

    @Override
    public void record(long sequence, RecordKind kind, int address, byte[] image, byte @Nullable [] previous) {
        seen.add(new Seen(sequence, kind, address, image, previous));
    }

    /** Reads all that there is and answers the sequences of it. */
    List<Long> readAll(JournalTail tail) {
        int before = seen.size();
        try {
            while (tail.read(3, this) == 3) {
                continue;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return seen.subList(before, seen.size()).stream().map(Seen::sequence).toList();
    }
}
