package io.tributary.alerts.evaluation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how long the partition that is furthest is kept waiting by those that are behind and do not catch up. Measured
 * by a clock and not by the times of samples: when a backlog is read, partitions may be hours apart, and are waited for
 * as long as they come nearer.
 *
 * <p>A time in which nobody is heard of, as while Kafka is away, is no waiting: those that are behind had no chance
 * then.
 */
final class Patience {
    private static final int MARKS = 20;
    /** Faster than the clock by this is catching up. */
    private static final double CATCHING_UP = 1.5;

    private record Mark(long waited, Map<Integer, Long> completeUntil) {
        private long furthest() {
            return completeUntil.values().stream()
                    .mapToLong(until -> until)
                    .max()
                    .orElse(Long.MIN_VALUE);
        }
    }

    private final long limitNanos;
    private final Deque<Mark> marks = new ArrayDeque<>();
    /** The clock's time, but without those in which nobody was heard of. */
    private long waited;

    private long notedAt;
    private long allowed = Long.MIN_VALUE;

    Patience(long limitNanos) {
        this.limitNanos = limitNanos;
    }

    /** Notes how far each partition is now. */
    void note(long nanos, Map<Integer, Long> completeUntil) {
        Mark last = marks.peekLast();
        long step = limitNanos / MARKS;
        waited += last == null ? 0 : Math.min(nanos - notedAt, step);
        notedAt = nanos;
        if (last == null || waited - last.waited() >= step) {
            marks.add(new Mark(waited, Map.copyOf(completeUntil)));
        }
        Mark then = null;
        while (!marks.isEmpty() && waited - marks.peekFirst().waited() >= limitNanos) {
            then = marks.poll();
        }
        if (then != null) {
            allowed = Math.max(allowed, Math.min(then.furthest(), slowestThatCatchesUp(then, completeUntil)));
        }
    }

    private long slowestThatCatchesUp(Mark then, Map<Integer, Long> now) {
        double limitMillis = CATCHING_UP * TimeUnit.NANOSECONDS.toMillis(limitNanos);
        return now.entrySet().stream()
                .filter(source ->
                        source.getValue() - then.completeUntil().getOrDefault(source.getKey(), source.getValue())
                                > limitMillis)
                .mapToLong(Map.Entry::getValue)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Up to where nobody is waited for any more; the least number if that is nowhere. */
    long allowed() {
        return allowed;
    }
}
