package io.athena.dhcpd.events.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KeyedQueueTest {

    private final Deque<Runnable> started = new ArrayDeque<>();
    private final List<String> ran = new ArrayList<>();

    @Test
    void tasksOfOneKeyRunOneAfterTheOtherAndOthersMeanwhile() throws Exception {
        KeyedQueue queue = new KeyedQueue(started::add, 100);
        queue.submit(Set.of("a"), () -> ran.add("a1"));
        queue.submit(Set.of("a"), () -> ran.add("a2"));
        queue.submit(Set.of("b"), () -> ran.add("b1"));
        assertThat(started).hasSize(2);
        started.removeLast().run();
        assertThat(ran).containsExactly("b1");
        assertThat(started).hasSize(1);
        runAll();
        assertThat(ran).containsExactly("b1", "a1", "a2");
        assertThat(queue.underWay()).isZero();
    }

    @Test
    void aTaskOfTwoKeysWaitsForBothAndHoldsUpBoth() throws Exception {
        KeyedQueue queue = new KeyedQueue(started::add, 100);
        queue.submit(Set.of("client-1", "10.0.0.1"), () -> ran.add("1 has .1"));
        queue.submit(Set.of("client-2", "10.0.0.2"), () -> ran.add("2 has .2"));
        queue.submit(Set.of("client-2", "10.0.0.1"), () -> ran.add("2 has .1"));
        queue.submit(Set.of("client-2"), () -> ran.add("2 leaves"));
        queue.submit(Set.of("10.0.0.1"), () -> ran.add(".1 is free"));
        assertThat(started).hasSize(2);
        started.removeLast().run();
        assertThat(started).hasSize(1);
        started.removeLast().run();
        assertThat(started).hasSize(1);
        started.removeLast().run();
        assertThat(started).hasSize(2);
        runAll();
        assertThat(ran.subList(0, 3)).containsExactly("2 has .2", "1 has .1", "2 has .1");
        assertThat(ran).hasSize(5);
    }

    @Test
    void aTaskThatFailsLetsTheNextOneRun() throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(1, task -> {
            Thread thread = new Thread(task);
            thread.setUncaughtExceptionHandler((who, failure) -> {});
            return thread;
        });
        KeyedQueue queue = new KeyedQueue(workers, 10);
        CountDownLatch next = new CountDownLatch(1);
        queue.submit(Set.of("a"), () -> {
            throw new IllegalStateException("no");
        });
        queue.submit(Set.of("a"), next::countDown);
        assertThat(next.await(20, TimeUnit.SECONDS)).isTrue();
        queue.awaitIdle();
        workers.shutdown();
    }

    @Test
    void whoeverBringsTooMuchWaits() throws Exception {
        KeyedQueue queue = new KeyedQueue(task -> {}, 2);
        queue.submit(Set.of("a"), () -> {});
        queue.submit(Set.of("b"), () -> {});
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread third = new Thread(() -> {
            try {
                queue.submit(Set.of("c"), () -> {});
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        third.start();
        while (third.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(queue.underWay()).isEqualTo(2);
        third.interrupt();
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatAPersonAsksHasAPlaceOfItsOwnAndNeverWaits() throws Exception {
        KeyedQueue queue = new KeyedQueue(started::add, 2);
        queue.submit(Set.of("a"), () -> ran.add("a1"));
        queue.submit(Set.of("b"), () -> ran.add("b1"));
        assertThat(queue.offer(Set.of("a"), () -> ran.add("a2"))).isTrue();
        assertThat(queue.offer(Set.of("c"), () -> ran.add("never"))).isFalse();
        assertThat(queue.underWay()).isEqualTo(3);
        runAll();
        assertThat(ran).containsExactly("a1", "b1", "a2");
        assertThat(queue.offer(Set.of("c"), () -> ran.add("c1"))).isTrue();
    }

    @Test
    void whatAnExecutorRefusesAtTheEndDoesNotHangAnybody() throws Exception {
        KeyedQueue queue = new KeyedQueue(
                task -> {
                    throw new RejectedExecutionException();
                },
                10);
        queue.submit(Set.of("a"), () -> ran.add("never"));
        queue.awaitIdle();
        assertThat(ran).isEmpty();
    }

    @Test
    void manyTasksOnManyThreadsKeepTheOrderOfEachKey() throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(4);
        KeyedQueue queue = new KeyedQueue(workers, 16);
        List<String> order = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 2000; i++) {
            int number = i;
            queue.submit(Set.of("client-" + i % 7, "address-" + i % 3), () -> order.add(number % 7 + " " + number));
        }
        queue.awaitIdle();
        workers.shutdown();
        assertThat(order).hasSize(2000);
        for (int client = 0; client < 7; client++) {
            String prefix = client + " ";
            assertThat(order.stream()
                            .filter(line -> line.startsWith(prefix))
                            .map(line -> Integer.valueOf(line.substring(prefix.length()))))
                    .isSorted();
        }
    }

    private void runAll() {
        while (!started.isEmpty()) {
            started.removeFirst().run();
        }
    }
}
