package io.tributary.promql.engine;

import io.tributary.promql.ast.Aggregation;
import io.tributary.promql.ast.Span;
import io.tributary.promql.label.LabelText;
import io.tributary.promql.value.Annotations;

/** What an aggregation has to say of histograms that it cannot take, or takes with reservations. */
final class AggregationRemarks {

    private final Annotations annotations;
    private final String operator;
    private final Span whole;
    private final Span input;

    AggregationRemarks(Aggregation aggregation, Annotations annotations) {
        this.annotations = annotations;
        this.operator = aggregation.operator().symbol();
        this.whole = aggregation.span();
        this.input = Trees.unwrap(aggregation.expr()).span();
    }

    void ignored() {
        annotations.inform("ignored histogram in " + operator + " aggregation", input);
    }

    void ignoredInRanking() {
        annotations.inform("ignored histogram in " + operator + " aggregation", whole);
    }

    void mixed() {
        annotations.warn("encountered a mix of histograms and floats for aggregation", input);
    }

    void incompatible(String metric) {
        annotations.warn(
                "vector contains a mix of histograms with exponential and custom buckets schemas for metric name "
                        + LabelText.quote(metric),
                input);
    }

    void reconciled() {
        annotations.inform("mismatched custom buckets were reconciled during aggregation", input);
    }

    void contradictingResets() {
        annotations.warn("conflicting counter resets during histogram aggregation", input);
    }
}
