package io.tributary.promql.engine;

import io.tributary.promql.value.Column;

/** Combines the series of a group at each step, one series after the other. */
interface Accumulator {

    void add(Column column);

    /** Puts the result of each step into a column in which there is nothing yet. */
    void result(Column out);
}
