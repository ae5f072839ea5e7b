package io.tributary.connect.series;

import io.tributary.schemas.avro.ExponentialHistogramValue;
import io.tributary.schemas.avro.HistogramValue;
import io.tributary.schemas.avro.MetricKind;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.SummaryValue;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The samples that Prometheus users expect of a point: one for a number; {@code _bucket} by {@code le}, {@code _sum}
 * and {@code _count} for histograms, exponential ones with the bounds of their buckets; the name itself by
 * {@code quantile}, {@code _sum} and {@code _count} for summaries. Delta points keep their values, as in Prometheus's
 * own handling of OTLP deltas: sum_over_time adds them up. A sum that the source did not tell has no sample.
 */
public final class MetricSamples {
    private static final String BUCKET = "_bucket";
    private static final String SUM = "_sum";
    private static final String COUNT = "_count";
    private static final String LE = "le";
    private static final String QUANTILE = "quantile";

    private final String name;
    private final SortedMap<String, String> labels;
    private final long unixNano;
    private final List<Sample> samples = new ArrayList<>();

    private MetricSamples(String name, SortedMap<String, String> labels, long unixNano) {
        this.name = name;
        this.labels = labels;
        this.unixNano = unixNano;
    }

    /** Samples of the point; none if it has no value (it is stale). */
    public static List<Sample> of(MetricPoint point, SortedMap<String, String> labels) {
        MetricSamples made = new MetricSamples(point.getName(), labels, point.getTimeUnixNano());
        if (point.getValue() instanceof Double number) {
            made.add("", number);
        } else {
            made.distribution(point.getValue());
        }
        return made.samples;
    }

    /**
     * What ends the series of a stale point: samples of the same series with this value. Buckets and quantiles are not
     * known from a point without a value, and end when nothing comes any more.
     */
    public static List<Sample> ends(MetricPoint point, SortedMap<String, String> labels, double value) {
        MetricSamples made = new MetricSamples(point.getName(), labels, point.getTimeUnixNano());
        MetricKind kind = point.getKind();
        if (kind == MetricKind.HISTOGRAM || kind == MetricKind.EXPONENTIAL_HISTOGRAM || kind == MetricKind.SUMMARY) {
            made.add(SUM, value);
            made.add(COUNT, value);
        } else {
            made.add("", value);
        }
        return made.samples;
    }

    /** Samples of a histogram or summary under this name; none for anything else. */
    public static List<Sample> ofDistribution(
            String name, SortedMap<String, String> labels, long unixNano, Object value) {
        MetricSamples made = new MetricSamples(name, labels, unixNano);
        made.distribution(value);
        return made.samples;
    }

    private void distribution(Object value) {
        switch (value) {
            case HistogramValue histogram -> histogram(Buckets.of(histogram), histogram.getSum(), histogram.getCount());
            case ExponentialHistogramValue histogram ->
                histogram(Buckets.of(histogram), histogram.getSum(), histogram.getCount());
            case SummaryValue summary -> summary(summary);
            case null, default -> {}
        }
    }

    private void histogram(List<Buckets> buckets, Double sum, long count) {
        buckets.forEach(bucket -> add(BUCKET, LE, Numbers.text(bucket.bound()), (double) bucket.count()));
        if (sum != null) {
            add(SUM, sum);
        }
        add(COUNT, (double) count);
    }

    private void summary(SummaryValue summary) {
        summary.getQuantiles()
                .forEach(quantile -> add("", QUANTILE, Numbers.text(quantile.getQuantile()), quantile.getValue()));
        add(SUM, summary.getSum());
        add(COUNT, (double) summary.getCount());
    }

    private void add(String suffix, double value) {
        samples.add(new Sample(name + suffix, labels, unixNano, value));
    }

    private void add(String suffix, String label, String labelValue, double value) {
        SortedMap<String, String> more = new TreeMap<>(labels);
        more.put(label, labelValue);
        samples.add(new Sample(name + suffix, more, unixNano, value));
    }
}
