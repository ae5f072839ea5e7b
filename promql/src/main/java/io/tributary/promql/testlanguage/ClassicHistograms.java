package io.tributary.promql.testlanguage;

import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.label.Labels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds the classic histograms among series, by the ends of their names and the label {@code le}. */
final class ClassicHistograms {

    private static final String BOUND = "le";

    private final Map<Labels, TreeMap<Integer, ClassicHistogram>> histograms = new LinkedHashMap<>();

    /** The native form of each, by labels and step. */
    static Map<Labels, Map<Integer, NativeHistogram>> toNative(List<SeriesDescription> series) {
        var found = new ClassicHistograms();
        series.stream().filter(one -> !one.startTimestamps()).forEach(found::add);
        Map<Labels, Map<Integer, NativeHistogram>> converted = new LinkedHashMap<>();
        found.histograms.forEach((labels, steps) -> {
            Map<Integer, NativeHistogram> values = new TreeMap<>();
            steps.forEach((step, histogram) -> values.put(step, histogram.toNative()));
            converted.put(labels, values);
        });
        return converted;
    }

    private void add(SeriesDescription series) {
        String name = series.labels().get(Labels.NAME);
        if (name.endsWith("_bucket")) {
            Numbers.read(series.labels().get(BOUND))
                    .filter(bound -> !Double.isNaN(bound))
                    .ifPresent(bound -> add(series, "_bucket", (histogram, value) -> histogram.bucket(bound, value)));
        } else if (name.endsWith("_count")) {
            add(series, "_count", ClassicHistogram::count);
        } else if (name.endsWith("_sum")) {
            add(series, "_sum", ClassicHistogram::sum);
        }
    }

    private interface Part {
        void set(ClassicHistogram histogram, double value);
    }

    private void add(SeriesDescription series, String suffix, Part part) {
        String name = series.labels().get(Labels.NAME);
        Labels base = series.labels().drop(BOUND).with(Labels.NAME, name.substring(0, name.length() - suffix.length()));
        TreeMap<Integer, ClassicHistogram> steps = histograms.computeIfAbsent(base, unseen -> new TreeMap<>());
        for (int i = 0; i < series.values().size(); i++) {
            if (series.values().get(i) instanceof SeriesValue.Plain(double value)) {
                part.set(steps.computeIfAbsent(i, unseen -> new ClassicHistogram()), value);
            }
        }
    }
}
