package io.tributary.connect.influx;

import io.tributary.connect.series.MetricSamples;
import io.tributary.connect.series.Rollup;
import io.tributary.connect.series.Sample;
import io.tributary.connect.series.TenantLabel;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.RollupPoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The rows of metric points and rollups.
 *
 * <p>A point has a row for each sample that Prometheus would have (see {@link MetricSamples}): a table per sample name,
 * a tag per label, the field {@code value}. A rollup has a row in {@code <name>_rollup_<window>} at the window's start
 * with a field per number (see {@link Rollup#numbers}); histograms and summaries also have their samples in
 * {@code <name>_rollup_<window>_bucket} (tag {@code le}) or {@code <name>_rollup_<window>_quantile} (tag
 * {@code quantile}). Numbers that are not finite have no row: the line protocol cannot say them.
 *
 * @param tenantLabel keeps tenants apart
 */
public record MetricRows(TenantLabel tenantLabel) {
    /** The point's rows; none if it is stale or no number is finite. */
    public List<Row> of(MetricPoint point) {
        SortedMap<String, String> labels = tenantLabel.add(point.getTenant(), point.getLabels());
        return MetricSamples.of(point, labels).stream()
                .filter(sample -> Double.isFinite(sample.value()))
                .map(sample -> row(sample.name(), sample))
                .toList();
    }

    /** The window's rows; none if no number is finite. */
    public List<Row> of(RollupPoint point) {
        String name = Rollup.name(point);
        SortedMap<String, String> labels = tenantLabel.add(point.getTenant(), point.getLabels());
        List<Row> rows = new ArrayList<>();
        Map<String, Double> fields = new HashMap<>(Rollup.numbers(point));
        fields.values().removeIf(number -> !Double.isFinite(number));
        if (!fields.isEmpty()) {
            rows.add(row(name, labels, fields, point.getWindowStartUnixNano()));
        }
        MetricSamples.ofDistribution(name, labels, point.getWindowStartUnixNano(), point.getValue()).stream()
                .filter(sample -> Double.isFinite(sample.value()))
                .filter(sample ->
                        !sample.name().endsWith("_sum") && !sample.name().endsWith("_count"))
                .map(sample -> row(sample.name().equals(name) ? name + "_quantile" : sample.name(), sample))
                .forEach(rows::add);
        return rows;
    }

    private static Row row(String name, Sample sample) {
        return row(name, sample.labels(), Map.of(ColumnNames.VALUE, sample.value()), sample.unixNano());
    }

    private static Row row(String name, SortedMap<String, String> labels, Map<String, Double> fields, long unixNano) {
        return new Row(ColumnNames.clean(name), ColumnNames.tags(name, labels), fields, unixNano);
    }
}
