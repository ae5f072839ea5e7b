package io.tributary.connect.influx;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.connect.series.TenantLabel;
import io.tributary.schemas.avro.GaugeRollup;
import io.tributary.schemas.avro.HistogramValue;
import io.tributary.schemas.avro.MetricKind;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.QuantileValue;
import io.tributary.schemas.avro.RollupPoint;
import io.tributary.schemas.avro.SummaryValue;
import io.tributary.schemas.sample.SampleData;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MetricRowsTest {
    private final MetricRows rows = new MetricRows(new TenantLabel("tenant"));

    @Test
    void aNumberIsOneRow() {
        MetricPoint point = SampleData.gauge("temp", Map.of("room", "a", "empty", ""), 1, 20.5);
        assertThat(rows.of(point))
                .containsExactly(new Row(
                        "temp", new TreeMap<>(Map.of("room", "a")), Map.of("value", 20.5), SampleData.nanos(1)));
    }

    @Test
    void whatIsNotANumberHasNoRow() {
        MetricPoint stale = SampleData.gauge("temp", Map.of("room", "a"), 1, 1);
        stale.setValue(null);
        assertThat(rows.of(stale)).isEmpty();
        assertThat(rows.of(SampleData.gauge("temp", Map.of(), 1, Double.NaN))).isEmpty();
        assertThat(rows.of(SampleData.gauge("temp", Map.of(), 1, Double.NEGATIVE_INFINITY)))
                .isEmpty();
    }

    @Test
    void aHistogramHasBucketsSumAndCount() {
        MetricPoint point = SampleData.gauge("size", Map.of("a", "b"), 1, 0);
        point.setValue(HistogramValue.newBuilder()
                .setCount(6)
                .setSum(Double.NaN)
                .setExplicitBounds(List.of(1.0))
                .setBucketCounts(List.of(2L, 4L))
                .build());
        assertThat(rows.of(point))
                .extracting(row -> row.table() + row.tags() + row.fields())
                .containsExactly(
                        "size_bucket{a=b, le=1}{value=2.0}",
                        "size_bucket{a=b, le=+Inf}{value=6.0}",
                        "size_count{a=b}{value=6.0}");
    }

    @Test
    void aSummaryHasItsQuantiles() {
        MetricPoint point = SampleData.gauge("gc", Map.of(), 1, 0);
        point.setValue(new SummaryValue(3L, 1.5, List.of(new QuantileValue(0.5, 0.4), new QuantileValue(1.0, 0.9))));
        assertThat(rows.of(point))
                .extracting(row -> row.table() + row.tags() + row.fields())
                .containsExactly(
                        "gc{quantile=0.5}{value=0.4}",
                        "gc{quantile=1}{value=0.9}",
                        "gc_sum{}{value=1.5}",
                        "gc_count{}{value=3.0}");
    }

    @Test
    void aRollupIsARowAtItsWindowsStartNamedByItsLength() {
        RollupPoint gauge = rollup(60_000_000_000L, new GaugeRollup(1.0, 3.0, 4.0, 2.0));
        assertThat(rows.of(gauge))
                .containsExactly(new Row(
                        "temp_rollup_1m",
                        new TreeMap<>(Map.of("room", "a")),
                        Map.of("min", 1.0, "max", 3.0, "sum", 4.0, "count", 2.0, "last", 2.0),
                        120_000_000_000L));
        RollupPoint histogram = rollup(
                90_000_000_000L,
                HistogramValue.newBuilder()
                        .setCount(2)
                        .setSum(3.0)
                        .setExplicitBounds(List.of(1.0))
                        .setBucketCounts(List.of(1L, 1L))
                        .build());
        assertThat(rows.of(histogram))
                .extracting(Row::table)
                .containsExactly("temp_rollup_90s", "temp_rollup_90s_bucket", "temp_rollup_90s_bucket");
        RollupPoint summary =
                rollup(3_600_000_000_000L, new SummaryValue(2L, 3.0, List.of(new QuantileValue(0.5, 1.0))));
        assertThat(rows.of(summary))
                .extracting(Row::table)
                .containsExactly("temp_rollup_1h", "temp_rollup_1h_quantile");
    }

    private static RollupPoint rollup(long length, Object value) {
        return RollupPoint.newBuilder()
                .setName("temp")
                .setLabels(Map.of("room", "a"))
                .setKind(MetricKind.GAUGE)
                .setWindowStartUnixNano(120_000_000_000L)
                .setWindowNanos(length)
                .setCount(2)
                .setLastTimeUnixNano(130_000_000_000L)
                .setValue(value)
                .build();
    }
}
