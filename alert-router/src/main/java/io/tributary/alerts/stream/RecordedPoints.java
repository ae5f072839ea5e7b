package io.tributary.alerts.stream;

import io.tributary.promql.label.Labels;
import io.tributary.promql.storage.Samples;
import io.tributary.promql.value.Value;
import io.tributary.schemas.avro.MetricKind;
import io.tributary.schemas.avro.MetricPoint;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What rules wrote as points of the metrics topic. The same evaluation makes the same points. */
final class RecordedPoints {
    private RecordedPoints() {}

    /**
     * The point of a sample; empty for a native histogram: rules make fractions of counts, and a point has whole ones.
     */
    static Optional<MetricPoint> of(String tenant, Value.Sample sample) {
        if (sample.histogram() != null) {
            return Optional.empty();
        }
        Map<String, String> labels = sample.labels().toMap();
        String name = labels.remove(Labels.NAME);
        return Optional.of(MetricPoint.newBuilder()
                .setTenant(tenant)
                .setName(name)
                .setLabels(labels)
                .setKind(MetricKind.GAUGE)
                .setTimeUnixNano(TimeUnit.MILLISECONDS.toNanos(sample.time()))
                .setValue(Samples.isStale(sample.value()) ? null : (Double) sample.value())
                .build());
    }
}
