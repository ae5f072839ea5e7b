package io.tributary.connect.remotewrite;

import io.tributary.connect.series.MetricSamples;
import io.tributary.connect.series.Rollup;
import io.tributary.connect.series.Sample;
import io.tributary.connect.series.TenantLabel;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.RollupPoint;
import io.tributary.schemas.failure.RejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;

/**
 * What remote write sends for metric points and rollups.
 *
 * <p>A point has its Prometheus samples ({@link MetricSamples}); a stale point has stale markers. A rollup has a series
 * for each number, {@code <name>_rollup_<window>_<number>}, and the buckets of histograms as
 * {@code <name>_rollup_<window>_bucket}; their time is the window's start.
 *
 * @param tenantLabel keeps tenants apart
 */
record MetricPoints(TenantLabel tenantLabel) {
    /** Of a point; {@link RejectedException} if Prometheus allows no such names. */
    List<SeriesPoint> of(MetricPoint point) {
        SortedMap<String, String> labels = tenantLabel.add(point.getTenant(), point.getLabels());
        return encode(
                point.getValue() == null
                        ? MetricSamples.ends(point, labels, WriteRequest.STALE)
                        : MetricSamples.of(point, labels));
    }

    /** Of a rollup; {@link RejectedException} if Prometheus allows no such names. */
    List<SeriesPoint> of(RollupPoint point) {
        String name = Rollup.name(point);
        long start = point.getWindowStartUnixNano();
        SortedMap<String, String> labels = tenantLabel.add(point.getTenant(), point.getLabels());
        List<Sample> samples = new ArrayList<>();
        Rollup.numbers(point)
                .forEach((number, value) -> samples.add(new Sample(name + '_' + number, labels, start, value)));
        MetricSamples.ofDistribution(name, labels, start, point.getValue()).stream()
                .filter(sample ->
                        !sample.name().equals(name + "_sum") && !sample.name().equals(name + "_count"))
                .forEach(samples::add);
        return encode(samples);
    }

    private static List<SeriesPoint> encode(List<Sample> samples) {
        return samples.stream()
                .map(sample -> new SeriesPoint(
                        Series.of(sample), TimeUnit.NANOSECONDS.toMillis(sample.unixNano()), sample.value()))
                .toList();
    }
}
