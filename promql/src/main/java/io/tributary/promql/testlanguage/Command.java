package io.tributary.promql.testlanguage;

import java.util.List;

/** One command of a script. */
public sealed interface Command {

    /** The number of the line where it begins, from 1. */
    int line();

    /** Drops all data. */
    record Clear(int line) implements Command {}

    /**
     * Adds data, the first value of each series at time 0.
     *
     * @param step between values, in milliseconds
     * @param withNativeHistograms whether each classic histogram is added as a native one with custom buckets as well
     */
    record Load(int line, long step, boolean withNativeHistograms, List<SeriesDescription> series) implements Command {
        public Load {
            series = List.copyOf(series);
        }
    }

    /**
     * Runs a query.
     *
     * @param query as written
     */
    record Eval(int line, String query, When when, Expectation expected) implements Command {

        /** As the script has it, without what is expected. */
        @Override
        public String toString() {
            return "eval " + when + " " + query;
        }
    }
}
