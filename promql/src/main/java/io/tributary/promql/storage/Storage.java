package io.tributary.promql.storage;

import io.tributary.promql.label.Matcher;
import java.util.List;

/** A store of series, as one query sees it: what it returns does not change while the query runs. */
public interface Storage {

    /**
     * The series that fulfil all matchers and may have samples in the time asked for, in any order, each once.
     *
     * @param from first time, inclusive, in milliseconds since the epoch
     * @param to last time, inclusive
     * @param hints what the query will do with them, which a store may use to read less
     * @throws StorageException if it cannot be read
     */
    Iterable<? extends Series> select(List<Matcher> matchers, long from, long to, SelectHints hints);
}
