package io.tributary.promql.engine;

import io.tributary.promql.value.Column;

/** {@code count}; and {@code group}, which is 1 where anything is. */
final class Count implements Accumulator {

    private final int[] counts;
    private final boolean asOne;

    Count(int steps, boolean asOne) {
        this.counts = new int[steps];
        this.asOne = asOne;
    }

    @Override
    public void add(Column column) {
        for (int step = 0; step < counts.length; step++) {
            if (column.has(step)) {
                counts[step]++;
            }
        }
    }

    @Override
    public void result(Column out) {
        for (int step = 0; step < counts.length; step++) {
            if (counts[step] > 0) {
                out.set(step, asOne ? 1 : counts[step]);
            }
        }
    }
}
