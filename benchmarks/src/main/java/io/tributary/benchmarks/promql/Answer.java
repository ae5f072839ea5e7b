package io.tributary.benchmarks.promql;

import io.tributary.promql.label.LabelText;
import io.tributary.promql.label.Labels;
import io.tributary.promql.value.NumberText;
import io.tributary.promql.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a query gave, to be compared.
 *
 * @param series the points of each, by time in milliseconds
 */
record Answer(Map<Labels, Map<Long, Double>> series) {

    /** How far two numbers may be apart, as a part of the larger: rounding of sums in another order. */
    private static final double TOLERANCE = 1e-9;

    static Answer of(Value value) {
        var all = new HashMap<Labels, Map<Long, Double>>();
        switch (value) {
            case Value.Vector(var samples) ->
                samples.forEach(sample -> all.put(sample.labels(), Map.of(sample.time(), sample.value())));
            case Value.Matrix(var rows) ->
                rows.forEach(row -> {
                    var points = new HashMap<Long, Double>();
                    row.points().forEach(point -> points.put(point.time(), point.value()));
                    all.put(row.labels(), points);
                });
            case Value.Scalar _, Value.Text _ -> throw new IllegalArgumentException("no vector");
        }
        return new Answer(all);
    }

    /** Of Prometheus's API. */
    static Answer read(InputStream json) throws IOException {
        var all = new HashMap<Labels, Map<Long, Double>>();
        try (json) {
            for (JsonNode element : JsonMapper.shared().readTree(json).at("/data/result")) {
                var labels = new HashMap<String, String>();
                element.get("metric")
                        .properties()
                        .forEach(label ->
                                labels.put(label.getKey(), label.getValue().asString()));
                var points = new HashMap<Long, Double>();
                Iterable<JsonNode> values =
                        element.has("value") ? List.of(element.get("value")) : element.get("values");
                for (JsonNode point : values) {
                    points.put(
                            Math.round(point.get(0).asDouble() * 1000),
                            Double.parseDouble(point.get(1).asString().replace("Inf", "Infinity")));
                }
                all.put(Labels.of(labels), points);
            }
        }
        return new Answer(all);
    }

    int points() {
        return series.values().stream().mapToInt(Map::size).sum();
    }

    /** Its values at each time, told apart by their order only. */
    Answer withoutLabels() {
        var values = new TreeMap<Long, List<Double>>();
        series.values()
                .forEach(points -> points.forEach((time, value) ->
                        values.computeIfAbsent(time, _ -> new ArrayList<>()).add(value)));
        var all = new HashMap<Labels, Map<Long, Double>>();
        values.forEach((time, some) -> {
            some.sort(Double::compare);
            for (int i = 0; i < some.size(); i++) {
                all.computeIfAbsent(Labels.of("place", "" + i), _ -> new HashMap<>())
                        .put(time, some.get(i));
            }
        });
        return new Answer(all);
    }

    /** The first difference; null if there is none. */
    String differenceFrom(Answer other) {
        if (!series.keySet().equals(other.series.keySet())) {
            return series.size() + " series, and " + other.series.size() + ", or others";
        }
        for (Labels labels : series.keySet()) {
            var some = series.get(labels);
            var others = other.series.get(labels);
            if (!some.keySet().equals(others.keySet())) {
                return labels + ": " + some.size() + " points, and " + others.size();
            }
            for (Long time : some.keySet()) {
                double a = some.get(time);
                double b = others.get(time);
                if (Double.compare(a, b) != 0 && !(Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b)))) {
                    return labels + " at " + time + ": " + a + ", and " + b;
                }
            }
        }
        return null;
    }

    /** The value as Prometheus's API writes it, so that both sides do the same work. */
    static void write(Value value, StringBuilder out) {
        out.append('[');
        switch (value) {
            case Value.Vector(var samples) ->
                samples.forEach(sample -> {
                    writeLabels(sample.labels(), out);
                    writePoint(sample.time(), sample.value(), out.append(",\"value\":"));
                    out.append("},");
                });
            case Value.Matrix(var rows) ->
                rows.forEach(row -> {
                    writeLabels(row.labels(), out);
                    out.append(",\"values\":[");
                    row.points().forEach(point -> {
                        writePoint(point.time(), point.value(), out);
                        out.append(',');
                    });
                    out.append("]},");
                });
            case Value.Scalar _, Value.Text _ -> throw new IllegalArgumentException("no vector");
        }
        out.append(']');
    }

    private static void writeLabels(Labels labels, StringBuilder out) {
        out.append("{\"metric\":{");
        labels.forEach((name, value) -> out.append('"')
                .append(name)
                .append("\":")
                .append(LabelText.quote(value))
                .append(','));
        out.append('}');
    }

    private static void writePoint(long time, double value, StringBuilder out) {
        out.append('[').append(time / 1000).append('.').append(time % 1000).append(",\"");
        out.append(NumberText.plain(value));
        out.append("\"]");
    }
}
