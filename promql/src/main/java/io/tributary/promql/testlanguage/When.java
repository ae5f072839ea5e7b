package io.tributary.promql.testlanguage;

import io.tributary.promql.Durations;

/** The time or times for which a query is run; all in milliseconds since the epoch. */
public sealed interface When {

    /** One time. */
    record Instant(long time) implements When {
        @Override
        public String toString() {
            return "instant at " + Durations.format(time);
        }
    }

    /**
     * Times from start on.
     *
     * @param end inclusive
     */
    record Range(long start, long end, long step) implements When {

        /** How many times there are. */
        long count() {
            return (end - start) / step + 1;
        }

        @Override
        public String toString() {
            return "range from " + Durations.format(start) + " to " + Durations.format(end) + " step "
                    + Durations.format(step);
        }
    }
}
