package io.tributary.promql.label;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The labels that identify a series, sorted by name. Immutable. A label with an empty value is the same as none, as in
 * Prometheus's data model, and is left out.
 */
public final class Labels implements Comparable<Labels> {

    /** The label that holds the metric's name. */
    public static final String NAME = "__name__";

    public static final Labels EMPTY = new Labels(new String[0]);

    /** Names and values in turn. */
    private final String[] pairs;

    private int hash;

    private Labels(String[] pairs) {
        this.pairs = pairs;
    }

    /** Of names and values in turn, in any order; of a name given twice the last value counts. */
    public static Labels of(String... namesAndValues) {
        var pairs = new String[namesAndValues.length];
        int size = 0;
        for (int i = 0; i < pairs.length; i += 2) {
            size = put(pairs, size, namesAndValues[i], namesAndValues[i + 1]);
        }
        return of(pairs, size);
    }

    public static Labels of(Map<String, String> labels) {
        var pairs = new String[2 * labels.size()];
        int size = 0;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            size = put(pairs, size, label.getKey(), label.getValue());
        }
        return of(pairs, size);
    }

    /** Puts a pair among those before {@code size}, which are sorted; returns their new size. */
    private static int put(String[] pairs, int size, String name, String value) {
        int low = 0;
        int high = size / 2;
        // Most often they come in order.
        int middle = high - 1;
        while (low < high) {
            int order = pairs[2 * middle].compareTo(name);
            if (order == 0) {
                pairs[2 * middle + 1] = value;
                return size;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle;
            middle = (low + high) >>> 1;
        }
        System.arraycopy(pairs, 2 * low, pairs, 2 * low + 2, size - 2 * low);
        pairs[2 * low] = name;
        pairs[2 * low + 1] = value;
        return size + 2;
    }

    private static Labels of(String[] sorted, int size) {
        int kept = 0;
        for (int i = 0; i < size; i += 2) {
            if (!sorted[i + 1].isEmpty()) {
                sorted[kept] = sorted[i];
                sorted[kept + 1] = sorted[i + 1];
                kept += 2;
            }
        }
        if (kept == 0) {
            return EMPTY;
        }
        return new Labels(kept == sorted.length ? sorted : Arrays.copyOf(sorted, kept));
    }

    /** The value; empty if there is no such label. */
    public String get(String name) {
        // Label sets are small: this beats halving.
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(name)) {
                return pairs[i + 1];
            }
        }
        return "";
    }

    public boolean has(String name) {
        return !get(name).isEmpty();
    }

    public int size() {
        return pairs.length / 2;
    }

    public boolean isEmpty() {
        return pairs.length == 0;
    }

    /** The i-th name in order. */
    public String name(int i) {
        return pairs[2 * i];
    }

    /** The value of the i-th name in order. */
    public String value(int i) {
        return pairs[2 * i + 1];
    }

    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < pairs.length; i += 2) {
            action.accept(pairs[i], pairs[i + 1]);
        }
    }

    /** Only those of the given names. */
    public Labels keep(List<String> names) {
        return select(names, true);
    }

    /** All but those of the given names. */
    public Labels drop(List<String> names) {
        return select(names, false);
    }

    /** All but that one; this, if there is none. */
    public Labels drop(String name) {
        return has(name) ? drop(List.of(name)) : this;
    }

    /** With the label set to the value; an empty value removes it. */
    public Labels with(String name, String value) {
        if (get(name).equals(value)) {
            return this;
        }
        var map = toMap();
        map.put(name, value);
        return of(map);
    }

    /** A copy that may be changed, sorted. */
    public Map<String, String> toMap() {
        var map = new TreeMap<String, String>();
        forEach(map::put);
        return map;
    }

    private Labels select(List<String> names, boolean those) {
        var kept = new String[pairs.length];
        int size = 0;
        for (int i = 0; i < pairs.length; i += 2) {
            if (names.contains(pairs[i]) == those) {
                kept[size++] = pairs[i];
                kept[size++] = pairs[i + 1];
            }
        }
        if (size == pairs.length) {
            return this;
        }
        return size == 0 ? EMPTY : new Labels(Arrays.copyOf(kept, size));
    }

    /** By the first name or value that differs, then by length. */
    @Override
    public int compareTo(Labels other) {
        int shared = Math.min(pairs.length, other.pairs.length);
        for (int i = 0; i < shared; i++) {
            int order = pairs[i].compareTo(other.pairs[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(pairs.length, other.pairs.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Labels labels && Arrays.equals(pairs, labels.pairs);
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            hash = Arrays.hashCode(pairs);
        }
        return hash;
    }

    /** As Prometheus prints it without the metric's name before the braces: {@code {__name__="up", job="a"}}. */
    @Override
    public String toString() {
        var text = new StringBuilder("{");
        forEach((name, value) -> {
            text.append(text.length() > 1 ? ", " : "").append(LabelText.name(name));
            text.append('=').append(LabelText.quote(value));
        });
        return text.append('}').toString();
    }
}
