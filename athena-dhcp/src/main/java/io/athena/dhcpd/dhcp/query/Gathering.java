package io.athena.dhcpd.dhcp.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what several threads find; the last one, whoever that is, goes on with all of it. Nobody waits. */
final class Gathering<T> {

    private final Consumer<@Nullable List<T>> whenComplete;
    private final List<T> found = new ArrayList<>();
    private int missing;
    private boolean failed;

    /**
     * @param parts how many findings come, or failures
     * @param whenComplete called once with all that was found, or with null when a part failed
     */
    Gathering(int parts, Consumer<@Nullable List<T>> whenComplete) {
        this.missing = parts;
        this.whenComplete = whenComplete;
    }

    /** Adds what one part finds; a search that throws has failed. */
    void run(Supplier<List<T>> search) {
        List<T> part = null;
        try {
            part = search.get();
        } finally {
            complete(part);
        }
    }

    /** One part will not come. */
    void fail() {
        complete(null);
    }

    private void complete(@Nullable List<T> part) {
        synchronized (this) {
            if (part == null) {
                failed = true;
            } else {
                found.addAll(part);
            }
            if (--missing > 0) {
                return;
            }
        }
        whenComplete.accept(failed ? null : found);
    }
}
