package io.tributary.promql.value;

import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.label.Labels;
import java.util.List;

/** The result of a query. */
public sealed interface Value {

    /**
     * A number.
     *
     * @param time in milliseconds since the epoch
     */
    record Scalar(long time, double value) implements Value {}

    /**
     * A string.
     *
     * @param time in milliseconds since the epoch
     */
    record Text(long time, String value) implements Value {}

    /** Elements of one time, in the order that the query asks for, or in none. */
    record Vector(List<Sample> samples) implements Value {}

    /** Series of several times, sorted by labels. */
    record Matrix(List<Row> rows) implements Value {}

    /**
     * One element of an instant vector.
     *
     * @param time in milliseconds since the epoch
     * @param value the number; of a histogram, of no meaning
     * @param histogram null if the element is a number
     */
    record Sample(Labels labels, long time, double value, NativeHistogram histogram) {}

    /** One series of a matrix: its points in order of time. */
    record Row(Labels labels, List<Point> points) {}

    /**
     * One point of a series.
     *
     * @param time in milliseconds since the epoch
     * @param value the number; of a histogram, of no meaning
     * @param histogram null if the point is a number
     */
    record Point(long time, double value, NativeHistogram histogram) {}
}
