package io.tributary.connect.influx;

import java.util.Map;
import java.util.TreeMap;

/**
 * Writes rows as lines: {@code table,tag=value field=1.5 1700000000000000000}. InfluxDB 1.8: "Line protocol reference",
 * special characters. Names are clean already ({@link ColumnNames}); what is escaped here is tag values.
 *
 * <p>InfluxDB has no escape for a backslash itself. One that stands before a character to be escaped, or at the end,
 * would be read as an escape: it is written as a slash. It knows no line breaks in tags either: they are written as a
 * backslash and {@code n} or {@code r}. QuestDB takes a backslash before any character, and keeps all of these.
 */
public final class LineProtocol {
    private static final String ESCAPED = ",= ";

    private LineProtocol() {}

    /** Appends the row as a line, with its line feed. */
    public static void write(StringBuilder out, Row row, StoreType type) {
        out.append(row.table());
        row.tags().forEach((name, value) -> {
            out.append(',').append(name).append('=');
            if (type == StoreType.QUESTDB) {
                questDb(out, value);
            } else {
                influxDb(out, value);
            }
        });
        char separator = ' ';
        for (Map.Entry<String, Double> field : new TreeMap<>(row.fields()).entrySet()) {
            out.append(separator)
                    .append(field.getKey())
                    .append('=')
                    .append(field.getValue().doubleValue());
            separator = ',';
        }
        out.append(' ').append(row.unixNano()).append('\n');
    }

    private static void questDb(StringBuilder out, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (ESCAPED.indexOf(c) >= 0 || c == '\\' || c == '\n' || c == '\r' || c == '"') {
                out.append('\\');
            }
            out.append(c);
        }
    }

    private static void influxDb(StringBuilder out, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case ',', '=', ' ' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\\' -> out.append(readsAsEscape(value, i) ? '/' : '\\');
                default -> out.append(c);
            }
        }
    }

    private static boolean readsAsEscape(String value, int backslash) {
        int next = backslash + 1;
        return next == value.length()
                || ESCAPED.indexOf(value.charAt(next)) >= 0
                || value.charAt(next) == '\\'
                || value.charAt(next) == '\n'
                || value.charAt(next) == '\r';
    }
}
