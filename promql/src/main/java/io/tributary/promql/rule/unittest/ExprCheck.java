package io.tributary.promql.rule.unittest;

import io.tributary.promql.Durations;
import io.tributary.promql.engine.Engine;
import io.tributary.promql.label.LabelText;
import io.tributary.promql.label.Labels;
import io.tributary.promql.parser.ParseException;
import io.tributary.promql.parser.Parser;
import io.tributary.promql.rule.unittest.UnitTestFile.ExpectedSample;
import io.tributary.promql.rule.unittest.UnitTestFile.ExprTest;
import io.tributary.promql.storage.Storage;
import io.tributary.promql.testlanguage.NotationException;
import io.tributary.promql.testlanguage.SeriesDescription;
import io.tributary.promql.testlanguage.SeriesValue;
import io.tributary.promql.value.NumberText;
import io.tributary.promql.value.QueryException;
import io.tributary.promql.value.Value;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Compares what a query gives with what it is expected to.
 *
 * @param start that times count from, in milliseconds since the epoch
 * @param fuzzy whether numbers may differ by the last bit
 */
record ExprCheck(Engine engine, Storage storage, long start, boolean fuzzy) {

    /** An element; its histogram as text, empty for a number. */
    private record Element(Labels labels, double value, String histogram) {

        @Override
        public String toString() {
            return labels + " " + (histogram.isEmpty() ? NumberText.general(value) : histogram);
        }
    }

    List<String> failures(ExprTest test) {
        String what = "    expr: " + LabelText.quote(test.expr()) + ", time: "
                + Durations.format(test.evalTime().toMillis()) + ",";
        try {
            List<Element> got = got(test);
            List<Element> expected =
                    sorted(test.samples().stream().map(ExprCheck::expected).toList());
            return same(expected, got)
                    ? List.of()
                    : List.of(what + "\n        exp: " + listed(expected) + "\n        got: " + listed(got));
        } catch (ParseException | QueryException | NotationException e) {
            return List.of(what + " err: " + e.getMessage());
        }
    }

    private List<Element> got(ExprTest test) {
        var expr = Parser.parse(test.expr(), engine.options().features());
        long time = start + test.evalTime().toMillis();
        return switch (engine.instant(storage, expr, time).value()) {
            case Value.Vector(List<Value.Sample> samples) ->
                sorted(samples.stream()
                        .map(sample -> sample.histogram() == null
                                ? new Element(sample.labels(), sample.value(), "")
                                : new Element(
                                        sample.labels(), 0, sample.histogram().toTestText()))
                        .toList());
            case Value.Scalar(long at, double value) -> List.of(new Element(Labels.EMPTY, value, ""));
            case Value.Text text -> throw new QueryException("rule result is not a vector or scalar");
            case Value.Matrix matrix -> throw new QueryException("rule result is not a vector or scalar");
        };
    }

    private static Element expected(ExpectedSample sample) {
        Labels labels = sample.labels().isBlank()
                ? Labels.EMPTY
                : SeriesDescription.parse(sample.labels()).labels();
        if (sample.histogram().isEmpty()) {
            return new Element(labels, sample.value(), "");
        }
        List<SeriesValue> values =
                SeriesDescription.parse("{} " + sample.histogram()).values();
        if (values.size() == 1 && values.getFirst() instanceof SeriesValue.Histogram(var histogram, boolean hint)) {
            return new Element(labels, 0, histogram.toTestText());
        }
        throw new QueryException("histogram: " + sample.histogram() + " (expected: one native histogram)");
    }

    private static List<Element> sorted(List<Element> elements) {
        return elements.stream().sorted(Comparator.comparing(Element::labels)).toList();
    }

    private boolean same(List<Element> expected, List<Element> got) {
        if (expected.size() != got.size()) {
            return false;
        }
        for (int i = 0; i < got.size(); i++) {
            Element a = expected.get(i);
            Element b = got.get(i);
            if (!a.labels().equals(b.labels()) || !a.histogram().equals(b.histogram()) || !same(a.value(), b.value())) {
                return false;
            }
        }
        return true;
    }

    private boolean same(double a, double b) {
        return a == b || (fuzzy && (Math.nextUp(a) == b || Math.nextDown(a) == b));
    }

    private static String listed(List<Element> elements) {
        return elements.isEmpty()
                ? "nil"
                : elements.stream().map(Element::toString).collect(Collectors.joining(", "));
    }
}
