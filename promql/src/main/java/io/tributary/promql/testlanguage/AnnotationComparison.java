package io.tributary.promql.testlanguage;

import io.tributary.promql.value.Annotations;
import io.tributary.promql.value.Annotations.Level;
import java.util.ArrayList;
import java.util.List;

/** Compares the annotations of a query with what is expected; where nothing is, any will do. */
final class AnnotationComparison {

    private final String query;
    private final Annotations annotations;
    private final List<Difference> differences = new ArrayList<>();

    private AnnotationComparison(String query, Annotations annotations) {
        this.query = query;
        this.annotations = annotations;
    }

    static List<Difference> of(Expectation expected, String query, Annotations annotations) {
        var comparison = new AnnotationComparison(query, annotations);
        for (Level level : Level.values()) {
            comparison.compare(expected, level);
        }
        return comparison.differences;
    }

    private void compare(Expectation expected, Level level) {
        List<String> found =
                annotations.of(level).stream().map(one -> one.text(query)).toList();
        List<Expectation.Text> wanted = expected.annotations().stream()
                .filter(one -> one.level() == level)
                .map(Expectation.Annotation::text)
                .toList();
        String kind = level == Level.INFO ? "info" : "warning";
        for (Expectation.Text text : wanted) {
            if (found.stream().noneMatch(text::accepts)) {
                differences.add(new Difference(
                        "the " + kind + " " + text, found.isEmpty() ? "no " + kind : String.join("; ", found)));
            }
        }
        boolean none = expected.without().contains(level);
        for (String text : found) {
            if (none || (!wanted.isEmpty() && wanted.stream().noneMatch(one -> one.accepts(text)))) {
                differences.add(new Difference("no such " + kind, text));
            }
        }
    }
}
