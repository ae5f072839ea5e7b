package io.tributary.connect.influx;

import io.tributary.schemas.identity.SeriesId;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Writes rows as lines: {@code table,tag=value field=1.5 1700000000000000000}. InfluxDB 1.8: "Line protocol reference",
 * special characters. Names are clean already ({@link ColumnNames}); what is escaped here is tag values. For QuestDB a
 * line has one field more, {@code __series__}: the {@link SeriesId} of table and tags, as a UUID.
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
        if (type == StoreType.QUESTDB) {
            out.append(separator)
                    .append(ColumnNames.SERIES)
                    .append("=\"")
                    .append(series(row))
                    .append('"');
            separator = ',';
        }
        for (Map.Entry<String, Double> field : new TreeMap<>(row.fields()).entrySet()) {
            out.append(separator)
                    .append(field.getKey())
                    .append('=')
                    .append(field.getValue().doubleValue());
            separator = ',';
        }
        out.append(' ').append(row.unixNano()).append('\n');
    }

    private static UUID series(Row row) {
        SeriesId id = SeriesId.ofSorted("", row.table(), take -> row.tags().forEach(take));
        return new UUID(id.high(), id.low());
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
