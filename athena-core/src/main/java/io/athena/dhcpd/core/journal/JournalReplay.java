package io.athena.dhcpd.core.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal folder without writing to it. Damage is a finding and never an exception: a record that was synced
 * and cannot be read is either reported for its address or, when not even its header can be read, as missing.
 */
public final class JournalReplay {

    /** File name ending of a segment in use. */
    static final String SEGMENT = ".seg";

    /** How far ahead of the readable ones the generation of an unreadable file may be. */
    private static final long UNREADABLE_GENERATIONS = 1000;

    /**
     * A segment that is written no more.
     *
     * @param header null when it cannot be read: the file may then not hold other records later
     * @param last no higher sequence can be in it
     * @param durable the highest sequence in it that is durable; frames of failed writes may stand behind
     */
    record Found(Path path, @Nullable SegmentHeader header, long last, long durable) {}

    private record Readable(Path path, SegmentHeader header) {}

    private final long applied;
    private final Changes changes;
    private final List<String> findings = new ArrayList<>();
    private final List<Found> segments = new ArrayList<>();
    private final List<Path> unreadable = new ArrayList<>();
    private boolean missing;
    private long lastSequence;
    private long synced;
    private long generation;
    private int term;

    private JournalReplay(long applied, long used) {
        this.applied = applied;
        this.changes = new Changes(applied);
        this.lastSequence = Math.max(applied, used);
    }

    /**
     * Reads everything that a checkpoint does not hold yet.
     *
     * @param folder the journal's folder; none being there is an empty journal
     * @param applied the sequence up to which the checkpoint holds everything
     * @param used the highest sequence that the checkpoint knows of, since one that was cut short holds later records
     * @throws IOException when the folder cannot be listed
     */
    public static JournalReplay read(Path folder, long applied, long used) throws IOException {
        JournalReplay replay = new JournalReplay(applied, used);
        replay.readAll(Files.isDirectory(folder) ? replay.list(folder) : List.of());
        return replay;
    }

