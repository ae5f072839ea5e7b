package io.tributary.alerts.rule;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The expression that is evaluated: the samples of the selected series that stand in a relation to a number.
 *
 * @param metric the series' name
 * @param matchers conditions on the other labels; all must hold
 * @param comparison the relation
 * @param bound the number, in the metric's unit
 */
public record Threshold(String metric, List<Matcher> matchers, Comparison comparison, double bound) {

    /** Whether a series of this metric with these labels is selected. */
    public boolean selects(Map<String, String> labels) {
        for (Matcher matcher : matchers) {
            if (!matcher.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the condition holds for a sample. */
    public boolean holds(double sample) {
        return comparison.holds(sample, bound);
    }

    /** The expression in one canonical form. */
    @Override
    public String toString() {
        String conditions = matchers.isEmpty()
                ? ""
                : matchers.stream().map(Matcher::toString).sorted().collect(Collectors.joining(",", "{", "}"));
        return metric + conditions + ' ' + comparison.symbol() + ' ' + GoFloat.format(bound);
    }
}
