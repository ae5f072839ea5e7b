package io.tributary.promql.function;

import io.tributary.promql.label.Labels;

/** What functions remark on, in Prometheus's words. */
final class Remarks {

    static final String HISTOGRAMS_IGNORED =
            "ignored histograms in a range containing both floats and histograms for metric name ";
    static final String MIXED_SAMPLES = "encountered a mix of histograms and floats for metric name ";
    static final String MIXED_SCHEMAS =
            "vector contains a mix of histograms with exponential and custom buckets schemas for metric name ";

    static final String RECONCILED_IN_SUBTRACTION = "mismatched custom buckets were reconciled during subtraction";

    static final String NOT_A_COUNTER = "this native histogram metric is not a counter: ";

    static final String NOT_A_GAUGE = "this native histogram metric is not a gauge: ";

    private Remarks() {}

    /** The name of the series' metric in quotes. */
    static String name(Scope scope) {
        return '"' + scope.labels().get(Labels.NAME) + '"';
    }

    /** Remarks on histograms that were summed although they did not fit. */
    static void aggregated(Window window, boolean resetsContradict, boolean boundsReconciled) {
        if (resetsContradict) {
            window.warn("conflicting counter resets during histogram aggregation", 0);
        }
        if (boundsReconciled) {
            window.inform("mismatched custom buckets were reconciled during aggregation", 0);
        }
    }
}
