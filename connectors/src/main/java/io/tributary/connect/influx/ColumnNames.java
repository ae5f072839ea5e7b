package io.tributary.connect.influx;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Turns names of metrics and labels into names that every store takes. All but ASCII letters, digits and underscore
 * become underscores; a first digit gets one before it. QuestDB does not tell upper from lower case, so no two columns
 * differ only by that. Labels named as a field, as the time or as the series become {@code label_<name>}. Where two
 * labels fall together, their values are joined by a semicolon in the order of the labels, as the
 * OpenTelemetry-to-Prometheus translation does. A metric whose name is not its table's carries its name in the tag
 * {@code __name__}: metrics that share a table stay apart.
 */
final class ColumnNames {
    static final String VALUE = "value";
    static final String TIMESTAMP = "timestamp";
    /** In QuestDB, what identifies the row's series. */
    static final String SERIES = "__series__";

    private static final String NAME_TAG = "__name__";
    private static final Set<String> RESERVED =
            Set.of(VALUE, TIMESTAMP, SERIES, "time", "min", "max", "sum", "count", "last", "increase", "resets");

    private ColumnNames() {}

    /** The name of a table or column. */
    static String clean(String name) {
        return isClean(name) ? name : cleaned(name);
    }

    /** Most names are clean: every label of every point is looked at. */
    private static boolean isClean(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isLetter(c) && (i == 0 || !isDigit(c))) {
                return false;
            }
        }
        return true;
    }

    private static String cleaned(String name) {
        StringBuilder clean = new StringBuilder(name.length() + 1);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (isDigit(c) && i == 0) {
                clean.append('_');
            }
            clean.append(isLetter(c) || isDigit(c) ? c : '_');
        }
        return clean.toString();
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The tags of a series. */
    static SortedMap<String, String> tags(String metric, SortedMap<String, String> labels) {
        SortedMap<String, String> tags = new TreeMap<>();
        Map<String, String> spelling = new HashMap<>();
        labels.forEach((label, value) -> {
            String column = column(label);
            String spelled = spelling.computeIfAbsent(column.toLowerCase(Locale.ROOT), unseen -> column);
            tags.merge(spelled, value, (one, other) -> one + ';' + other);
        });
        if (!clean(metric).equals(metric) || !metric.toLowerCase(Locale.ROOT).equals(metric)) {
            tags.put(NAME_TAG, metric);
        }
        return tags;
    }

    private static String column(String label) {
        String column = clean(label);
        return RESERVED.contains(column.toLowerCase(Locale.ROOT)) ? "label_" + column : column;
    }
}
