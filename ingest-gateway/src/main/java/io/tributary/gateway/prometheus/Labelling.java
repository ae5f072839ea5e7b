package io.tributary.gateway.prometheus;

import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Makes attributes labels, under labels that are fixed. Points that follow each other mostly have the same keys, so
 * what their labels are called, and how these are ordered, is worked out once for all of them. For a single thread.
 * OpenTelemetry: compatibility/prometheus_and_openmetrics.md.
 */
public final class Labelling {
    private static final int UNDER_A_FIXED_LABEL = -1;

    private final Map<String, String> fixed;
    private @Nullable Layout layout;

    /** A labelling with these labels over those of the attributes; none of them is empty. */
    public Labelling(Map<String, String> fixed) {
        this.fixed = fixed;
    }

    /** The attributes as labels, and the fixed labels over them. Values of keys that become one label are joined. */
    public LabelSet of(List<KeyValue> attributes) {
        if (layout == null || !layout.fits(attributes)) {
            layout = layout(attributes);
        }
        LabelSet labels = layout.fill(attributes);
        return labels != null ? labels : joined(attributes);
    }

    private Layout layout(List<KeyValue> attributes) {
        String[] keys = new String[attributes.size()];
        String[] labels = new String[keys.length];
        TreeSet<String> sorted = new TreeSet<>(fixed.keySet());
        boolean distinct = true;
        for (int i = 0; i < keys.length; i++) {
            keys[i] = attributes.get(i).getKey();
            labels[i] = Names.label(keys[i]);
            distinct &= fixed.containsKey(labels[i]) || sorted.add(labels[i]);
        }
        String[] order = sorted.toArray(new String[0]);
        int[] places = new int[keys.length];
        Arrays.setAll(
                places,
                i -> fixed.containsKey(labels[i]) ? UNDER_A_FIXED_LABEL : Arrays.binarySearch(order, labels[i]));
        Utf8[] names = new Utf8[order.length];
        Arrays.setAll(names, i -> new Utf8(order[i]));
        Utf8[] values = new Utf8[order.length];
        Arrays.setAll(values, i -> new Utf8(fixed.getOrDefault(order[i], "")));
        return new Layout(keys, distinct, places, names, values);
    }

    private LabelSet joined(List<KeyValue> attributes) {
        List<KeyValue> byKey = new ArrayList<>(attributes);
        byKey.sort(Comparator.comparing(KeyValue::getKey));
        TreeMap<String, String> labels = new TreeMap<>();
        for (KeyValue attribute : byKey) {
            String value = AttributeText.of(attribute.getValue());
            if (!value.isEmpty()) {
                labels.merge(Names.label(attribute.getKey()), value, (one, other) -> one + ';' + other);
            }
        }
        labels.putAll(fixed);
        return LabelSet.of(labels);
    }

    /** Where the values of attributes with these keys, in this order, stand among the labels. */
    private static final class Layout {
        private final String[] keys;
        private final boolean distinct;
        private final int[] places;
        private final Utf8[] names;
        /** The values of the last point; what stays the same is not encoded again. */
        private Utf8[] values;

        Layout(String[] keys, boolean distinct, int[] places, Utf8[] names, Utf8[] values) {
            this.keys = keys;
            this.distinct = distinct;
            this.places = places;
            this.names = names;
            this.values = values;
        }

        boolean fits(List<KeyValue> attributes) {
            if (attributes.size() != keys.length) {
                return false;
            }
            for (int i = 0; i < keys.length; i++) {
                if (!keys[i].equals(attributes.get(i).getKey())) {
                    return false;
                }
            }
            return true;
        }

        /** The labels; null if two keys become one label, or a value is empty and its label therefore absent. */
        @Nullable
        LabelSet fill(List<KeyValue> attributes) {
            if (!distinct) {
                return null;
            }
            Utf8[] filled = values.clone();
            for (int i = 0; i < places.length; i++) {
                int place = places[i];
                if (place == UNDER_A_FIXED_LABEL) {
                    continue;
                }
                String value = AttributeText.of(attributes.get(i).getValue());
                if (value.isEmpty()) {
                    return null;
                }
                if (!value.equals(filled[place].toString())) {
                    filled[place] = new Utf8(value);
                }
            }
            values = filled;
            return new LabelSet(names, filled);
        }
    }
}
