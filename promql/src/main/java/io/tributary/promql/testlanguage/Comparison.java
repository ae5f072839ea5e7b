package io.tributary.promql.testlanguage;

import io.tributary.promql.label.Labels;
import io.tributary.promql.testlanguage.Expectation.Result;
import io.tributary.promql.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Compares the value of a query with what is expected, and notes every difference. */
final class Comparison {

    private static final String NOTHING = "nothing";
    private static final SeriesValue GAP = new SeriesValue.Gap();

    private final List<Difference> differences = new ArrayList<>();

    private Comparison() {}

    static List<Difference> of(Result expected, When when, Value value) {
        var comparison = new Comparison();
        switch (expected) {
            case Result.Scalar scalar -> comparison.scalar(scalar.value(), value);
            case Result.Text text -> comparison.text(text.value(), value);
            case Result.Series series -> comparison.series(series, when, value);
        }
        return comparison.differences;
    }

    private void differ(Object expected, Object got) {
        differences.add(new Difference(expected.toString(), got.toString()));
    }

    private void scalar(double expected, Value value) {
        if (!(value instanceof Value.Scalar(long time, double got)) || !Numbers.almostEqual(expected, got)) {
            differ("the number " + Numbers.print(expected), ValueText.of(value));
        }
    }

    private void text(String expected, Value value) {
        if (!(value instanceof Value.Text(long time, String got)) || !got.equals(expected)) {
            differ("the string \"" + expected + "\"", ValueText.of(value));
        }
    }

    private void series(Result.Series expected, When when, Value value) {
        switch (value) {
            case Value.Vector(var samples) -> vector(expected, samples);
            case Value.Matrix(var rows) when when instanceof When.Range range -> matrix(expected, range, rows);
            case Value.Matrix(var rows) when expected.times() != null -> matrix(expected, expected.times(), rows);
            default -> differ(all(expected), ValueText.of(value));
        }
    }

    private static String all(Result.Series expected) {
        return expected.series().isEmpty()
                ? "no series"
                : expected.series().stream().map(SeriesDescription::toString).collect(Collectors.joining("; "));
    }

    private void vector(Result.Series expected, List<Value.Sample> samples) {
        if (expected.times() != null) {
            differ("a range vector", ValueText.of(new Value.Vector(samples)));
            return;
        }
        Map<Labels, SeriesDescription> missing = byLabels(expected);
        List<Labels> order = List.copyOf(missing.keySet());
        for (int i = 0; i < samples.size(); i++) {
            Value.Sample sample = samples.get(i);
            SeriesDescription wanted = missing.remove(sample.labels());
            String got = ValueText.of(sample);
            if (wanted == null) {
                differ("no such series", got);
            } else if (!same(wanted.values().getFirst(), ValueText.value(sample.value(), sample.histogram()))) {
                differ(wanted, got);
            } else if (expected.ordered() && order.indexOf(sample.labels()) != i) {
                differ(
                        wanted + " at position " + (order.indexOf(sample.labels()) + 1),
                        got + " at position " + (i + 1));
            }
        }
        missing.values().forEach(wanted -> differ(wanted, NOTHING));
    }

    private void matrix(Result.Series expected, When.Range times, List<Value.Row> rows) {
        Map<Labels, SeriesDescription> missing = byLabels(expected);
        Labels previous = null;
        for (Value.Row row : rows) {
            SeriesDescription wanted = missing.remove(row.labels());
            String got = ValueText.of(row, times);
            if (previous != null && previous.compareTo(row.labels()) > 0) {
                differ("series sorted by labels", row.labels() + " after " + previous);
            }
            if (wanted == null) {
                differ("no such series", got);
            } else if (!samePoints(wanted, times, row)) {
                differ(wanted, got);
            }
            previous = row.labels();
        }
        missing.values().forEach(wanted -> differ(wanted, NOTHING));
    }

    private static boolean samePoints(SeriesDescription wanted, When.Range times, Value.Row row) {
        int used = 0;
        for (int i = 0; i < times.count(); i++) {
            long time = times.start() + i * times.step();
            Value.Point point = used < row.points().size() ? row.points().get(used) : null;
            boolean there = point != null && point.time() == time;
            SeriesValue value = i < wanted.values().size() ? wanted.values().get(i) : GAP;
            if (!same(value, there ? ValueText.value(point.value(), point.histogram()) : GAP)) {
                return false;
            }
            used += there ? 1 : 0;
        }
        return used == row.points().size();
    }

    private static boolean same(SeriesValue wanted, SeriesValue got) {
        return switch (wanted) {
            case SeriesValue.Gap gap -> got instanceof SeriesValue.Gap;
            case SeriesValue.Plain(double value) ->
                got instanceof SeriesValue.Plain(double number) && Numbers.almostEqual(value, number);
            case SeriesValue.Histogram(var histogram, boolean hintWritten) ->
                got instanceof SeriesValue.Histogram(var other, boolean ignored)
                        && HistogramComparison.same(histogram, other)
                        && (!hintWritten || histogram.hint() == other.hint());
        };
    }

    private static Map<Labels, SeriesDescription> byLabels(Result.Series expected) {
        Map<Labels, SeriesDescription> byLabels = new LinkedHashMap<>();
        expected.series().forEach(one -> byLabels.put(one.labels(), one));
        return byLabels;
    }
}
