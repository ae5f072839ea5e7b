package io.tributary.connect.series;

import io.tributary.schemas.avro.ExponentialHistogramValue;
import io.tributary.schemas.avro.GaugeRollup;
import io.tributary.schemas.avro.HistogramValue;
import io.tributary.schemas.avro.RollupPoint;
import io.tributary.schemas.avro.SumRollup;
import io.tributary.schemas.avro.SummaryValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;

/** What a rolled-up window is called and which single numbers it has. */
public final class Rollup {
    private static final SequencedMap<String, TimeUnit> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("d", TimeUnit.DAYS);
        UNITS.put("h", TimeUnit.HOURS);
        UNITS.put("m", TimeUnit.MINUTES);
        UNITS.put("s", TimeUnit.SECONDS);
        UNITS.put("ms", TimeUnit.MILLISECONDS);
        UNITS.put("us", TimeUnit.MICROSECONDS);
        UNITS.put("ns", TimeUnit.NANOSECONDS);
    }

    private Rollup() {}

    /** The name of the series over windows of this length, such as {@code http_requests_rollup_1m}. */
    public static String name(RollupPoint point) {
        return point.getName() + "_rollup_" + text(point.getWindowNanos());
    }

    /**
     * The numbers of the window by name: gauges have min, max, sum, count and last; counters increase, resets, last and
     * count; histograms and summaries count and, where told, sum, min and max. Here {@code count} counts points for the
     * first two and recorded values for the others.
     */
    public static Map<String, Double> numbers(RollupPoint point) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        switch (point.getValue()) {
            case GaugeRollup gauge -> {
                numbers.put("min", gauge.getMin());
                numbers.put("max", gauge.getMax());
                numbers.put("sum", gauge.getSum());
                numbers.put("count", (double) point.getCount());
                numbers.put("last", gauge.getLast());
            }
            case SumRollup sum -> {
                numbers.put("increase", sum.getIncrease());
                numbers.put("resets", (double) sum.getResets());
                numbers.put("count", (double) point.getCount());
                numbers.put("last", sum.getLast());
            }
            case HistogramValue histogram ->
                distribution(numbers, histogram.getCount(), histogram.getSum(), histogram.getMin(), histogram.getMax());
            case ExponentialHistogramValue histogram ->
                distribution(numbers, histogram.getCount(), histogram.getSum(), histogram.getMin(), histogram.getMax());
            case SummaryValue summary -> distribution(numbers, summary.getCount(), summary.getSum(), null, null);
            default ->
                throw new IllegalArgumentException(
                        "value: " + point.getValue().getClass().getSimpleName() + " (expected: a rollup)");
        }
        return numbers;
    }

    private static void distribution(Map<String, Double> numbers, long count, Double sum, Double min, Double max) {
        numbers.put("count", (double) count);
        if (sum != null) {
            numbers.put("sum", sum);
        }
        if (min != null) {
            numbers.put("min", min);
        }
        if (max != null) {
            numbers.put("max", max);
        }
    }

    /** A length in the largest unit that divides it. */
    private static String text(long nanos) {
        for (Map.Entry<String, TimeUnit> unit : UNITS.entrySet()) {
            long length = unit.getValue().toNanos(1);
            if (nanos % length == 0) {
                return nanos / length + unit.getKey();
            }
        }
        throw new IllegalStateException("every length is a number of nanoseconds");
    }
}