    private List<Readable> list(Path folder) throws IOException {
        List<Readable> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path path :
                    files.filter(f -> f.toString().endsWith(SEGMENT)).sorted().toList()) {
                SegmentHeader header = header(path);
                if (header != null) {
                    found.add(new Readable(path, header));
                } else {
                    reportMissing("journal segment " + path.getFileName() + " has no readable header");
                    unreadable.add(path);
                }
            }
        }
        found.sort(Comparator.comparingLong(r -> r.header().generation()));
        return found;
    }

    private static @Nullable SegmentHeader header(Path path) {
        try (var in = Files.newInputStream(path)) {
            return SegmentHeader.decode(in.readNBytes(SegmentHeader.BYTES));
        } catch (IOException e) {
            return null;
        }
    }

    private void readAll(List<Readable> found) {
        if (!found.isEmpty()) {
            readSegments(found);
        } else if (applied > 0) {
            reportMissing("the journal is gone, although the checkpoint knows " + applied + " records of it");
        }
        synced = Math.max(applied, synced);
        lastSequence = Math.max(lastSequence, synced);
        unreadable.forEach(path -> segments.add(new Found(path, null, lastSequence, synced)));
    }

    private void readSegments(List<Readable> found) {
        for (int i = 0; i < found.size(); i++) {
            SegmentHeader next = i + 1 < found.size() ? found.get(i + 1).header() : null;
            checkChain(i == 0 ? null : found.get(i - 1).header(), found.get(i).header());
            readSegment(found.get(i), next);
        }
        SegmentHeader newest = found.get(found.size() - 1).header();
        generation = newest.generation();
        term = Math.max(term, newest.term());
        if (applied > synced) {
            reportMissing("the checkpoint reaches to record " + applied + ", the journal only to " + synced);
        }
        lastSequence = Math.max(lastSequence, newest.first() - 1);
    }

    private void checkChain(@Nullable SegmentHeader before, SegmentHeader header) {
        long expected = before == null ? 0 : before.generation();
        if (header.previous() != expected && header.sealed() > applied) {
            reportMissing(
                    "journal records before " + header.first() + " are gone; the checkpoint reaches to " + applied);
        }
    }

    private void readSegment(Readable segment, @Nullable SegmentHeader next) {
        SegmentHeader header = segment.header();
        long limit = next == null ? Long.MAX_VALUE : next.sealed();
        if (limit > applied) {
            byte[] bytes = content(segment.path());
            if (bytes.length < header.size() && next == null) {
                reportMissing("journal segment " + segment.path().getFileName() + " was cut from " + header.size()
                        + " to " + bytes.length + " bytes");
            }
            SegmentScan scan = new SegmentScan(bytes, header, limit);
            long proven = Math.max(applied, next == null ? scan.proven() : next.sealed());
            readFrames(segment, bytes, scan, proven);
            synced = Math.max(synced, Math.min(limit, scan.proven()));
        }
        synced = Math.max(synced, Math.max(header.sealed(), next == null ? 0 : next.sealed()));
        lastSequence = Math.max(lastSequence, synced);
        long last = next == null ? Math.max(lastSequence, header.first() - 1) : next.sealed();
        segments.add(new Found(segment.path(), header, last, next == null ? synced : next.sealed()));
    }

    /** The whole file; nothing when the disk does not give it, which then shows as missing records. */
    private byte[] content(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            reportMissing("journal segment " + path.getFileName() + " cannot be read: " + e);
            return new byte[0];
        }
    }

    private void readFrames(Readable segment, byte[] bytes, SegmentScan scan, long proven) {
        long expected = segment.header().first();
        for (int i = 0; i < scan.count(); i++) {
            int at = scan.position(i);
            long sequence = Frame.sequence(bytes, at);
            if (sequence > expected) {
                reportGap(segment, expected, Math.min(sequence - 1, proven));
            }
            boolean sound = scan.bodyIsSound(i);
            if (sequence > proven && (sequence > expected || !sound)) {
                findings.add("an unfinished write at the end of journal segment "
                        + segment.path().getFileName() + " was left out; no client was promised what it said");
                return;
            }
            take(bytes, at, sequence, sound);
            expected = sequence + 1;
        }
        reportGap(segment, expected, proven);
        lastSequence = Math.max(lastSequence, proven);
    }

    private void reportGap(Readable segment, long from, long to) {
        long start = Math.max(from, applied + 1);
        if (start <= to) {
            reportMissing("journal records " + start + " to " + to + " in "
                    + segment.path().getFileName() + " cannot be read, although they were written");
        }
    }

    private void take(byte[] bytes, int at, long sequence, boolean sound) {
        lastSequence = Math.max(lastSequence, sequence);
        synced = Math.max(synced, sequence);
        term = Math.max(term, Frame.term(bytes, at));
        if (sequence <= applied) {
            return;
        }
        changes.reach(sequence);
        RecordKind kind = RecordKind.ofCode(Frame.kind(bytes, at));
        ImageMap table = kind == null ? null : changes.of(kind);
        if (table == null) {
            if (!sound || kind == null) {
                findings.add("journal record " + sequence + " cannot be read");
            }
            return;
        }
        int address = Frame.address(bytes, at);
        table.put(address, sequence, sound ? Frame.image(bytes, at) : null);
    }

    private void reportMissing(String finding) {
        missing = true;
        findings.add(finding);
    }

    /** The newest image of each address beyond the checkpoint; without an image where it cannot be read. */
    public Changes changes() {
        return changes;
    }

    /** Whether records that were on stable storage are gone without a trace of their address. */
    public boolean missing() {
        return missing;
    }

    /** What was found amiss, one sentence each. */
    public List<String> findings() {
        return List.copyOf(findings);
    }

    /** The highest sequence ever used as far as can be told; new records go on after it. */
    public long lastSequence() {
        return lastSequence;
    }

    /** The highest sequence that counts as durable. */
    long synced() {
        return synced;
    }

    /** The generation of the newest segment that can be read. */
    long newestGeneration() {
        return generation;
    }

    /** The highest generation that may be in use, also by files that cannot be read. */
    long highestGeneration() {
        return generation + UNREADABLE_GENERATIONS * unreadable.size();
    }

    /** The highest term found. */
    int term() {
        return term;
    }

    List<Found> segments() {
        return segments;
    }
}
