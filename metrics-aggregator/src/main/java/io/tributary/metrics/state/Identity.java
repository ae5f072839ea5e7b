package io.tributary.metrics.state;

import io.tributary.schemas.avro.MetricPoint;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whose rollups they are.
 *
 * @param tenant of the series
 * @param name of the series
 * @param labels of the series by name, without those that are empty
 * @param unit by UCUM, as the first point told it; empty when it told none
 */
public record Identity(String tenant, String name, Map<String, String> labels, String unit) {
    static byte[] encode(MetricPoint point) {
        TreeMap<String, String> labels = new TreeMap<>(point.getLabels());
        labels.values().removeIf(String::isEmpty);
        StateWriter out = new StateWriter()
                .putText(point.getTenant())
                .putText(point.getName())
                .putText(point.getUnit())
                .putLong(labels.size());
        labels.forEach((name, value) -> out.putText(name).putText(value));
        return out.toBytes();
    }

    static Identity decode(byte[] bytes) {
        StateReader in = new StateReader(bytes);
        String tenant = in.takeText();
        String name = in.takeText();
        String unit = in.takeText();
        Map<String, String> labels = new TreeMap<>();
        for (long left = in.takeLong(); left > 0; left--) {
            labels.put(in.takeText(), in.takeText());
        }
        return new Identity(tenant, name, labels, unit);
    }
}
