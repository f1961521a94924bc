package io.athena.dhcpd.events.hook;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs tasks at the same time unless they have a key in common: those run one after the other, in the order in which they
 * came. Only so many may be under way; whoever brings more waits.
 */
public final class KeyedQueue {

    private static final class Task {
        private final Set<String> keys;
        private final Runnable work;
        private int behind;

        Task(Set<String> keys, Runnable work) {
            this.keys = keys;
            this.work = work;
        }
    }

    private final Executor executor;
    private final int mostUnderWay;
    private final Map<String, Deque<Task>> queues = new HashMap<>();
    private int underWay;

    /** @param executor where tasks run; it MUST NOT run them on the thread that submits */
    public KeyedQueue(Executor executor, int mostUnderWay) {
        this.executor = executor;
        this.mostUnderWay = mostUnderWay;
    }

    /** Runs the task once every earlier one with one of its keys has ended; waits while too many are under way. */
    public void submit(Set<String> keys, Runnable work) throws InterruptedException {
        Task task = new Task(keys, work);
        boolean ready;
        synchronized (this) {
            while (underWay >= mostUnderWay) {
                wait();
            }
            ready = enter(task);
        }
        if (ready) {
            start(task);
        }
    }

    /** The same without waiting, with one place more, for what a person asks; false when that is taken too. */
    public boolean offer(Set<String> keys, Runnable work) {
        Task task = new Task(keys, work);
        boolean ready;
        synchronized (this) {
            if (underWay > mostUnderWay) {
                return false;
            }
            ready = enter(task);
        }
        if (ready) {
            start(task);
        }
        return true;
    }

    /** Waits until nothing is under way. */
    public synchronized void awaitIdle() throws InterruptedException {
        while (underWay > 0) {
            wait();
        }
    }

    /** How many tasks have been brought and have not ended. */
    public synchronized int underWay() {
        return underWay;
    }

    /** Whether nothing that came earlier has one of its keys. */
    private boolean enter(Task task) {
        underWay++;
        for (String key : task.keys) {
            Deque<Task> queue = queues.computeIfAbsent(key, first -> new ArrayDeque<>(2));
            if (!queue.isEmpty()) {
                task.behind++;
            }
            queue.add(task);
        }
        return task.behind == 0;
    }

    private void start(Task task) {
        try {
            executor.execute(() -> {
                try {
                    task.work.run();
                } finally {
                    ended(task);
                }
            });
        } catch (RejectedExecutionException e) {
            // The executor is being shut down: nobody waits for the task any more.
            ended(task);
        }
    }

    private void ended(Task task) {
        Deque<Task> ready = new ArrayDeque<>();
        synchronized (this) {
            underWay--;
            for (String key : task.keys) {
                Deque<Task> queue = queues.get(key);
                queue.remove();
                Task next = queue.peek();
                if (next == null) {
                    queues.remove(key);
                } else if (--next.behind == 0) {
                    ready.add(next);
                }
            }
            notifyAll();
        }
        ready.forEach(this::start);
    }
}
