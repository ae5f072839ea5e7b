package io.tributary.promql.storage;

import io.tributary.promql.label.Labels;

/** One series of a {@link Storage}. */
public interface Series {

    Labels labels();

    /**
     * Appends the samples of the time, in order of time, at most one for a millisecond. Read anew by each call: nothing
     * needs to be kept decoded.
     *
     * @param from first time, inclusive, in milliseconds since the epoch
     * @param to last time, inclusive
     */
    void read(long from, long to, Samples into);
}
