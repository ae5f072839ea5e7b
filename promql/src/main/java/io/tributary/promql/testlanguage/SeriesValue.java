package io.tributary.promql.testlanguage;

import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.storage.Samples;

/** What a series description says of one step. Printed as it is written there. */
public sealed interface SeriesValue {

    /** No sample. */
    record Gap() implements SeriesValue {
        @Override
        public String toString() {
            return "_";
        }
    }

    /**
     * A plain number.
     *
     * @param value may be {@link Samples#STALE}; of start timestamps, milliseconds from the sample's time
     */
    record Plain(double value) implements SeriesValue {
        @Override
        public String toString() {
            return Numbers.print(value);
        }
    }

    /**
     * A native histogram.
     *
     * @param hintWritten whether its counter reset hint was written, and is thus expected where it is expected
     */
    record Histogram(NativeHistogram histogram, boolean hintWritten) implements SeriesValue {
        @Override
        public String toString() {
            return histogram.toTestText();
        }
    }
}
