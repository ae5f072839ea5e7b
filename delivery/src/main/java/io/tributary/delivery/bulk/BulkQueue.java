package io.tributary.delivery.bulk;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Items that wait to be sent, and when a batch of them is due. The size of a batch shrinks while Elasticsearch is
 * overloaded and grows again slowly. It is not bounded itself: who submits must stop at a mark of bytes in flight.
 */
final class BulkQueue {
    private static final int SMALLEST_BATCH_BYTES = 64 << 10;
    private static final int GROWTH_STEPS = 16;

    private record Waiting(BulkItem item, long sinceMillis) {}

    private final BulkSettings settings;
    private final Clock clock;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long bytes;
    private int batchBytes;

    BulkQueue(BulkSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.batchBytes = settings.batchBytes();
    }

    void add(BulkItem item) {
        lock.lock();
        try {
            waiting.add(new Waiting(item, clock.millis()));
            bytes += item.bytes();
            if (waiting.size() == 1 || isFull()) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The next batch, when it is due. */
    List<BulkItem> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                Optional<List<BulkItem>> due = poll();
                if (due.isPresent()) {
                    return due.get();
                }
                if (waiting.isEmpty()) {
                    changed.await();
                } else {
                    changed.awaitNanos(TimeUnit.MILLISECONDS.toNanos(1 + millisUntilDue()));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** The next batch; empty if none is due. */
    Optional<List<BulkItem>> poll() {
        lock.lock();
        try {
            if (waiting.isEmpty() || (!isFull() && millisUntilDue() > 0)) {
                return Optional.empty();
            }
            return Optional.of(next());
        } finally {
            lock.unlock();
        }
    }

    /** Elasticsearch is overloaded: batches are half as large from now on. */
    void shrink() {
        lock.lock();
        try {
            batchBytes = Math.max(Math.min(SMALLEST_BATCH_BYTES, settings.batchBytes()), batchBytes / 2);
        } finally {
            lock.unlock();
        }
    }

    /** Elasticsearch took a batch: they may grow a little. */
    void grow() {
        lock.lock();
        try {
            batchBytes =
                    Math.min(settings.batchBytes(), batchBytes + Math.ceilDiv(settings.batchBytes(), GROWTH_STEPS));
        } finally {
            lock.unlock();
        }
    }

    int batchBytes() {
        lock.lock();
        try {
            return batchBytes;
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull() {
        return bytes >= batchBytes || waiting.size() >= settings.batchItems();
    }

    private long millisUntilDue() {
        return waiting.getFirst().sinceMillis() + settings.batchAge().toMillis() - clock.millis();
    }

    private List<BulkItem> next() {
        List<BulkItem> batch = new ArrayList<>();
        long taken = 0;
        while (!waiting.isEmpty() && batch.size() < settings.batchItems()) {
            BulkItem item = waiting.getFirst().item();
            if (!batch.isEmpty() && taken + item.bytes() > batchBytes) {
                break;
            }
            taken += item.bytes();
            batch.add(item);
            waiting.removeFirst();
        }
        bytes -= taken;
        if (!waiting.isEmpty()) {
            changed.signal();
        }
        return batch;
    }
}
