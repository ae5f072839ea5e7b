package io.tributary.alerts.evaluation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Bounds how long the partition that is furthest is kept waiting by those that are behind and do not catch up. Measured
 * by a clock and not by the times of samples: when a backlog is read, partitions may be hours apart, and are waited for
 * as long as they come nearer.
 */
final class Patience {
    private static final int MARKS = 20;
    /** Faster than the clock by this is catching up. */
    private static final double CATCHING_UP = 1.5;

    private record Mark(long nanos, Map<Integer, Long> completeUntil) {
        private long furthest() {
            return completeUntil.values().stream()
                    .mapToLong(until -> until)
                    .max()
                    .orElse(Long.MIN_VALUE);
        }
    }

    private final long limitNanos;
    private final Deque<Mark> marks = new ArrayDeque<>();
    private long allowed = Long.MIN_VALUE;

    Patience(long limitNanos) {
        this.limitNanos = limitNanos;
    }

    /** Notes how far each partition is now. */
    void note(long nanos, Map<Integer, Long> completeUntil) {
        Mark last = marks.peekLast();
        if (last == null || nanos - last.nanos() >= limitNanos / MARKS) {
            marks.add(new Mark(nanos, Map.copyOf(completeUntil)));
        }
        Mark then = null;
        while (!marks.isEmpty() && nanos - marks.peekFirst().nanos() >= limitNanos) {
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
