package io.tributary.metrics.rollup;

import io.tributary.schemas.avro.MetricKind;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the samples of a series combine: the kind of the points together with their temporality and monotonicity. A sum,
 * histogram or summary that tells no temporality is cumulative. State in stores holds the ordinals: add at the end
 * only.
 */
public enum Shape {
    /** A gauge: values are independent of each other. */
    GAUGE(1, MetricKind.GAUGE, Family.SCALAR, false),
    /** A point of unknown kind, treated as a gauge. */
    UNKNOWN(2, MetricKind.UNKNOWN, Family.SCALAR, false),
    /** A cumulative sum that may fall: its values are rolled up like a gauge's. */
    UP_DOWN(3, MetricKind.SUM, Family.SCALAR, false),
    /** Changes of a sum that may fall: their running total is rolled up like a gauge. */
    UP_DOWN_DELTA(4, MetricKind.SUM, Family.SCALAR, true),
    /** A cumulative sum that only grows, or begins again at 0. */
    COUNTER(5, MetricKind.SUM, Family.SCALAR, false),
    /** Growth of a sum that only grows. */
    COUNTER_DELTA(6, MetricKind.SUM, Family.SCALAR, true),
    /** A cumulative histogram with explicit bounds. */
    HISTOGRAM(7, MetricKind.HISTOGRAM, Family.HISTOGRAM, false),
    /** A histogram with explicit bounds of what came since the previous point. */
    HISTOGRAM_DELTA(8, MetricKind.HISTOGRAM, Family.HISTOGRAM, true),
    /** A cumulative exponential histogram. */
    EXPONENTIAL(9, MetricKind.EXPONENTIAL_HISTOGRAM, Family.EXPONENTIAL, false),
    /** An exponential histogram of what came since the previous point. */
    EXPONENTIAL_DELTA(10, MetricKind.EXPONENTIAL_HISTOGRAM, Family.EXPONENTIAL, true),
    /** A summary, whose count and sum are cumulative. */
    SUMMARY(11, MetricKind.SUMMARY, Family.SUMMARY, false);

    /** Which type of value the samples have. */
    public enum Family {
        /** {@link Scalar}. */
        SCALAR,
        /** {@link Histogram}. */
        HISTOGRAM,
        /** {@link ExponentialHistogram}. */
        EXPONENTIAL,
        /** {@link Summary}. */
        SUMMARY
    }

    private static final Map<Integer, Shape> BY_CODE =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Shape::code, Function.identity()));

    private final int code;
    private final MetricKind kind;
    private final Family family;
    private final boolean delta;

    Shape(int code, MetricKind kind, Family family, boolean delta) {
        this.code = code;
        this.kind = kind;
        this.family = family;
        this.delta = delta;
    }

    /** The shape with this code; {@link IllegalArgumentException} if there is none. */
    public static Shape of(int code) {
        Shape shape = BY_CODE.get(code);
        if (shape == null) {
            throw new IllegalArgumentException("shape: " + code + " (expected: 1 to " + BY_CODE.size() + ")");
        }
        return shape;
    }

    /** What stands for the shape in stores: 1 to 127. */
    public int code() {
        return code;
    }

    /** The kind of the points. */
    public MetricKind kind() {
        return kind;
    }

    /** The type of the samples' values. */
    public Family family() {
        return family;
    }

    /** Whether a sample holds what came since the previous one. */
    public boolean isDelta() {
        return delta;
    }

    /** Whether growth is what counts: counters, histograms and summaries that are cumulative. */
    public boolean isDifferenced() {
        return !delta && (family != Family.SCALAR || this == COUNTER);
    }
}
