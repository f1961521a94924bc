package io.athena.dhcpd.ddns.outbox;

import io.athena.dhcpd.ddns.update.DnsFailure;
import io.athena.dhcpd.ddns.update.NameRecord;
import io.athena.dhcpd.ddns.update.Outcome;
import io.athena.dhcpd.ddns.update.PointerRecord;
import io.athena.dhcpd.ddns.update.ZoneUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One update of one name. Owned by the outbox, save for {@link #run}, which a worker calls between the outbox's handing
 * it out and its being told the result.
 */
final class NameOp {

    /** What is done; the tag is what meters say. */
    enum Kind {
        REMOVE("remove", false),
        UNPOINT("unpoint", false),
        ADD("add", true),
        POINT("point", true);

        private final String tag;
        private final boolean puts;

        Kind(String tag, boolean puts) {
            this.tag = tag;
            this.puts = puts;
        }

        String tag() {
            return tag;
        }

        /** Whether it makes a record, instead of taking one away. */
        boolean puts() {
            return puts;
        }
    }

    private final Kind kind;
    private final NameWork work;
    private final HeldName name;
    private final @Nullable Leftover leftover;
    private final Routes.Place place;
    private int attempts;
    private @Nullable String refusal;
    private boolean running;
    private boolean cancelled;

    NameOp(Kind kind, NameWork work, HeldName name, @Nullable Leftover leftover, Routes.Place place) {
        this.kind = kind;
        this.work = work;
        this.name = name;
        this.leftover = leftover;
        this.place = place;
    }

    Kind kind() {
        return kind;
    }

    NameWork work() {
        return work;
    }

    HeldName name() {
        return name;
    }

    /** What it takes away; null when it puts something. */
    @Nullable
    Leftover leftover() {
        return leftover;
    }

    Routes.Place place() {
        return place;
    }

    /** How often it was tried in vain. */
    int attempts() {
        return attempts;
    }

    void failed() {
        attempts++;
    }

    /** The name was refused. @return whether this is news: until now it was not, or for another reason */
    boolean refused(String error) {
        boolean news = !error.equals(refusal);
        refusal = error;
        return news;
    }

    boolean isRunning() {
        return running;
    }

    void running(boolean now) {
        running = now;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** Nobody wants it any more. */
    void cancel() {
        cancelled = true;
    }

    /** Does it, and waits for the name server. */
    Outcome run() throws DnsFailure, InterruptedException {
        ZoneUpdater updater = place.updater();
        return switch (kind) {
            case ADD -> updater.add(record());
            case REMOVE -> updater.remove(record());
            case POINT -> updater.point(pointer());
            case UNPOINT -> updater.unpoint(pointer());
        };
    }

    private NameRecord record() {
        return new NameRecord(name.fqdn(), work.address(), name.client());
    }

    private PointerRecord pointer() {
        return new PointerRecord(place.owner(), name.fqdn());
    }

    @Override
    public String toString() {
        return kind.tag() + " " + name.fqdn() + " " + work.address() + " at " + place.server();
    }
}
