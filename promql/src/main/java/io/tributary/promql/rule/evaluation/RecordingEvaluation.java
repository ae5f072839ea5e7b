package io.tributary.promql.rule.evaluation;

import io.tributary.promql.label.Labels;
import io.tributary.promql.rule.RecordingRule;
import io.tributary.promql.value.QueryException;
import io.tributary.promql.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Evaluates one recording rule. */
record RecordingEvaluation(RecordingRule rule, int limit) {

    /** The samples that are recorded. */
    List<Value.Sample> samples(List<Value.Sample> elements) {
        var labels = new HashSet<Labels>();
        var samples = new ArrayList<Value.Sample>(elements.size());
        for (Value.Sample element : elements) {
            var sample =
                    new Value.Sample(labels(element.labels()), element.time(), element.value(), element.histogram());
            if (!labels.add(sample.labels())) {
                throw new QueryException("vector contains metrics with the same labelset after applying rule labels");
            }
            samples.add(sample);
        }
        if (limit > 0 && samples.size() > limit) {
            throw new QueryException("exceeded limit of " + limit + " with " + samples.size() + " series");
        }
        return samples;
    }

    private Labels labels(Labels element) {
        if (rule.labels().isEmpty()) {
            return element.with(Labels.NAME, rule.name());
        }
        var labels = element.toMap();
        labels.put(Labels.NAME, rule.name());
        labels.putAll(rule.labels());
        return Labels.of(labels);
    }
}
