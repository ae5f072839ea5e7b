package io.tributary.promql.testlanguage;

import io.tributary.promql.storage.Samples;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers as the test language reads, prints and compares them. */
final class Numbers {

    /** How far two numbers may be apart, as a part of the sum of their sizes. */
    private static final double TOLERANCE = 1e-6;

    private static final Pattern FORM = Pattern.compile(
            "([+-]?)(?:(0[xX][0-9a-fA-F]+)|((?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)|((?i)inf)|((?i)nan))");

    private Numbers() {}

    /** A number that stands alone, which may be hexadecimal; empty if the text is none. */
    static Optional<Double> read(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        double size;
        if (form.group(2) != null) {
            size = Double.parseDouble(form.group(2) + "p0");
        } else if (form.group(3) != null) {
            size = Double.parseDouble(form.group(3));
        } else {
            size = form.group(4) != null ? Double.POSITIVE_INFINITY : Double.NaN;
        }
        return Optional.of(form.group(1).equals("-") ? -size : size);
    }

    static String print(double value) {
        if (Samples.isStale(value)) {
            return "stale";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? Long.toString((long) value) : Double.toString(value);
    }

    /** Whether they are the same but for rounding. NaN equals NaN, but an ordinary one is not the staleness marker. */
    static boolean almostEqual(double a, double b) {
        if (Samples.isStale(a) || Samples.isStale(b)) {
            return Samples.isStale(a) && Samples.isStale(b);
        }
        if (a == b || (Double.isNaN(a) && Double.isNaN(b))) {
            return true;
        }
        double difference = Math.abs(a - b);
        double sizes = Math.abs(a) + Math.abs(b);
        if (a == 0 || b == 0 || sizes < Double.MIN_NORMAL) {
            return difference < TOLERANCE * Double.MIN_NORMAL;
        }
        return difference / Math.min(sizes, Double.MAX_VALUE) < TOLERANCE;
    }
}
