package io.tributary.alerts.rule;

import io.tributary.schemas.avro.ExponentialHistogramValue;
import io.tributary.schemas.avro.HistogramValue;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.QuantileValue;
import io.tributary.schemas.avro.SummaryValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A part of a point that has a series of its own in Prometheus's classic form. Prometheus: exposition formats,
 * "Histograms and summaries".
 */
public enum Component {
    /** The value of a gauge or sum, or the quantiles of a summary by label {@code quantile}. */
    VALUE(""),
    /** How many values a histogram or summary recorded. */
    COUNT("_count"),
    /** Their sum. */
    SUM("_sum"),
    /** The cumulative buckets of a histogram with explicit bounds, by label {@code le}. */
    BUCKET("_bucket");

    /**
     * A value of a series.
     *
     * @param labels the series' labels without its name
     * @param value the value; empty when the source says that there is none now
     */
    public record Sample(Map<String, String> labels, OptionalDouble value) {
        private static Sample of(Map<String, String> labels, double value) {
            return new Sample(labels, OptionalDouble.of(value));
        }
    }

    private final String suffix;

    Component(String suffix) {
        this.suffix = suffix;
    }

    /** What is put after the metric's name. */
    public String suffix() {
        return suffix;
    }

    /**
     * The samples of this component in a point; none if the point has no such component. A stale point has a sample
     * without a value under its own labels.
     */
    public List<Sample> samples(MetricPoint point) {
        Map<String, String> labels = point.getLabels();
        return switch (point.getValue()) {
            case null -> List.of(new Sample(labels, OptionalDouble.empty()));
            case Double number -> this == VALUE ? List.of(Sample.of(labels, number)) : List.of();
            case HistogramValue histogram -> histogram(labels, histogram);
            case ExponentialHistogramValue histogram -> total(labels, histogram.getCount(), histogram.getSum());
            case SummaryValue summary -> summary(labels, summary);
            default -> List.of();
        };
    }

    private List<Sample> histogram(Map<String, String> labels, HistogramValue histogram) {
        return this == BUCKET ? buckets(labels, histogram) : total(labels, histogram.getCount(), histogram.getSum());
    }

    private List<Sample> total(Map<String, String> labels, long count, Double sum) {
        if (this == COUNT) {
            return List.of(Sample.of(labels, (double) count));
        }
        return this == SUM && sum != null ? List.of(Sample.of(labels, sum)) : List.of();
    }

    private List<Sample> summary(Map<String, String> labels, SummaryValue summary) {
        if (this != VALUE) {
            return total(labels, summary.getCount(), summary.getSum());
        }
        List<Sample> samples = new ArrayList<>();
        for (QuantileValue quantile : summary.getQuantiles()) {
            samples.add(Sample.of(with(labels, "quantile", quantile.getQuantile()), quantile.getValue()));
        }
        return samples;
    }

    private static List<Sample> buckets(Map<String, String> labels, HistogramValue histogram) {
        List<Sample> samples = new ArrayList<>();
        long cumulative = 0;
        for (int i = 0; i < histogram.getExplicitBounds().size(); i++) {
            cumulative += histogram.getBucketCounts().get(i);
            samples.add(
                    Sample.of(with(labels, "le", histogram.getExplicitBounds().get(i)), (double) cumulative));
        }
        samples.add(Sample.of(with(labels, "le", Double.POSITIVE_INFINITY), (double) histogram.getCount()));
        return samples;
    }

    private static Map<String, String> with(Map<String, String> labels, String name, double number) {
        Map<String, String> all = new HashMap<>(labels);
        all.put(name, GoFloat.format(number));
        return all;
    }
}
