package io.tributary.promql.testlanguage;

import io.tributary.promql.label.Labels;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads what identifies a series: {@code name{label="value"}}, either part alone, or the name quoted in the braces. */
final class SeriesLabels {

    private static final Pattern METRIC = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    private final Cursor cursor;
    private final TreeMap<String, String> labels = new TreeMap<>();

    private SeriesLabels(Cursor cursor) {
        this.cursor = cursor;
    }

    static Labels read(Cursor cursor) {
        return new SeriesLabels(cursor).read();
    }

    private Labels read() {
        String name = cursor.pass(METRIC);
        if (name != null) {
            put(Labels.NAME, name);
        }
        if (cursor.isAt("{") && !cursor.isAt("{{")) {
            readBraces();
        } else if (name == null) {
            throw cursor.unexpected("a metric's name or \"{\"");
        }
        return Labels.of(labels);
    }

    private void readBraces() {
        cursor.expect("{");
        cursor.passBlanks();
        while (!cursor.pass("}")) {
            readLabel();
            cursor.passBlanks();
            if (!cursor.isAt("}")) {
                cursor.expect(",");
                cursor.passBlanks();
            }
        }
    }

    private void readLabel() {
        boolean quoted = cursor.isAtQuote();
        String name = quoted ? cursor.quoted() : cursor.pass(LABEL);
        if (name == null) {
            throw cursor.unexpected("a label's name or \"}\"");
        }
        cursor.passBlanks();
        if (quoted && !cursor.isAt("=")) {
            put(Labels.NAME, name);
            return;
        }
        cursor.expect("=");
        cursor.passBlanks();
        put(name, cursor.quoted());
    }

    private void put(String name, String value) {
        if (labels.put(name, value) != null && name.equals(Labels.NAME)) {
            throw cursor.wrong("the metric's name is set twice, the second time to " + value);
        }
    }
}
