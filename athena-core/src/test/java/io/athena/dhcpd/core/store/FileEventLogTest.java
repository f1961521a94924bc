package io.athena.dhcpd.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.athena.dhcpd.core.event.EventLog;
import io.athena.dhcpd.core.event.EventType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileEventLogTest {

    private static final Set<EventType> ALL = EnumSet.allOf(EventType.class);

    @TempDir
    Path store;

    @Test
    void eventsComeBackNewestFirstAlsoAfterARestart() throws IOException {
        try (FileEventLog log = FileEventLog.open(store, 100)) {
            log.append(List.of(entry(1), entry(2)));
            log.append(List.of(entry(3)));
            assertThat(texts(log)).containsExactly("event 3", "event 2", "event 1");
        }
        try (FileEventLog log = FileEventLog.open(store, 100)) {
            assertThat(texts(log)).containsExactly("event 3", "event 2", "event 1");
            log.append(List.of(entry(4)));
            assertThat(log.newest(1, ALL, Long.MAX_VALUE)).singleElement().satisfies(kept -> {
                assertThat(kept.id()).isEqualTo(4);
                assertThat(kept.entry().type()).isEqualTo(EventType.LEASE_ACK);
                assertThat(kept.entry().at()).isEqualTo(1004);
            });
        }
    }

    @Test
    void theOldestGiveWayAndTheirFilesWithThem() throws IOException {
        try (FileEventLog log = FileEventLog.open(store, 40)) {
            for (int i = 1; i <= 1000; i++) {
                log.append(List.of(entry(i)));
                assertThat(log.newest(1, ALL, Long.MAX_VALUE)).hasSize(1);
            }
            assertThat(texts(log)).hasSize(40).startsWith("event 1000").endsWith("event 961");
            try (Stream<Path> files = Files.list(store.resolve("events"))) {
                assertThat(files.count()).isBetween(4L, 6L);
            }
        }
        try (FileEventLog smaller = FileEventLog.open(store, 5)) {
            assertThat(texts(smaller))
                    .containsExactly("event 1000", "event 999", "event 998", "event 997", "event 996");
        }
    }

    @Test
    void oneCanAskForTypesAndForOlderOnes() throws IOException {
        try (FileEventLog log = FileEventLog.open(store, 100)) {
            for (int i = 1; i <= 20; i++) {
                log.append(List.of(entry(i)));
            }
            log.append(List.of(new EventLog.Entry(EventType.LEASE_NAK, 7, bytes("a nak"))));
            assertThat(log.newest(10, Set.of(EventType.LEASE_NAK), Long.MAX_VALUE))
                    .hasSize(1);
            assertThat(log.newest(2, ALL, 6)).extracting(EventLog.Kept::id).containsExactly(5L, 4L);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 20, 40})
    void aTornTailIsCutAndTheRestStays(int missing) throws IOException {
        try (FileEventLog log = FileEventLog.open(store, 100)) {
            log.append(List.of(entry(1), entry(2), entry(3)));
        }
        Path file = onlyFile();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - missing));
        try (FileEventLog log = FileEventLog.open(store, 100)) {
            assertThat(texts(log)).containsExactly("event 2", "event 1");
            log.append(List.of(entry(9)));
            assertThat(texts(log)).containsExactly("event 9", "event 2", "event 1");
            assertThat(log.newest(1, ALL, Long.MAX_VALUE).get(0).id()).isEqualTo(3);
        }
    }

    @Test
    void aFlippedBitAndRubbishAtTheEndCostOnlyWhatTheyTouch() throws IOException {
        try (FileEventLog log = FileEventLog.open(store, 100)) {
            log.append(List.of(entry(1), entry(2), entry(3)));
        }
        Path file = onlyFile();
        byte[] whole = Files.readAllBytes(file);
        whole[whole.length - 1] ^= 1;
        Files.write(file, whole);
        Files.write(file, new byte[] {0x7f, -1, -1, -1, 1, 2, 3}, StandardOpenOption.APPEND);
        try (FileEventLog log = FileEventLog.open(store, 100)) {
            assertThat(texts(log)).containsExactly("event 2", "event 1");
        }
    }

    @Test
    void aNameThatIsNoNumberOfALogIsSomebodyElses() throws IOException {
        Path other = Files.createDirectories(store.resolve("events")).resolve("9999999999999999999.log");
        Files.writeString(other, "not ours");
        try (FileEventLog log = FileEventLog.open(store, 10)) {
            assertThat(log.newest(10, EnumSet.allOf(EventType.class), Long.MAX_VALUE))
                    .isEmpty();
        }
        assertThat(other).hasContent("not ours");
    }

    @Test
    void filesOfOthersAreLeftAlone() throws IOException {
        Path folder = Files.createDirectories(store.resolve("events"));
        Files.writeString(folder.resolve("notes.txt"), "mine");
        try (FileEventLog log = FileEventLog.open(store, 1)) {
            for (int i = 1; i < 10; i++) {
                log.append(List.of(entry(i)));
            }
            assertThat(texts(log)).containsExactly("event 9");
        }
        assertThat(folder.resolve("notes.txt")).exists();
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(store.resolve("events"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    private static List<String> texts(FileEventLog log) throws IOException {
        List<String> texts = new ArrayList<>();
        for (EventLog.Kept kept : log.newest(1000, ALL, Long.MAX_VALUE)) {
            texts.add(new String(kept.entry().json(), StandardCharsets.UTF_8));
        }
        return texts;
    }

    private static EventLog.Entry entry(int number) {
        return new EventLog.Entry(EventType.LEASE_ACK, 1000 + number, bytes("event " + number));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
