package io.tributary.promql.testlanguage;

import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.value.Value;
import java.util.List;
import java.util.stream.Collectors;

/** Prints values of queries as a script would write them. */
final class ValueText {

    private ValueText() {}

    static String of(Value value) {
        return switch (value) {
            case Value.Scalar scalar -> "the number " + Numbers.print(scalar.value());
            case Value.Text text -> "the string \"" + text.value() + "\"";
            case Value.Vector(var samples) ->
                all(samples.stream().map(ValueText::of).toList());
            case Value.Matrix(var rows) ->
                all(rows.stream().map(ValueText::timed).toList());
        };
    }

    static String of(Value.Sample sample) {
        return sample.labels() + " " + value(sample.value(), sample.histogram());
    }

    /** With a gap for each time that has no point, and the time of each point that is at none of them. */
    static String of(Value.Row row, When.Range times) {
        boolean aligned = row.points().stream()
                .allMatch(point -> point.time() >= times.start()
                        && point.time() <= times.end()
                        && (point.time() - times.start()) % times.step() == 0);
        if (!aligned) {
            return timed(row);
        }
        var text = new StringBuilder(row.labels().toString());
        int used = 0;
        for (long time = times.start(); time <= times.end(); time += times.step()) {
            boolean there = used < row.points().size() && row.points().get(used).time() == time;
            text.append(' ').append(there ? value(row.points().get(used++)) : "_");
        }
        return text.toString();
    }

    static SeriesValue value(double value, NativeHistogram histogram) {
        return histogram == null ? new SeriesValue.Plain(value) : new SeriesValue.Histogram(histogram, false);
    }

    private static SeriesValue value(Value.Point point) {
        return value(point.value(), point.histogram());
    }

    private static String timed(Value.Row row) {
        return row.points().stream()
                .map(point -> value(point) + " @" + point.time() + "ms")
                .collect(Collectors.joining(" ", row.labels() + " ", ""));
    }

    private static String all(List<String> series) {
        return series.isEmpty() ? "no series" : String.join("; ", series);
    }
}
