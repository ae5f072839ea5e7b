package io.tributary.alerts.selection;

import io.tributary.schemas.identity.SeriesId;

/**
 * What was found out of series, so that regular expressions run once for each and not for each sample. Each series has
 * one place in which it can be, and the later one takes it over: bounded without any book-keeping. For one thread.
 *
 * @param <T> what is remembered
 */
public final class SeriesCache<T> {
    private final long[] high;
    private final long[] low;
    private final Object[] values;

    /** For about this many series; the next power of two. */
    public SeriesCache(int series) {
        int places = Math.max(16, Integer.highestOneBit(Math.max(1, series - 1)) << 1);
        high = new long[places];
        low = new long[places];
        values = new Object[places];
    }

    /** What is remembered of the series; null if nothing is. */
    @SuppressWarnings("unchecked") // only put() writes
    public T get(SeriesId series) {
        int place = place(series);
        return high[place] == series.high() && low[place] == series.low() ? (T) values[place] : null;
    }

    /** Remembers it. */
    public void put(SeriesId series, T value) {
        int place = place(series);
        high[place] = series.high();
        low[place] = series.low();
        values[place] = value;
    }

    /** The id is a hash already. */
    private int place(SeriesId series) {
        return (int) series.low() & (values.length - 1);
    }
}
