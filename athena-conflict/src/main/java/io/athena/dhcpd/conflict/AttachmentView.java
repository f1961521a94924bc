package io.athena.dhcpd.conflict;

import io.athena.dhcpd.core.link.NamedInterface;
import io.athena.dhcpd.core.time.TimeSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The attached networks as they were a moment ago. Interfaces are looked at each second by others, and asked for at each
 * probe here: going through all of them each time would be wasted. Any thread may ask.
 */
final class AttachmentView {

    private static final long FRESH = TimeUnit.MILLISECONDS.toNanos(100);

    private record Seen(Attachments attachments, long at) {}

    private final Supplier<List<NamedInterface>> interfaces;
    private final TimeSource time;
    private volatile @Nullable Seen seen;

    AttachmentView(Supplier<List<NamedInterface>> interfaces, TimeSource time) {
        this.interfaces = interfaces;
        this.time = time;
    }

    /** As they are now; what {@link #current} says is left alone, since at start nothing is attached yet. */
    Attachments fresh() {
        return Attachments.of(interfaces.get());
    }

    /** As they were a moment ago. */
    Attachments current() {
        Seen known = seen;
        long now = time.nanoTime();
        if (known == null || now - known.at >= FRESH) {
            known = new Seen(Attachments.of(interfaces.get()), now);
            seen = known;
        }
        return known.attachments;
    }
}
