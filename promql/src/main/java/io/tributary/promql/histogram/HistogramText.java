package io.tributary.promql.histogram;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The two texts of a histogram: for people, and for tests. */
final class HistogramText {

    private HistogramText() {}

    static String plain(NativeHistogram h) {
        var parts = new ArrayList<String>();
        parts.add("count:" + number(h.count()));
        parts.add("sum:" + number(h.sum()));
        for (var bucket : h.buckets()) {
            if (bucket.count() != 0) {
                parts.add(bucket.toString());
            }
        }
        return "{" + String.join(", ", parts) + "}";
    }

    static String test(NativeHistogram h) {
        var parts = new ArrayList<String>();
        if (h.schema() != 0) {
            parts.add("schema:" + h.schema());
        }
        addUnlessZero(parts, "count:", h.count());
        addUnlessZero(parts, "sum:", h.sum());
        addUnlessZero(parts, "z_bucket:", h.zeroCount());
        addUnlessZero(parts, "z_bucket_w:", h.zeroThreshold());
        if (h.usesCustomBuckets()) {
            parts.add("custom_values:"
                    + h.customBounds().stream().map(HistogramText::number).collect(Collectors.joining(" ", "[", "]")));
        }
        if (h.hint() != ResetHint.UNKNOWN) {
            parts.add("counter_reset_hint:" + h.hint().symbol());
        }
        addBuckets(parts, "", h.positive().compact());
        addBuckets(parts, "n_", h.negative().compact());
        return "{{" + String.join(" ", parts) + "}}";
    }

    private static void addUnlessZero(List<String> parts, String key, double value) {
        if (value != 0) {
            parts.add(key + number(value));
        }
    }

    private static void addBuckets(List<String> parts, String side, Buckets buckets) {
        if (buckets.size() == 0) {
            return;
        }
        if (buckets.index(0) != 0) {
            parts.add(side + "offset:" + buckets.index(0));
        }
        var counts = new ArrayList<String>();
        for (int i = 0; i < buckets.size(); i++) {
            for (int gap = i == 0 ? 0 : buckets.index(i) - buckets.index(i - 1) - 1; gap > 0; gap--) {
                counts.add("0");
            }
            counts.add(number(buckets.count(i)));
        }
        parts.add(side + "buckets:[" + String.join(" ", counts) + "]");
    }

    /**
     * The shortest text that is read as the same number, with an exponent below 10^-4 and from 10^6 on, as Go's %g has
     * it.
     */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        var decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (exponent >= -4 && exponent < 6) {
            return decimal.toPlainString();
        }
        var digits = decimal.unscaledValue().abs().toString();
        return (value < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + "e%s%02d".formatted(exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
