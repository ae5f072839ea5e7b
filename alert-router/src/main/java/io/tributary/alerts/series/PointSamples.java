package io.tributary.alerts.series;

import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.label.Labels;
import io.tributary.promql.storage.Samples;
import io.tributary.promql.value.NumberText;
import io.tributary.schemas.avro.ExponentialHistogramValue;
import io.tributary.schemas.avro.HistogramValue;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.QuantileValue;
import io.tributary.schemas.avro.SummaryValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A point as the samples that Prometheus would have of it: a number as one series; a histogram with explicit bounds and
 * a summary as their classic series, see "Exposition formats", section "Histograms and summaries"; an exponential
 * histogram as a native one.
 */
public final class PointSamples {
    private static final String BUCKET = "_bucket";
    private static final String COUNT = "_count";
    private static final String SUM = "_sum";

    /**
     * A sample of a series.
     *
     * @param labels with the metric's name
     * @param value the number, or {@link Samples#STALE}; of a histogram, its sum
     * @param histogram null if the sample is a number
     */
    public record Sample(Labels labels, double value, NativeHistogram histogram) {}

    private PointSamples() {}

    /**
     * The samples of the point. One that only says that there is none now gives such a sample for the metric itself and
     * for its sum and count; what buckets or quantiles it had, it does not say: see {@link #isStaleFamily}.
     */
    public static List<Sample> of(MetricPoint point) {
        return switch (point.getValue()) {
            case null -> stale(point);
            case Double number -> List.of(new Sample(labels(point, ""), number, null));
            case HistogramValue histogram -> histogram(point, histogram);
            case ExponentialHistogramValue histogram -> {
                NativeHistogram made = NativeHistograms.of(histogram);
                yield List.of(new Sample(labels(point, ""), made.sum(), made));
            }
            case SummaryValue summary -> summary(point, summary);
            default ->
                throw new IllegalStateException(
                        "value of a point: " + point.getValue().getClass());
        };
    }

    /** Whether the point says of a metric of several series that there is none now. */
    public static boolean isStaleFamily(MetricPoint point) {
        return point.getValue() == null
                && switch (point.getKind()) {
                    case HISTOGRAM, SUMMARY -> true;
                    default -> false;
                };
    }

    /** Whether the series is one of those that points with this metric and labels have. */
    public static boolean isOfFamily(MetricPoint point, Labels series) {
        String name = series.get(Labels.NAME);
        boolean named = name.equals(point.getName()) || name.equals(point.getName() + BUCKET);
        return named && series.drop(List.of(Labels.NAME, "le", "quantile")).equals(Labels.of(point.getLabels()));
    }

    /** Names of the metrics whose series {@link #isOfFamily} may be true of. */
    public static List<String> familyNames(MetricPoint point) {
        return List.of(point.getName(), point.getName() + BUCKET);
    }

    private static List<Sample> stale(MetricPoint point) {
        List<Sample> samples = new ArrayList<>();
        samples.add(new Sample(labels(point, ""), Samples.STALE, null));
        if (isStaleFamily(point)) {
            samples.add(new Sample(labels(point, COUNT), Samples.STALE, null));
            samples.add(new Sample(labels(point, SUM), Samples.STALE, null));
        }
        return samples;
    }

    private static List<Sample> histogram(MetricPoint point, HistogramValue histogram) {
        List<Sample> samples = new ArrayList<>();
        long cumulative = 0;
        for (int i = 0; i < histogram.getExplicitBounds().size(); i++) {
            cumulative += histogram.getBucketCounts().get(i);
            String bound = NumberText.plain(histogram.getExplicitBounds().get(i));
            samples.add(new Sample(labels(point, BUCKET, "le", bound), cumulative, null));
        }
        samples.add(new Sample(labels(point, BUCKET, "le", "+Inf"), histogram.getCount(), null));
        addTotals(point, histogram.getCount(), histogram.getSum(), samples);
        return samples;
    }

    private static List<Sample> summary(MetricPoint point, SummaryValue summary) {
        List<Sample> samples = new ArrayList<>();
        for (QuantileValue quantile : summary.getQuantiles()) {
            String name = NumberText.plain(quantile.getQuantile());
            samples.add(new Sample(labels(point, "", "quantile", name), quantile.getValue(), null));
        }
        addTotals(point, summary.getCount(), summary.getSum(), samples);
        return samples;
    }

    private static void addTotals(MetricPoint point, long count, Double sum, List<Sample> samples) {
        samples.add(new Sample(labels(point, COUNT), count, null));
        if (sum != null) {
            samples.add(new Sample(labels(point, SUM), sum, null));
        }
    }

    private static Labels labels(MetricPoint point, String suffix, String... more) {
        Map<String, String> labels = point.getLabels();
        String[] pairs = new String[2 * labels.size() + 2 + more.length];
        int size = 0;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            pairs[size++] = label.getKey();
            pairs[size++] = label.getValue();
        }
        pairs[size++] = Labels.NAME;
        pairs[size++] = point.getName() + suffix;
        System.arraycopy(more, 0, pairs, size, more.length);
        return Labels.of(pairs);
    }
}
