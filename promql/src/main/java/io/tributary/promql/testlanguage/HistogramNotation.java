package io.tributary.promql.testlanguage;

import io.tributary.promql.histogram.Buckets;
import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.histogram.ResetHint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads a native histogram, such as <code>{{schema:1 sum:3 count:22 buckets:[5 10 7]}}</code>. What is not written is
 * 0, or empty.
 */
final class HistogramNotation {

    private static final Pattern WORD = Pattern.compile("[a-z_]+");
    private static final Set<String> NUMBERS =
            Set.of("schema", "sum", "count", "z_bucket", "z_bucket_w", "offset", "n_offset");
    private static final Set<String> LISTS = Set.of("buckets", "n_buckets", "custom_values");
    private static final String HINT = "counter_reset_hint";
    private static final double[] NONE = {};

    private final Cursor cursor;
    private final Map<String, Double> numbers = new HashMap<>();
    private final Map<String, double[]> lists = new HashMap<>();
    private ResetHint hint;

    private HistogramNotation(Cursor cursor) {
        this.cursor = cursor;
    }

    static SeriesValue.Histogram read(Cursor cursor) {
        return new HistogramNotation(cursor).read();
    }

    private SeriesValue.Histogram read() {
        cursor.expect("{{");
        cursor.passBlanks();
        while (!cursor.pass("}}")) {
            readPart();
            if (!cursor.passBlanks() && !cursor.isAt("}}")) {
                throw cursor.unexpected("a blank or \"}}\"");
            }
        }
        try {
            NativeHistogram histogram = build();
            return new SeriesValue.Histogram(hint == null ? histogram : histogram.withHint(hint), hint != null);
        } catch (IllegalArgumentException e) {
            throw cursor.wrong(e.getMessage());
        }
    }

    private void readPart() {
        String key = cursor.pass(WORD);
        if (key == null) {
            throw cursor.unexpected("a word such as count");
        }
        cursor.expect(":");
        if (NUMBERS.contains(key)) {
            numbers.put(key, cursor.number());
        } else if (LISTS.contains(key)) {
            lists.put(key, list());
        } else if (key.equals(HINT)) {
            hint = hint();
        } else {
            throw cursor.wrong(key + " (expected: a part of a histogram, such as count)");
        }
    }

    private double[] list() {
        List<Double> list = new ArrayList<>();
        cursor.expect("[");
        cursor.passBlanks();
        while (!cursor.pass("]")) {
            list.add(cursor.number());
            if (!cursor.passBlanks() && !cursor.isAt("]")) {
                throw cursor.unexpected("a blank or \"]\"");
            }
        }
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private ResetHint hint() {
        String word = cursor.pass(WORD);
        return Arrays.stream(ResetHint.values())
                .filter(one -> word(one).equals(word))
                .findFirst()
                .orElseThrow(() -> cursor.wrong(word + " (expected: "
                        + Arrays.stream(ResetHint.values())
                                .map(HistogramNotation::word)
                                .collect(Collectors.joining(", "))
                        + ")"));
    }

    private static String word(ResetHint hint) {
        return hint == ResetHint.UNKNOWN ? "unknown" : hint.symbol();
    }

    private NativeHistogram build() {
        double count = number("count");
        double sum = number("sum");
        Buckets positive = buckets("offset", "buckets");
        if (whole("schema") == NativeHistogram.CUSTOM_SCHEMA) {
            return NativeHistogram.custom(lists.getOrDefault("custom_values", NONE), count, sum, positive);
        }
        return NativeHistogram.exponential(
                whole("schema"),
                number("z_bucket_w"),
                number("z_bucket"),
                count,
                sum,
                positive,
                buckets("n_offset", "n_buckets"));
    }

    private Buckets buckets(String offset, String counts) {
        return Buckets.of(whole(offset), lists.getOrDefault(counts, NONE));
    }

    private double number(String key) {
        return numbers.getOrDefault(key, 0.0);
    }

    private int whole(String key) {
        double number = number(key);
        if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(key + ": " + number + " (expected: a whole number)");
        }
        return (int) number;
    }
}
