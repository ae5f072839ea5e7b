package io.tributary.promql.value;

/**
 * The times at which an expression is evaluated: {@code start}, {@code start + interval} and so on, none after
 * {@code end}.
 *
 * @param start first time, in milliseconds since the epoch
 * @param end last time allowed, inclusive; before {@code start}: no step at all
 * @param interval between two times in milliseconds; 0 for a single one
 */
public record Steps(long start, long end, long interval) {

    public static Steps at(long time) {
        return new Steps(time, time, 0);
    }

    public int count() {
        if (end < start) {
            return 0;
        }
        return interval == 0 ? 1 : Math.toIntExact((end - start) / interval + 1);
    }

    /** The time of a step, counted from 0. */
    public long time(int step) {
        return start + step * interval;
    }
}
